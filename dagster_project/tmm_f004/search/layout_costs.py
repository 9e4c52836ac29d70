"""What every layout tried costs over all rows of a table, in one compiled call (numba).

In here: a table as arrays, and the price of layouts by first habits and by habits learned from the rows.
Not in here: which layouts are tried (``layouts``), the search of one row (``branch_and_bound``), what comes of it
(``table``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dagster_project.tmm_f004.search.branch_and_bound import ROUNDING, row_on, search_below
from dagster_project.tmm_f004.search.buffers import Best, Model, Scratch, Stack
from dagster_project.tmm_f004.search.costs import COSTS, FIRST_HABITS, HABITS, SHAPES, learn_habits
from dagster_project.tmm_f004.search.jit import compiled
from dagster_project.tmm_f004.search.lower_bound import fill_cost_to_go
from dagster_project.tmm_f004.search.prefilter import count_habits
from dagster_project.tmm_f004.search.row_variants import RowVariant
from dagster_project.tmm_f004.search.symbols import MAX_CELLS

UNREAD = 2.0
"""What a row that no reading closes costs its layout, beyond the dearest looked for."""

WINDOW = 7.5
"""Rival readings this much costlier than the cheapest are still found: beyond the margin that any use needs."""

WORSE = 10.0
"""A row that a layout reads dearer than the best layout does by more than this is not priced any further."""

OWN = 0.5
"""How much of a row's own print is left out of the habits it is read by: a row is a poor witness for itself."""


class Rows(NamedTuple):
    """The rows of a table: cells (r, 24) and how many of them, meta, percentage, cost of the
    print, whether it adds up."""

    cells: np.ndarray
    sizes: np.ndarray
    metas: np.ndarray
    percents: np.ndarray
    costs: np.ndarray
    additive: np.ndarray


class Priced(NamedTuple):
    """What ``_price_layouts`` fills: each layout's cost (k,), inf beyond the bound; each row's (k, r), and the habits
    it is read by (k, r, 7, 5)."""

    totals: np.ndarray
    prices: np.ndarray
    habits: np.ndarray


class LayoutBuffers(NamedTuple):
    """What pricing works in: how rows print what is not there (r, 7, 5), sums of that, rows' caps and least costs, and
    each row's cost to go (r, 2, 25, 27)."""

    counts: np.ndarray
    seen: np.ndarray
    prices: np.ndarray
    caps: np.ndarray
    least: np.ndarray
    to_go: np.ndarray


def rows_of(rows: Sequence[RowVariant], additive: Sequence[bool]) -> Rows:
    """The rows of a table as arrays."""
    cells = np.zeros((len(rows), MAX_CELLS), np.int64)
    for k, printed in enumerate(rows):
        cells[k, : len(printed.cells)] = printed.cells
    return Rows(
        cells,
        np.array([len(p.cells) for p in rows], np.int64),
        np.array([p.meta for p in rows], np.int64),
        np.array([p.percent for p in rows], np.int64),
        np.array([p.cost for p in rows], np.float64),
        np.array(additive, np.bool_),
    )


class Layouts(NamedTuple):
    """Layouts (t, m), the shorter filled up, how wide each is (t,), and what it costs before any row is seen (t,)."""

    columns: np.ndarray
    widths: np.ndarray
    priors: np.ndarray

    def only(self, t: int) -> Layouts:
        """The layout ``t`` by itself."""
        return Layouts(self.columns[t : t + 1], self.widths[t : t + 1], self.priors[t : t + 1])


def layouts_of(layouts: Sequence[tuple[tuple[int, ...], float]]) -> Layouts:
    """Layouts (columns, cost before any row is seen) as arrays."""
    columns = np.zeros((len(layouts), max(len(c) for c, _ in layouts)), np.int64)
    for k, (layout, _) in enumerate(layouts):
        columns[k, : len(layout)] = layout
    widths = np.array([len(c) for c, _ in layouts], np.int64)
    return Layouts(columns, widths, np.array([prior for _, prior in layouts], np.float64))


def price_all(
    rows: Rows, layouts: Layouts, quarter: int, opening: int, first: float, learned: float, dearest: float,
    space: tuple[Best, Stack, Scratch],
) -> Priced:  # fmt: skip
    """Price layouts over all rows of a table, in the order given.

    ``first`` and ``learned`` are the dearest worth knowing by habits before and after learning, ``dearest`` the dearest
    reading of a row that is looked for; ``space`` what a search works in.
    """
    r, t = len(rows.sizes), len(layouts.widths)
    out = Priced(np.empty(t), np.empty((t, r)), np.empty((t, r, *FIRST_HABITS.shape)))
    shape = FIRST_HABITS.shape
    to_go = np.empty((r, *space[2].cost_to_go.shape))
    buffers = LayoutBuffers(np.empty((r, *shape)), np.empty(shape), np.empty(r), np.empty(r), np.empty(r), to_go)
    costs = Model(HABITS[opening], COSTS, SHAPES)
    _price_layouts(rows, *layouts, quarter, opening, first, learned, dearest, costs, out, buffers, *space)
    return out


@compiled
def _price_layouts(
    rows, columns, widths, priors, quarter, opening, first, learned, dearest, model, out, buffers, best, stack, scratch
):
    r = len(rows.sizes)
    slack = WINDOW + r  # habits, once learned, save about a nat a row
    known = False
    for t in range(len(widths)):
        out.totals[t] = np.inf
        layout = columns[t, : widths[t]]
        habits = out.habits[t]
        for k in range(r):
            buffers.caps[k] = min(dearest, buffers.prices[k] + WORSE) if known else dearest
            for c in range(7):
                for x in range(5):
                    habits[k, c, x] = model.habits[c, x]
        total = _price_rows(
            rows, layout, priors[t], quarter, habits, first + slack, model, out.prices[t], buffers, best, stack, scratch
        )
        if total == np.inf:
            continue
        first = min(first, total)
        for c in range(7):
            for x in range(5):
                whole = 0.0
                for k in range(r):
                    whole += buffers.counts[k, c, x]
                for k in range(r):
                    buffers.counts[k, c, x] = whole - OWN * buffers.counts[k, c, x]
        for k in range(r):
            learn_habits(buffers.counts[k], opening, buffers.seen, habits[k])
        total = _price_rows(
            rows,
            layout,
            priors[t],
            quarter,
            habits,
            learned + WINDOW,
            model,
            out.prices[t],
            buffers,
            best,
            stack,
            scratch,
        )
        out.totals[t] = total
        if total < learned:
            learned, known = total, True
            for k in range(r):
                buffers.prices[k] = out.prices[t, k]


@compiled
def _price_rows(rows, layout, prior, quarter, habits, bound, model, prices, buffers, best, stack, scratch):
    """The table's cost on a layout, each row's, and what each row prints where nothing is; inf from ``bound`` on.

    A row costs at least the cost to go from its first cell: the layout is given up as soon as that shows it too dear.
    """
    r = len(rows.sizes)
    rest = 0.0
    for k in range(r):
        cells = rows.cells[k, : rows.sizes[k]]
        row = row_on(cells, layout, rows.metas[k], rows.percents[k], quarter, rows.additive[k], scratch)
        fill_cost_to_go(row, Model(habits[k], model.costs, model.shapes), scratch, buffers.to_go[k])
        buffers.least[k] = min(buffers.to_go[k, 0, 0, 0] + rows.costs[k], buffers.caps[k] + UNREAD)
        rest += buffers.least[k]
        if prior + rest - ROUNDING >= bound:
            return np.inf
    total = prior
    for k in range(r):
        rest -= buffers.least[k]
        cap = min(buffers.caps[k], bound - total - rest + ROUNDING)
        cells = rows.cells[k, : rows.sizes[k]]
        row = row_on(cells, layout, rows.metas[k], rows.percents[k], quarter, rows.additive[k], scratch)
        found, _ = search_below(
            row, buffers.to_go[k], Model(habits[k], model.costs, model.shapes), cap - rows.costs[k], 0.01, best, stack,
            scratch,
        )  # fmt: skip
        for c in range(7):
            for x in range(5):
                buffers.counts[k, c, x] = 0.0
        prices[k] = cap + UNREAD
        if found:
            prices[k] = best.prices[0] + rows.costs[k]
            count_habits(cells, best.paths[0], best.tuples[0], layout, quarter, buffers.counts[k])
        total += prices[k]
        if total + rest - ROUNDING >= bound:
            return np.inf
    return total
