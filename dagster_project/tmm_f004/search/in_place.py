"""Rows that close where they are printed: which layouts read them so, and what that says about the layout.

In here: the test of position, and the weighing of layouts by it. Not in here: what a damaged row may be
(``branch_and_bound``), which layouts are tried (``layouts``).

A row whose sums and percentage close with every cell in its place is damaged under no layout that reads it so.
Noughts let several do: ``42 | 18 17 24 24 0 0 0 0 | 41 98%`` closes also with the first quarter left out and the last
one set twice. Such a row bears no witness for one of them against another: how often a table prints a nought cannot
tell (all its rows may be planned in the same quarters). What is left are the layouts themselves and the rows that
close under one alone; and a full print, as many cells as the head has columns, is read in place unless such rows
prove another layout.
"""

from __future__ import annotations

from functools import lru_cache
from math import lgamma, log, pi

import numpy as np

from dagster_project.tmm_f004.search.digit_costs import percent_of
from dagster_project.tmm_f004.search.jit import compiled
from dagster_project.tmm_f004.search.layout_costs import Rows
from dagster_project.tmm_f004.search.symbols import ABS, BLANK, EMPTY, FUTURE, META, UNSET

FULL_PRINT = (0, 1, 2, 3, 4, 5, 6, 7, ABS)
"""The columns that the form's head names: P and A of four quarters and the total."""

DEPARTURE = 5.0
"""Nats that a layout costs beyond its own where a plain one is as wide: to leave columns out and set others twice
instead."""

WITNESSES = 0.5
"""Share of its rows that must close in place on a table's layout for each of them to have no rival that needs a
slip."""

SLIP = 5.0
"""What a reading costs that needs a step of damage in a row that needs none in place."""

UNPLANNED, IDLE, MOST_ODD = 2.0, 1.0, 4.8
"""What a row's plan says between layouts that both read it in place (as in ``costs``): achieved and not planned,
planned and not begun; and the most that all rows may say: the actions of a unit are idle together. Where none achieved
anything, being idle says nothing: they are so wherever they were planned."""


@compiled
def read_in_place(
    cells: np.ndarray, columns: np.ndarray, meta: int, percent: int, quarter: int, values: np.ndarray
) -> bool:
    """Whether a row closes with each cell in the column it stands in; fills ``values`` (11,) as ``search`` does.

    Nothing is changed, nothing is left out: copies are alike, A after the quarter are blank, 0 or P again, P add up
    to the meta, A to the total, and the percentage is their ratio.
    """
    if len(cells) != len(columns) or meta < 0:
        return False
    for c in range(9):
        values[c] = UNSET
    if columns[0] == 0 and columns[1] != 0 and columns[1] != 1 and cells[0] != BLANK:
        return False  # one cell in the first pair's place is a blank one
    for i in range(len(cells)):
        c, v = columns[i], cells[i]
        if c == EMPTY:
            if v != BLANK:
                return False
        elif c == META:
            if v != meta:
                return False
        elif values[c] == UNSET:
            values[c] = max(v, 0)
        elif values[c] != max(v, 0):
            return False
    planned = achieved = 0
    for c in range(0, 8, 2):
        values[c] = max(values[c], 0)
        planned += values[c]
        if c // 2 < quarter:
            values[c + 1] = max(values[c + 1], 0)
            achieved += values[c + 1]
        else:
            if values[c + 1] > 0 and values[c + 1] != values[c]:
                return False
            values[c + 1] = FUTURE
    if planned != meta or values[ABS] == UNSET or achieved != values[ABS]:
        return False
    values[9] = meta
    values[10] = percent_of(values[ABS], meta, percent)
    return bool(percent < 0 or values[10] == percent)


@compiled
def mark(
    rows: Rows, columns: np.ndarray, widths: np.ndarray, quarter: int, marks: np.ndarray, oddities: np.ndarray,
    noughts: np.ndarray, values: np.ndarray, idle: float,
) -> None:  # fmt: skip
    """Fill ``marks`` (t, r): which rows each layout reads in place, and ``oddities``: what a plan so read costs by
    itself.

    That is not damage: a quarter planned and not begun (``idle``), or achieved and not planned. ``noughts`` (t, 3, 2)
    counts how these rows print what is not there, as 0 or as a blank: in the first pair, in other columns, in A after
    the quarter.
    """
    noughts[:] = 0.0
    for t in range(len(widths)):
        for k in range(len(rows.sizes)):
            marks[t, k], oddities[t, k] = False, 0.0
            if rows.sizes[k] != widths[t] or not rows.additive[k]:
                continue
            cells = rows.cells[k, : rows.sizes[k]]
            layout = columns[t, : widths[t]]
            if read_in_place(cells, layout, rows.metas[k], rows.percents[k], quarter, values):
                marks[t, k] = True
                for c in range(0, 2 * quarter, 2):
                    if values[c] == 0 and values[c + 1] > 0:
                        oddities[t, k] += UNPLANNED
                    elif values[c] > 0 and values[c + 1] == 0:
                        oddities[t, k] += idle
                for i in range(len(cells)):
                    if layout[i] < ABS and cells[i] <= 0:
                        kind = 0 if layout[i] < 2 else 1
                        if values[layout[i]] == FUTURE:
                            kind = 2
                        noughts[t, kind, 0 if cells[i] == 0 else 1] += 1.0


def mixed(noughts: np.ndarray) -> np.ndarray:
    """What it costs a layout (t,) that columns of one kind print what is not there now as 0, now as a blank.

    ``noughts`` as ``mark`` counts them. Each kind has a rate of its own, unknown before (Jeffreys' prior).
    """
    costs = [_mixed(*pair) for pair in noughts.reshape(-1, 2).tolist()]
    return np.array(costs).reshape(noughts.shape[:2]).sum(axis=1)


@lru_cache(maxsize=2048)
def _mixed(zero: float, blank: float) -> float:
    return log(pi) + lgamma(zero + blank + 1) - lgamma(zero + 0.5) - lgamma(blank + 0.5)


def weigh(
    priors: np.ndarray,
    prices: np.ndarray,
    marks: np.ndarray,
    oddities: np.ndarray,
    noughts: np.ndarray,
    full: np.ndarray,
    departs: np.ndarray,
    aside: np.ndarray,
) -> np.ndarray:
    """What each layout costs (t,), rows that several read in place telling them apart by the plan alone.

    ``priors`` (t,) before any row is seen, ``prices`` (t, r) of the rows, inf where a layout was given up; ``full``
    (t,) marks the layout of the head's columns, ``departs`` those with columns set twice; ``aside`` (t, r) the rows as
    wide as a layout: one that others read in place needs a slip under it.
    """
    known = np.isfinite(prices).all(axis=1)
    told = marks & known[:, None]
    common = prices.min(axis=0, initial=np.inf)  # no damage costs less
    fewest = np.where(told, oddities, np.inf).min(axis=0, initial=np.inf)
    odd = np.where(told, oddities - fewest, 0.0).sum(axis=1)
    slipped = aside & told.any(axis=0)[None, :] & ~told
    fair = np.where(told, common, np.where(slipped, np.maximum(prices, common + SLIP), prices))
    plan = np.minimum(odd, MOST_ODD) + mixed(noughts)
    if full.any():  # the plan is no reason to leave columns out and set others twice
        plan = np.where(departs, np.maximum(plan, plan[full].max()), plan)
    return np.where(known, priors + fair.sum(axis=1) + plan, np.inf)


def worth_pricing(marks: np.ndarray, totals: np.ndarray, most: int) -> list[int]:
    """The layouts given up by the prices of noughts that read in place nearly as many rows as any: ``most`` of them."""
    counts = marks.sum(axis=1)
    if not counts.size or not counts.max():
        return []
    enough = (counts >= max(1, counts.max() - 1)) & ~np.isfinite(totals)
    return np.flatnonzero(enough)[:most].tolist()
