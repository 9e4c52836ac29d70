"""Quick looks at a row on a layout: by position, and how it prints what is not there.

Compiled (numba). Positions only rank layouts before the exact search (``branch_and_bound``) tries the best of them.
"""

from __future__ import annotations

from dagster_project.tmm_f004.search.branch_and_bound import habit_class
from dagster_project.tmm_f004.search.digit_costs import INF
from dagster_project.tmm_f004.search.jit import compiled
from dagster_project.tmm_f004.search.symbols import ABS, BLANK, EMPTY, META, UNSET

WORST = 12.0
"""A row whose width is not the layout's, or that does not close on it at all."""


@compiled
def _position_cost(cells, r, layouts, k, meta, quarter, value, limit) -> float:
    """A quick price for reading row ``r`` by position on layout ``k``, both of one width: 0 where it closes.

    A row dearer than ``limit`` is priced no further.
    """
    for c in range(9):
        value[c] = UNSET
    price = 0.0
    for i in range(cells.shape[1]):
        c, v = layouts[k, i], cells[r, i]
        if c == EMPTY:
            price += 4.0 if v > 0 else 0.0
        elif c == META:
            price += 0.0 if v == meta else 4.0
        elif c < 8 and c & 1 and c >> 1 >= quarter:
            if v > 0 and v != value[c - 1]:
                price += 6.0
        elif value[c] == UNSET:
            value[c] = max(v, 0)
        elif value[c] != max(v, 0):
            price += 4.0
        if price > limit or price >= WORST:
            return min(price, WORST)
    planned = achieved = 0
    for c in range(0, 8, 2):
        planned += max(value[c], 0)
        achieved += max(value[c + 1], 0)
    if planned != meta:
        price += 6.0
    if achieved != max(value[ABS], 0):
        price += 6.0
    return min(price, WORST)


@compiled
def rank_layouts(cells, metas, layouts, priors, quarter, room, few, which) -> None:
    """Fill ``few`` with the least prices of a layout (its prior and its rows' by position), ``which`` with its index.

    All ``cells`` (r, w) and ``layouts`` (k, w) are of one width, layouts in the order of their ``priors``; ``room``
    (9,) is worked in. A layout is priced no further once as many others are cheaper as ``few`` holds.
    """
    last = len(few) - 1
    for x in range(last + 1):
        few[x], which[x] = INF, -1
    for k in range(len(layouts)):
        total = priors[k]
        if total >= few[last]:
            return
        for r in range(len(cells)):
            total += _position_cost(cells, r, layouts, k, metas[r], quarter, room, few[last] - total)
            if total >= few[last]:
                break
        if total < few[last]:
            at = last
            while at > 0 and few[at - 1] > total:
                few[at], which[at] = few[at - 1], which[at - 1]
                at -= 1
            few[at], which[at] = total, k


@compiled
def count_habits(cells, path, value, columns, quarter, counts) -> None:
    """Add to ``counts`` (7 x 5, see ``costs.FIRST_HABITS``) how a row prints what is not there."""
    for j in range(len(columns)):
        c = columns[j]
        again = False
        for k in range(j):
            again = again or columns[k] == c
        if c > ABS or again:
            continue
        at, prints, entries = -1, 0, 0
        for i in range(len(cells)):
            if path[i] == c:
                at = i if at < 0 else at
                prints += 1
        for k in range(len(columns)):
            entries += columns[k] == c
        if c == ABS and entries > 1:
            counts[6, 4] += max(0, min(prints, entries) - 1)
            counts[6, 2] += entries - max(1, min(prints, entries))
        row = habit_class(c, quarter)
        if row != 2 and value[c] != 0:
            counts[row, 4] += 1.0 if row != 3 else 0.0
        elif at < 0:
            counts[row, 2] += 1.0
        elif cells[at] == BLANK:
            counts[row, 1] += 1.0
        elif cells[at] == 0:
            counts[row, 0] += 1.0
        elif row == 2:
            counts[row, 3] += 1.0
