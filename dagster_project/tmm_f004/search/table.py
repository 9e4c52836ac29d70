"""The layout of a table, settled from all its rows together, and each row's readings under it.

In here: the choice among layouts and the table's habits of printing blanks, and the merge of a
row's readings over every layout that stays possible. Not in here: what a reading means for the
warehouse (``read.form``), nor how a row is searched (``branch_and_bound``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dagster_project.tmm_f004.search.branch_and_bound import search, search_on
from dagster_project.tmm_f004.search.buffers import Model, new_best, new_scratch, new_stack
from dagster_project.tmm_f004.search.costs import COSTS, OPENING_UNKNOWN, SHAPES
from dagster_project.tmm_f004.search.layout_costs import WINDOW, price_all, rows_of
from dagster_project.tmm_f004.search.layouts import candidate_layouts
from dagster_project.tmm_f004.search.row_variants import RowVariant, misread_alike, taken_for

CAP = 20.0
"""No reading costlier than this is looked for: a table's usual row costs up to five, three slips the rest."""

ODDEST = 16.0
"""The same where only the table's cost is asked for: beyond two slips a row tells no quarter from another."""

TRIED, SLACK = 12, 20.0
"""Layouts with surplus columns that get an exact look: so many, and so close to the best by position."""

ODD = 5.0
"""A row dearer than its table's usual row by a slip: whether one figure was misread all along it is tried too."""

SAVED = 5.0
"""Nats a row that learned habits may save: 1.4 for each later A printed as 0, and a little for the rest."""


@dataclass(frozen=True, slots=True)
class Found:
    """A reading found: figures (P1, A1 .. A4, absoluto, meta, percentage) in units of 1 / scale, its cost, its path."""

    values: tuple[int, ...]
    cost: float
    path: tuple[int, ...]
    printed: RowVariant
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The settled layout: columns, cost, by how much it beats the next, its median row's cost, each row's readings."""

    columns: tuple[int, ...]
    cost: float
    margin: float | None
    usual: float
    readings: tuple[tuple[Found, ...], ...]


class Workspace:
    """Buffers that the compiled search works in: made once, used for every row."""

    def __init__(self) -> None:
        self.best, self.stack, self.scratch = new_best(), new_stack(), new_scratch()

    def search(
        self, printed: RowVariant, columns: np.ndarray, quarter: int, additive: bool,
        habit: np.ndarray, cap: float, window: float,
    ) -> int:  # fmt: skip
        """Run the exact search; returns how many readings stand in ``best``."""
        found, _ = search(
            printed.cells, columns, printed.meta, printed.percent, quarter, additive, Model(habit, COSTS, SHAPES),
            cap - printed.cost, window, self.best, self.stack, self.scratch,
        )  # fmt: skip
        return int(found)


def read_table(
    rows: Sequence[Sequence[RowVariant]], additive: Sequence[bool], quarter: int, opening: int, space: Workspace
) -> Table:
    """Settle the layout of a table and find every row's readings.

    ``rows`` are the variants of each row, likeliest first (none empty); ``additive`` says
    whether the row's quarters add up; ``quarter`` is the quarter 1..4 that the report speaks of and
    ``opening`` what is known of the first one (``costs.OPENING_UNKNOWN``, ``IN``, ``OUT``).
    """
    order = _telling(rows)
    rows, additive = [rows[k] for k in order], [additive[k] for k in order]
    scored = _layouts([r[0] for r in rows], additive, quarter, opening, space)
    close = [s for s in scored if s[0] < scored[0][0] + WINDOW]
    usual = float(np.median(close[0][3]))
    merged: list[dict[tuple[float, ...], Found]] = [{} for _ in rows]
    alike: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for total, columns, habit, prices in close:
        array = np.array(columns, np.int64)
        for k, row in enumerate(rows):
            offset = (total - prices[k]) - (close[0][0] - close[0][3][k])
            if offset >= WINDOW:
                continue
            cap = min(CAP, prices[k] + WINDOW) if prices[k] < CAP else CAP
            wanted = Wanted(array, columns, quarter, additive[k], habit[k], cap, max(offset, 0.0))
            _merge(merged[k], row, wanted, space)
            if prices[k] > usual + ODD:
                if k not in alike:
                    alike[k] = misread_alike(row[0])
                _merge_alike(merged[k], row[0], alike[k], wanted, space)
    found = dict(zip(order, (tuple(sorted(m.values(), key=lambda f: f.cost)) for m in merged), strict=True))
    readings = tuple(found[k] for k in range(len(rows)))
    margin = close[1][0] - close[0][0] if len(close) > 1 else None
    return Table(close[0][1], close[0][0], margin, usual, readings)


def table_cost(
    rows: Sequence[Sequence[RowVariant]], additive: Sequence[bool], quarter: int, space: Workspace, bound: float
) -> float:
    """What a table costs as one of a report of ``quarter``, by its best layout; inf beyond ``bound``.

    ``rows`` and ``additive`` as in ``read_table``; nothing is taken to be known of the first quarter.
    """
    order = _telling(rows)
    first = [rows[k][0] for k in order]
    adds = [additive[k] for k in order]
    scored = _layouts(first, adds, quarter, OPENING_UNKNOWN, space, bound + SAVED * len(rows), bound - WINDOW, ODDEST)
    return scored[0][0] if scored else np.inf


def _telling(rows: Sequence[Sequence[RowVariant]]) -> list[int]:
    """The rows' order in which a layout is tried on them: those with most figures tell layouts apart soonest."""
    return sorted(range(len(rows)), key=lambda k: -len(set(rows[k][0].cells.tolist())))


def _layouts(
    rows: Sequence[RowVariant], additive: Sequence[bool], quarter: int, opening: int, space: Workspace,
    first: float = np.inf, learned: float = np.inf, dearest: float = CAP,
) -> list[Score]:  # fmt: skip
    """The layouts that the table may be printed in, cheapest first, with what they cost."""
    tried = candidate_layouts([p.cells for p in rows], [p.meta for p in rows], quarter, opening, TRIED, SLACK)
    priced = price_all(
        rows_of(rows, additive),
        tried,
        quarter,
        opening,
        first,
        learned,
        dearest,
        (space.best, space.stack, space.scratch),
    )
    order = np.argsort(priced.totals, kind="stable")
    return [
        (float(priced.totals[k]), tried[k][0], priced.habits[k], priced.prices[k].tolist())
        for k in order
        if np.isfinite(priced.totals[k])
    ]


Score = tuple[float, tuple[int, ...], np.ndarray, list[float]]
"""A layout's cost over all rows, its columns, the habits that each row's others teach (r, 7, 5), each row's cost."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which readings of a row are looked for: its layout, what is known of it, the dearest, what the layout adds."""

    array: np.ndarray
    columns: tuple[int, ...]
    quarter: int
    additive: bool
    habit: np.ndarray
    cap: float
    offset: float


def _merge(into: dict[tuple[float, ...], Found], row: Sequence[RowVariant], wanted: Wanted, space: Workspace) -> None:
    for printed in row:
        found = space.search(
            printed, wanted.array, wanted.quarter, wanted.additive, wanted.habit, wanted.cap, WINDOW - wanted.offset
        )
        _keep(into, printed, found, wanted, space)


def _merge_alike(
    into: dict[tuple[float, ...], Found], printed: RowVariant, alike: tuple[np.ndarray, np.ndarray], wanted: Wanted,
    space: Workspace,
) -> None:  # fmt: skip
    cells, costs = alike
    at = 0
    model = Model(wanted.habit, COSTS, SHAPES)
    while at < len(costs):
        at, found = search_on(
            cells, costs, at, wanted.array, printed.meta, printed.percent, wanted.quarter, wanted.additive, model,
            wanted.cap, WINDOW - wanted.offset, space.best, space.stack, space.scratch,
        )  # fmt: skip
        if found:
            _keep(into, taken_for(printed, cells[at], float(costs[at])), found, wanted, space)
        at += 1


def _keep(
    into: dict[tuple[float, ...], Found], printed: RowVariant, found: int, wanted: Wanted, space: Workspace
) -> None:
    for k in range(found):
        cost = float(space.best.prices[k]) + printed.cost + wanted.offset
        values = tuple(space.best.tuples[k].tolist())
        key = values[:10] if printed.scale == 1 else tuple(v if v < 0 else v / printed.scale for v in values[:10])
        if key not in into or into[key].cost > cost:
            path = tuple(space.best.paths[k, : len(printed.cells)].tolist())
            into[key] = Found(values, cost, path, printed, wanted.columns)
