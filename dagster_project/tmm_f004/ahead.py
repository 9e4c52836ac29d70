"""What the rest of a row must still cost at least, from any cell and any column on: the bound of the search.

Compiled (numba). The sums and most of what is placed are left out of account, so no reading costs less than
this says; ``kernel`` passes over every branch that cannot end below its bound. Nothing here places a cell.
"""

from __future__ import annotations

from dagster_project.tmm_f004.codes import ABS, BLANK, EMPTY, META
from dagster_project.tmm_f004.compiled import inlined, kernel
from dagster_project.tmm_f004.damage import INDEX
from dagster_project.tmm_f004.misread import misread_cost

LONGEST_RUN = 4
"""Cells of a run set twice: two pairs."""

_REP, _RUN, _LOST = INDEX["celda_repetida"], INDEX["tramo_repetido"], INDEX["celda_perdida"]
_ZERO, _DIGIT = INDEX["cero_por_cifra"], INDEX["digito_mal_leido"]
_SHORT, _LONG = INDEX["digito_perdido"], INDEX["digito_de_mas"]
_ADDED, _COPY, _INVENTED = INDEX["blanco_agregado"], INDEX["copia_perdida"], INDEX["celda_inventada"]


@kernel
def price_columns(row, model, skip, opens) -> None:
    """``skip[j]``: the least it costs that column ``j`` prints nothing. ``opens[j]``: 1 where a later print of
    the same figure may then be the first that shows it."""
    costs = model.costs
    for j in range(len(row.columns)):
        c = row.columns[j]
        skip[j], opens[j] = 1.0, 0
        if c > ABS:
            continue
        habit = model.habits[row.classes[j]]
        skip[j] = habit[2]
        if c % 2 == 1 and c // 2 >= row.cut:
            continue
        again = model.habits[6, 2] if c == ABS else costs[_COPY]
        if row.later[j]:
            opens[j] = 1 if row.first[j] else 0
            skip[j] = again if row.first[j] else min(skip[j], again)
        else:
            skip[j] = min(skip[j], costs[_LOST] + habit[4])
            if not row.first[j]:
                skip[j] = min(skip[j], again)


@inlined
def _alone(row, costs, ahead, g, i, j) -> float:
    """The least from here on if cell ``i`` is no column's, or begins a run set twice."""
    cells = row.cells
    price = costs[_INVENTED]
    if cells[i] == BLANK:
        price = min(price, costs[_ADDED])
    if cells[i] == (cells[i - 1] if i > 0 else row.meta):
        price = min(price, costs[_REP])
    least = price + ahead[g, i + 1, j]
    for length in range(2, min(i, len(cells) - i, LONGEST_RUN) + 1):
        again = True
        for k in range(length):
            again = again and cells[i + k] == cells[i + k - length]
        if again:
            least = min(least, costs[_RUN] + ahead[g, i + length, j])
    return least


@inlined
def _as_column(row, model, v, j, seen, other) -> float:
    """The least it costs that column ``j`` prints ``v``; of a figure's later print, where the first showed it."""
    c, costs = row.columns[j], model.costs
    if c == EMPTY:
        return 0.0 if v == BLANK else (0.7 if v == 0 else costs[_INVENTED])
    if c == META:
        if v == row.meta:
            return 0.0
        return 1.0 if v <= 0 else min(misread_cost(v, max(row.meta, 0), costs, model.shapes), costs[_INVENTED])
    habit = model.habits[row.classes[j]]
    if c != ABS and c % 2 == 1 and c // 2 >= row.cut:
        price = costs[_INVENTED] if v > 0 else habit[0 if v == 0 else 1]
        return min(price, habit[3]) if v <= 0 or seen else price
    if row.first[j]:
        return habit[4] if v > 0 else habit[0 if v == 0 else 1]
    price = model.habits[6, 4] if c == ABS else 0.0
    return price + other if v > 0 and not seen else price


@kernel
def look_ahead(row, model, scratch) -> None:
    """Fill ``scratch.ahead[g, i, j]``: the least that cells from ``i`` and columns from ``j`` on must still cost.

    ``g`` is 1 once a column that the layout sets twice has shown no figure in its first print: only then is a
    figure new to the row no misread one in a later print.
    """
    ahead, skip, opens = scratch.ahead, scratch.skip, scratch.opens
    costs = model.costs
    n, m = len(row.cells), len(row.columns)
    price_columns(row, model, skip, opens)
    # a digit misread as any other: all of them cost at least a look-alike's
    other = min(costs[_DIGIT] + model.shapes[0, 8], costs[_SHORT], costs[_LONG], costs[_ZERO])
    for g in range(2):
        ahead[g, n, m] = 0.0
        for j in range(m - 1, -1, -1):
            ahead[g, n, j] = skip[j] + ahead[g, n, j + 1]
    for i in range(n - 1, -1, -1):
        v = row.cells[i]
        seen = False
        for k in range(i):
            seen = seen or row.cells[k] == v
        for g in range(2):
            ahead[g, i, m] = _alone(row, costs, ahead, g, i, m)
        for j in range(m - 1, -1, -1):
            c = row.columns[j]
            price = _as_column(row, model, v, j, seen, other)
            figure = c == ABS or (c < ABS and (c % 2 == 0 or c // 2 < row.cut))
            zero = costs[_ZERO] + model.habits[row.classes[j], 4] if c <= ABS else 0.0
            for g in range(2):
                open_ = max(g, opens[j])
                least = min(skip[j] + ahead[open_, i, j + 1], _alone(row, costs, ahead, g, i, j))
                taken = 0.0 if g == 1 and figure and not row.first[j] else price
                least = min(least, taken + ahead[g, i + 1, j + 1])
                if figure and row.first[j] and v <= 0:
                    least = min(least, zero + ahead[open_, i + 1, j + 1])
                ahead[g, i, j] = least
