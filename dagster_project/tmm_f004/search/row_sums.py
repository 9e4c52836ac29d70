"""The form's sums on a row taken in place: what a table's rows are counted by.

In here: figures by position, in every column or in those of a layout, exact, and whether they add up. Not in here:
damage of any kind (``branch_and_bound``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dagster_project.tmm_f004.model import Cifra
from dagster_project.tmm_f004.search.costs import OPENING_UNKNOWN
from dagster_project.tmm_f004.search.layouts import bases
from dagster_project.tmm_f004.search.symbols import ABS, EMPTY, META
from dagster_project.tmm_f004.text.numbers import BLANKS, parse_number

FORM = ("meta", "p1", "a1", "p2", "a2", "p3", "a3", "p4", "a4", "absoluto", "relativo_pct")
"""The figures of a full print, in the order in which the form prints them."""

WIDTH = 10
"""Figures of a full print before the percentage: the meta, P and A of four quarters, the total."""


class Figures(NamedTuple):
    """The figures of a full print in place, 0 where a cell is blank; the percentage's cell as printed."""

    meta: Cifra
    planned: tuple[Cifra, ...]
    achieved: tuple[Cifra, ...]
    total: Cifra
    percent: str

    def in_order(self, order: Sequence[int]) -> Figures:
        """The figures with those of cell ``order[k]`` in the place of cell k; meta, total and percentage stay."""
        cells = (self.meta, *(v for pair in zip(self.planned, self.achieved, strict=True) for v in pair))
        planned = tuple([cells[i] for i in order[1:9:2]])
        return Figures(self.meta, planned, tuple([cells[i] for i in order[2:9:2]]), self.total, self.percent)


class Placed(NamedTuple):
    """A row's figures under one layout, and its cells in the form's columns."""

    figures: Figures
    cells: tuple[str, ...]


def figures_of(cells: Sequence[str]) -> Figures | None:
    """The figures of a row that prints every column, None of any other."""
    return _figures_of(tuple(cells)) if len(cells) == WIDTH + 1 else None


@lru_cache(maxsize=256)  # a table's rows are asked for five times while it is read
def _figures_of(cells: tuple[str, ...]) -> Figures | None:
    values: list[Cifra] = []
    for cell in cells[:WIDTH]:
        if cell in BLANKS:
            values.append(0)
        elif meanings := parse_number(cell):
            values.append(meanings[0])
        else:
            return None
    return Figures(values[0], tuple(values[1:9:2]), tuple(values[2:9:2]), values[9], cells[-1])


def placements(cells: Sequence[str], quarter: int, columns: tuple[int, ...] = ()) -> list[Placed]:
    """What a row prints under each plain layout that is as wide, and under ``columns``: where tables leave cells out.

    ``cells`` from the meta to the percentage. A row of six figures between them and the total has two: the first
    quarter left out, or the A after the second.
    """
    found: dict[Figures, tuple[str, ...]] = {}
    for layout in (columns, *(plain for plain, _ in bases(quarter, OPENING_UNKNOWN))):
        if len(layout) + 2 == len(cells) and (full := _in_full(cells, layout)) and (figures := figures_of(full)):
            found.setdefault(figures, full)
    return [Placed(figures, full) for figures, full in found.items()]


def figures_on(cells: Sequence[str], columns: Sequence[int]) -> Figures | None:
    """The figures of a row under a layout as wide as it is, None where it cannot be the row's."""
    full = _in_full(cells, columns)
    return figures_of(full) if full else None


def _in_full(cells: Sequence[str], columns: Sequence[int]) -> tuple[str, ...] | None:
    """A row's cells in every column of the form, "" where one is left out; None where the layout cannot be the row's.

    One cell in the first pair's place is a blank one, and where its P is blank its A is too; what stands twice is the
    same twice.
    """
    if (
        0 in columns
        and (cells[2] if 1 in columns else cells[1]) not in BLANKS
        and (1 not in columns or cells[1] in BLANKS)
    ):
        return None
    full = [cells[0], *[""] * (WIDTH - 1), cells[-1]]
    seen = set()
    for column, cell in zip(columns, cells[1:-1], strict=True):
        at = 0 if column == META else WIDTH - 1 if column == ABS else column + 1
        if column == EMPTY:
            if cell not in BLANKS:
                return None
            continue
        if (at in seen or at == 0) and full[at] != cell:
            return None
        seen.add(at)
        full[at] = cell
    return tuple(full)


def plan_adds_up(f: Figures) -> bool:
    """Whether the four P are the meta's parts."""
    return sum(f.planned) == f.meta


def achieved_add_up(f: Figures, quarter: int) -> bool:
    """Whether A up to the quarter are the total's parts, and none follows but copies of P."""
    later = zip(f.planned[quarter:], f.achieved[quarter:], strict=True)
    return sum(f.achieved[:quarter]) == f.total and all(a in (0, p) for p, a in later)


def adds_up(f: Figures, quarter: int) -> bool:
    """Whether both sides add up in place."""
    return plan_adds_up(f) and achieved_add_up(f, quarter)
