"""The layout of a table, settled from all its rows together, and each row's readings under it.

In here: the choice among layouts and the table's habits of printing blanks, and the merge of a
row's readings over every layout that stays possible. Not in here: what a reading means for the
warehouse (``read.form``), nor how a row is searched (``branch_and_bound``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

import numpy as np

from dagster_project.tmm_f004.search.branch_and_bound import search, search_on
from dagster_project.tmm_f004.search.buffers import Model, new_best, new_scratch, new_stack
from dagster_project.tmm_f004.search.costs import COSTS, OPENING_UNKNOWN, SHAPES
from dagster_project.tmm_f004.search.in_place import (
    DEPARTURE,
    FULL_PRINT,
    IDLE,
    SLIP,
    WITNESSES,
    mark,
    read_in_place,
    weigh,
    worth_pricing,
)  # fmt: skip
from dagster_project.tmm_f004.search.layout_costs import WINDOW, Layouts, Priced, Rows, layouts_of, price_all, rows_of
from dagster_project.tmm_f004.search.layouts import bases, candidate_layouts
from dagster_project.tmm_f004.search.row_variants import RowVariant, misread_alike, taken_for
from dagster_project.tmm_f004.search.symbols import EMPTY

CAP = 20.0
"""No reading costlier than this is looked for: a table's usual row costs up to five, three slips the rest."""

ODDEST = 16.0
"""The same where only the table's cost is asked for: beyond two slips a row tells no quarter from another."""

TRIED, SLACK = 12, 20.0
"""Layouts with surplus columns that get an exact look: so many, and so close to the best by position."""

MOST_AGAIN = 6
"""Layouts given up by the prices of noughts that are priced again because they read as many rows in place."""

ODD = 5.0
"""A row dearer than its table's usual row by a slip: whether one figure was misread all along it is tried too."""

SAVED = 5.0
"""Nats a row that learned habits may save: 1.4 for each later A printed as 0, and a little for the rest."""


class Found(NamedTuple):
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
    rows: Sequence[Sequence[RowVariant]], additive: Sequence[bool], quarter: int, opening: int, space: Workspace,
    named: tuple[int, ...] = (),
) -> Table:  # fmt: skip
    """Settle the layout of a table and find every row's readings.

    ``rows`` are the variants of each row, likeliest first (none empty); ``additive`` says
    whether the row's quarters add up; ``quarter`` is the quarter 1..4 that the report speaks of and
    ``opening`` what is known of the first one (``costs.OPENING_UNKNOWN``, ``IN``, ``OUT``); ``named`` the columns
    that the table's head names where these are not all of the form's.
    """
    order = _telling(rows)
    rows, additive = [rows[k] for k in order], [additive[k] for k in order]
    close = _close_layouts([r[0] for r in rows], additive, quarter, opening, space, named)
    usual = float(median(close[0].prices))
    merged: list[dict[tuple[float, ...], Found]] = [{} for _ in rows]
    alike: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    witnesses = sum(close[0].in_place) >= WITNESSES * sum(additive)
    for layout in close:
        array = np.array(layout.columns, np.int64)
        for k, row in enumerate(rows):
            dearer = layout.total - close[0].total
            if layout.in_place[k] and close[0].in_place[k]:
                _keep_in_place(merged[k], row[0], array, layout.columns, quarter, close[0].prices[k] + dearer)
                if len(row) == 1:
                    continue
            price = layout.prices[k]
            offset = dearer - (price - close[0].prices[k])
            if offset >= WINDOW:
                continue
            cap = min(CAP, price + WINDOW) if price < CAP else CAP
            least = close[0].prices[k] + SLIP if witnesses and close[0].in_place[k] else 0.0
            wanted = Wanted(array, layout.columns, quarter, additive[k], layout.habits[k], cap, max(offset, 0.0), least)
            _merge(merged[k], row, wanted, space)
            if price > usual + ODD:
                if k not in alike:
                    alike[k] = misread_alike(row[0])
                _merge_alike(merged[k], row[0], alike[k], wanted, space)
    found = dict(zip(order, (tuple(sorted(m.values(), key=lambda f: f.cost)) for m in merged), strict=True))
    readings = tuple(found[k] for k in range(len(rows)))
    margin = close[1].total - close[0].total if len(close) > 1 else None
    return Table(close[0].columns, close[0].total, margin, usual, readings)


def table_cost(
    rows: Sequence[Sequence[RowVariant]], additive: Sequence[bool], quarter: int, space: Workspace, bound: float
) -> float:
    """What a table costs as one of a report of ``quarter``, by its best layout; inf beyond ``bound``.

    ``rows`` and ``additive`` as in ``read_table``; nothing is taken to be known of the first quarter.
    """
    order = _telling(rows)
    first = [rows[k][0] for k in order]
    adds = [additive[k] for k in order]
    layouts, cells = layouts_of(_tried(first, quarter, OPENING_UNKNOWN)), rows_of(first, adds)
    most, least = bound + SAVED * len(rows), bound - WINDOW
    priced = _price(layouts, cells, quarter, OPENING_UNKNOWN, space, most, least, ODDEST)
    return float(priced.totals.min())


def _telling(rows: Sequence[Sequence[RowVariant]]) -> list[int]:
    """The rows' order in which a layout is tried on them: those with most figures tell layouts apart soonest."""
    return sorted(range(len(rows)), key=lambda k: -len(set(rows[k][0].cells.tolist())))


@dataclass(frozen=True, slots=True)
class Scored:
    """A layout with its cost over all rows, the habits that each row's others teach (r, 7, 5), each row's cost, and
    which rows close on it in place."""

    columns: tuple[int, ...]
    total: float
    habits: np.ndarray
    prices: list[float]
    in_place: list[bool]


Tried = list[tuple[tuple[int, ...], float]]
"""Layouts, each with its cost before any row is seen."""


def _tried(rows: Sequence[RowVariant], quarter: int, opening: int) -> Tried:
    return candidate_layouts([p.cells for p in rows], [p.meta for p in rows], quarter, opening, TRIED, SLACK)


def _price(
    layouts: Layouts, rows: Rows, quarter: int, opening: int, space: Workspace,
    first: float = np.inf, learned: float = np.inf, dearest: float = CAP,
) -> Priced:  # fmt: skip
    buffers = (space.best, space.stack, space.scratch)
    return price_all(rows, layouts, quarter, opening, first, learned, dearest, buffers)


def _close_layouts(
    rows: Sequence[RowVariant], additive: Sequence[bool], quarter: int, opening: int, space: Workspace,
    named: tuple[int, ...],
) -> list[Scored]:  # fmt: skip
    """The layouts that the table may be printed in, cheapest first: rows that close in place tell none from another."""
    tried = _tried(rows, quarter, opening)
    if named and named not in [columns for columns, _ in tried]:
        tried.append((named, 0.0))
    cells = rows_of(rows, additive)
    layouts = layouts_of(tried)
    priced = _price(layouts, cells, quarter, opening, space)
    columns, widths, priors = layouts.columns, layouts.widths, layouts.priors.copy()
    marks = np.zeros((len(tried), len(rows)), np.bool_)
    oddities, noughts = np.zeros(marks.shape), np.zeros((len(tried), 3, 2))
    idle = IDLE if any(len(p.cells) and p.cells[-1] > 0 for p in rows) else 0.0
    mark(cells, columns, widths, quarter, marks, oddities, noughts, np.empty(11, np.int64), idle)
    full = np.array([columns == (named or FULL_PRINT) for columns, _ in tried])
    plain = {columns for columns, _ in bases(quarter, opening)}
    departs = np.array([tuple([c for c in columns if c != EMPTY]) not in plain for columns, _ in tried])
    priors[full] = 0.0
    if named:
        priors[(widths == len(named)) & ~full] += DEPARTURE
    plain_widths = {len(columns) for columns in plain}
    priors[departs & np.array([width in plain_widths for width in widths.tolist()])] += DEPARTURE
    widest = int(cells.sizes.max())
    if (marks[~departs & (widths == widest)].sum(axis=1) >= WITNESSES * max(1, sum(additive))).any():
        priors[widths > widest] += DEPARTURE  # all rows would leave out as many cells
    for t in worth_pricing(marks, priced.totals, MOST_AGAIN):
        again = _price(layouts.only(t), cells, quarter, opening, space)
        priced.totals[t], priced.prices[t], priced.habits[t] = again.totals[0], again.prices[0], again.habits[0]
    prices = np.where(np.isfinite(priced.totals)[:, None], priced.prices, np.inf)
    aside = widths[:, None] == cells.sizes[None, :]
    totals = weigh(priors, prices, marks, oddities, noughts, full, departs, aside)
    order = np.argsort(totals, kind="stable")
    return [
        Scored(tried[t][0], float(totals[t]), priced.habits[t], priced.prices[t].tolist(), marks[t].tolist())
        for t in order
        if totals[t] < totals[order[0]] + WINDOW
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which readings of a row are looked for: its layout, what is known of it, the dearest, what the layout adds, and
    what any of them costs at least."""

    array: np.ndarray
    columns: tuple[int, ...]
    quarter: int
    additive: bool
    habit: np.ndarray
    cap: float
    offset: float
    least: float = 0.0


def _merge(into: dict[tuple[float, ...], Found], row: Sequence[RowVariant], wanted: Wanted, space: Workspace) -> None:
    for n, printed in enumerate(row):
        found = space.search(
            printed, wanted.array, wanted.quarter, wanted.additive, wanted.habit, wanted.cap, WINDOW - wanted.offset
        )
        # another meaning of its numbers is no slip of the row
        _keep(into, printed, found, wanted if n == 0 else replace(wanted, least=0.0), space)


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


def _keep_in_place(
    into: dict[tuple[float, ...], Found], printed: RowVariant, array: np.ndarray, columns: tuple[int, ...],
    quarter: int, cost: float,
) -> None:  # fmt: skip
    """Keep the reading of a row where it is printed: on this layout any other needs a slip."""
    room = np.empty(11, np.int64)
    read_in_place(printed.cells, array, printed.meta, printed.percent, quarter, room)
    values: tuple[int, ...] = tuple(room.tolist())
    key = _key(values, printed.scale)
    if key not in into or into[key].cost > cost:
        into[key] = Found(values, cost, columns, printed, columns)


def _key(values: tuple[int, ...], scale: int) -> tuple[float, ...]:
    if scale == 1:
        return values[:10]
    return tuple([float(v) if v < 0 else v / scale for v in values[:10]])


def _keep(
    into: dict[tuple[float, ...], Found], printed: RowVariant, found: int, wanted: Wanted, space: Workspace
) -> None:
    for k in range(found):
        cost = max(float(space.best.prices[k]) + printed.cost + wanted.offset, wanted.least)
        values = tuple(space.best.tuples[k].tolist())
        key = _key(values, printed.scale)
        if key not in into or into[key].cost > cost:
            path = tuple(space.best.paths[k, : len(printed.cells)].tolist())
            into[key] = Found(values, cost, path, printed, wanted.columns)
