"""The form's sums on a row that prints every column, taken in place: what a table's rows are counted by.

In here: figures by position, exact, and whether they add up. Not in here: damage of any kind (``search``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dagster_project.tmm_f004.model import Cifra
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


def figures_of(cells: Sequence[str]) -> Figures | None:
    """The figures of a row that prints every column, None of any other."""
    if len(cells) != WIDTH + 1:
        return None
    values: list[Cifra] = []
    for cell in cells[:WIDTH]:
        if cell in BLANKS:
            values.append(0)
        elif meanings := parse_number(cell):
            values.append(meanings[0])
        else:
            return None
    return Figures(values[0], tuple(values[1:9:2]), tuple(values[2:9:2]), values[9], cells[-1])


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
