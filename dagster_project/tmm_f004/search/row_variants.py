"""A row as the search wants it: integers for its printed cells, one variant for each way to take them.

In here: which cell is meta, which the percentage, and numbers with two meanings.
Not in here: which figure a cell is (``branch_and_bound``).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

import numpy as np

from dagster_project.tmm_f004.model import ActionRow, Cifra, Scale
from dagster_project.tmm_f004.search.costs import COST, SAME_SHAPE, SHAPES
from dagster_project.tmm_f004.search.symbols import BLANK, MAX_CELLS
from dagster_project.tmm_f004.text.numbers import is_blank, parse_number, parse_percent
from dagster_project.tmm_f004.text.scale import meanings, ways

MAX_VARIANTS = 8
CELLS_OF_THE_FORM = 10  # meta, P and A of four quarters, absoluto
LONGEST_ALIKE = 2
"""Figures of so many digits are tried with every other digit, longer ones with those that look alike."""


class RowVariant(NamedTuple):
    """One way to take a row's print.

    ``cells`` (n,) int64 in units of 1 / ``scale``, -1 blank, and ``shown`` what they were before a
    figure was taken for another; ``texts`` the same cells as printed; ``meta`` -1 and ``percent`` -1
    where not printed; ``cost`` what this way costs. ``is_legible``: no cell shows what cannot be read; such a
    cell is searched as a blank, and nothing is believed because it shows it.
    """

    cells: np.ndarray
    shown: np.ndarray
    texts: tuple[str, ...]
    meta: int
    percent: int
    scale: int
    cost: float
    meta_text: str
    percent_text: str
    is_legible: bool = True

    @property
    def is_as_shown(self) -> bool:
        """Whether every cell is taken for what it shows."""
        return self.is_legible and self.cells is self.shown


def variants(row: ActionRow) -> list[RowVariant]:
    """The ways to take a row's print, the likeliest first; [] where none is (too many cells, a ``reparo``)."""
    if row.reparo:
        return []
    cells = list(row.impreso)
    meta_text = cells.pop(0) if cells else ""
    percent = parse_percent(cells[-1]) if cells else None
    percent_text = cells.pop() if percent is not None else ""
    if len(cells) > MAX_CELLS:
        return []
    whole = int(percent) if percent is not None and percent == int(percent) else -1
    found = []
    for scale in ways(row.escala):
        found += _meanings(meta_text, cells, whole, percent_text, 0.0, scale)
        if percent is None and cells:
            last = parse_number(cells[-1])
            if last and last[0] == int(last[0]):
                found += _meanings(meta_text, cells[:-1], int(last[0]), cells[-1], COST["signo_perdido"], scale)
    for parted in _parted([meta_text, *cells]):
        found += _meanings(parted[0], parted[1:], whole, percent_text, COST["separador"], ways(row.escala)[0])
    return _likeliest(found)


def _likeliest(found: list[RowVariant]) -> list[RowVariant]:
    """At most ``MAX_VARIANTS`` ways, the cheapest."""
    return sorted(found, key=lambda p: p.cost)[:MAX_VARIANTS]


def _parted(cells: list[str]) -> list[list[str]]:
    """The cells of a row that lacks some, with one that holds blanks among its digits taken for two figures."""
    if len(cells) >= CELLS_OF_THE_FORM or not any(" " in c for c in cells):
        return []
    found = []
    for at, cell in enumerate(cells):
        groups = cell.split(" ")
        if len(groups) > 1 and all(map(str.isdigit, groups)):
            parts = [(" ".join(groups[:k]), " ".join(groups[k:])) for k in range(1, len(groups))]
            found += [
                [*cells[:at], *pair, *cells[at + 1 :]]
                for pair in parts
                if not any(len(p) > 1 and p[0] == "0" for p in pair)
            ]
    return found


def without_meta(row: ActionRow) -> list[RowVariant]:
    """The ways to take the print if meta itself was lost and its place taken by the first cell."""
    if len(row.impreso) >= MAX_CELLS or not row.impreso or is_blank(row.impreso[0]):
        return []
    percent = parse_percent(row.impreso[-1])
    if percent is None or percent != int(percent):
        return []
    cost = COST["celda_perdida"]
    found = [
        v
        for scale in ways(row.escala)
        for v in _meanings("", list(row.impreso[:-1]), int(percent), row.impreso[-1], cost, scale)[:2]
    ]
    return _likeliest(found)


def misread_alike(printed: RowVariant) -> tuple[np.ndarray, np.ndarray]:
    """The row with a figure that stands in it several times taken for one that looks alike, wherever it stands.

    Returns the cells of every way to take it (k, n) and what each costs (k,).
    """
    values, times = np.unique(printed.cells, return_counts=True)
    misread, true, costs = [], [], []
    for value in values[(values > 0) & (times > 1)].tolist():
        for other, shape in _alike(value):
            misread.append(value)
            true.append(other)
            costs.append(printed.cost + COST["digito_parejo"] + shape)
    shown = np.array(misread, np.int64)[:, None]
    cells = np.where(printed.cells == shown, np.array(true, np.int64)[:, None], printed.cells)
    return cells, np.array(costs, np.float64)


@lru_cache(maxsize=2048)
def _alike(value: int) -> list[tuple[int, float]]:
    """The numbers that a figure may be if one digit of it was misread, with what the digit's shape adds."""
    digits = str(value)
    found = []
    for at, other in product(range(len(digits)), range(10)):
        shape = float(SHAPES[other, int(digits[at])])
        true = int(digits[:at] + str(other) + digits[at + 1 :])
        if true not in (0, value) and (len(digits) <= LONGEST_ALIKE or shape <= SAME_SHAPE):
            found.append((true, shape))
    return found


def taken_for(printed: RowVariant, cells: np.ndarray, cost: float) -> RowVariant:
    """The row with its cells taken for others than they show."""
    return printed._replace(cells=cells, cost=cost)


def _meanings(
    meta: str, cells: list[str], percent: int, percent_text: str, cost: float, scale_of_table: Scale
) -> list[RowVariant]:
    options = [() if is_blank(text) else meanings(text, scale_of_table) for text in (meta, *cells)]
    legible = all(o or is_blank(text) for o, text in zip(options, (meta, *cells), strict=True))
    found = []
    for choice in islice(product(*(o or (None,) for o in options)), 16):
        odd = sum(bool(o) and value != o[0] for value, o in zip(choice, options, strict=True))
        scale = _scale(choice)
        numbers = [BLANK if v is None else int(v * scale) for v in choice]
        cells_read = np.array(numbers[1:], np.int64)
        found.append(
            RowVariant(
                cells=cells_read, shown=cells_read, texts=tuple(cells), meta=numbers[0], percent=percent,
                scale=scale, cost=cost + odd * COST["separador"], meta_text=meta, percent_text=percent_text,
                is_legible=legible,
            )
        )  # fmt: skip
    found.sort(key=lambda p: p.cost)
    return found


def _scale(values: tuple[Cifra | None, ...]) -> int:
    places = [-int(v.as_tuple().exponent) for v in values if isinstance(v, Decimal)]
    return 10 ** max(0, *places) if places else 1
