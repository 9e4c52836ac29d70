"""Quick looks at a row on a layout: by position, and how it prints what is not there.

Compiled (numba). Positions only rank layouts before the exact search (``kernel``) tries the best of them.
"""

from __future__ import annotations

from dagster_project.tmm_f004.codes import ABS, BLANK, EMPTY, META, UNSET
from dagster_project.tmm_f004.compiled import kernel
from dagster_project.tmm_f004.kernel import habit_class

WORST = 12.0
"""A row whose width is not the layout's, or that does not close on it at all."""


@kernel
def _position_cost(cells, r, layouts, k, meta, cut, value) -> float:
    """A quick price for reading row ``r`` by position on layout ``k``, both of one width: 0 where it closes."""
    for c in range(9):
        value[c] = UNSET
    price = 0.0
    for i in range(cells.shape[1]):
        c, v = layouts[k, i], cells[r, i]
        if c == EMPTY:
            price += 4.0 if v > 0 else 0.0
        elif c == META:
            price += 0.0 if v == meta else 4.0
        elif c < 8 and c % 2 == 1 and c // 2 >= cut:
            if v > 0 and v != value[c - 1]:
                price += 6.0
        elif value[c] == UNSET:
            value[c] = max(v, 0)
        elif value[c] != max(v, 0):
            price += 4.0
    planned = achieved = 0
    for c in range(0, 8, 2):
        planned += max(value[c], 0)
        achieved += max(value[c + 1], 0)
    if planned != meta:
        price += 6.0
    if achieved != max(value[ABS], 0):
        price += 6.0
    return min(price, WORST)


@kernel
def rank_layouts(cells, metas, layouts, priors, cut, best, slack, room, out) -> float:
    """``out[k]``: layout k's prior plus the sum over rows of their price by position; returns the least seen.

    All ``cells`` (r, w) and ``layouts`` (k, w) are of one width; ``room`` (9,) is worked in. A layout
    is priced no further once it is dearer than the best by more than ``slack``: a lower bound then.
    """
    for k in range(len(layouts)):
        total = priors[k]
        for r in range(len(cells)):
            if total > best + slack:
                break
            total += _position_cost(cells, r, layouts, k, metas[r], cut, room)
        out[k] = total
        best = min(best, total)
    return best


@kernel
def count_habits(cells, path, value, columns, cut, counts) -> None:
    """Add to ``counts`` (7 x 5, see ``damage.FIRST_HABITS``) how a row prints what is not there."""
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
        row = habit_class(c, cut)
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
