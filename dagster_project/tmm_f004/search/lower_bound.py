"""What the rest of a row must still cost at least, from any cell and any column on: the bound of the search.

Compiled (numba). The sums and most of what is placed are left out of account, so no reading costs less than
this says; ``branch_and_bound`` passes over every branch that cannot end below its bound. Nothing here places a cell.
"""

from __future__ import annotations

from dagster_project.tmm_f004.search.costs import INDEX
from dagster_project.tmm_f004.search.digit_costs import INF, misread_cost
from dagster_project.tmm_f004.search.jit import compiled, inlined
from dagster_project.tmm_f004.search.symbols import ABS, BLANK, EMPTY

LONGEST_RUN = 4
"""Cells of a run set twice: two pairs."""

_REP, _RUN, _LOST = INDEX["celda_repetida"], INDEX["tramo_repetido"], INDEX["celda_perdida"]
_ZERO, _DIGIT = INDEX["cero_por_cifra"], INDEX["digito_mal_leido"]
_SHORT, _LONG = INDEX["digito_perdido"], INDEX["digito_de_mas"]
_ADDED, _COPY, _INVENTED = INDEX["blanco_agregado"], INDEX["copia_perdida"], INDEX["celda_inventada"]
_EMPTY, _META, _LATER, _FIRST, _AGAIN = range(5)


@compiled
def _price_columns(row, model, scratch) -> None:
    """What does not depend on a cell: each column's kind, ``skip``: the least it costs that it prints nothing, and
    ``opens``: 1 where a later print of the same figure may then be the first that shows it."""
    costs = model.costs
    for j in range(len(row.columns)):
        c = row.columns[j]
        scratch.skip[j], scratch.opens[j] = 1.0, 0
        if c > ABS:
            scratch.kinds[j] = _EMPTY if c == EMPTY else _META
            continue
        habit = model.habits[row.classes[j]]
        scratch.skip[j] = habit[2]
        if c % 2 == 1 and c // 2 >= row.quarter:
            scratch.kinds[j] = _LATER
            continue
        scratch.kinds[j] = _FIRST if row.first[j] else _AGAIN
        again = model.habits[6, 2] if c == ABS else costs[_COPY]
        if row.later[j]:
            scratch.opens[j] = 1 if row.first[j] else 0
            scratch.skip[j] = again if row.first[j] else min(habit[2], again)
        else:
            scratch.skip[j] = min(habit[2], costs[_LOST] + habit[4])
            if not row.first[j]:
                scratch.skip[j] = min(scratch.skip[j], again)


@inlined
def _as_column(row, model, kind, j, v, seen, other) -> float:
    """The least it costs that column ``j`` prints ``v``; of a figure's later print, where the first showed it."""
    costs = model.costs
    if kind == _FIRST:
        return model.habits[row.classes[j], 4 if v > 0 else (0 if v == 0 else 1)]
    if kind == _LATER:
        price = costs[_INVENTED] if v > 0 else model.habits[row.classes[j], 0 if v == 0 else 1]
        return min(price, model.habits[row.classes[j], 3]) if v <= 0 or seen else price
    if kind == _AGAIN:
        price = model.habits[6, 4] if row.columns[j] == ABS else 0.0
        return price + other if v > 0 and not seen else price
    if kind == _EMPTY:
        return 0.0 if v == BLANK else (0.7 if v == 0 else costs[_INVENTED])
    if v == row.meta:
        return 0.0
    return 1.0 if v <= 0 else min(misread_cost(v, max(row.meta, 0), costs, model.shapes), costs[_INVENTED])


@inlined
def _again(cells, i, length) -> bool:
    """Whether the cells from ``i`` on are those right before them set again."""
    if length > i or length > len(cells) - i:
        return False
    same = True
    for k in range(length):
        same = same and cells[i + k] == cells[i + k - length]
    return same


@compiled
def fill_cost_to_go(row, model, scratch, cost_to_go) -> None:
    """Fill ``cost_to_go[g, i, j]``: the least that cells from ``i`` and columns from ``j`` on must still cost.

    ``g`` is 1 once a column that the layout sets twice has shown no figure in its first print: only then is a
    figure new to the row no misread one in a later print. A layout that sets none twice is never asked for it.
    """
    skip, opens, kinds = scratch.skip, scratch.opens, scratch.kinds
    cells, costs = row.cells, model.costs
    n, m = len(cells), len(row.columns)
    _price_columns(row, model, scratch)
    # a digit misread as any other: all of them cost at least a look-alike's
    other = min(costs[_DIGIT] + model.shapes[0, 8], costs[_SHORT], costs[_LONG], costs[_ZERO])
    planes = 1
    for j in range(m):
        planes = max(planes, 1 + opens[j])
    for g in range(planes):
        cost_to_go[g, n, m] = 0.0
        for j in range(m - 1, -1, -1):
            cost_to_go[g, n, j] = skip[j] + cost_to_go[g, n, j + 1]
    for i in range(n - 1, -1, -1):
        v = cells[i]
        seen = False
        for k in range(i):
            seen = seen or cells[k] == v
        alone = costs[_INVENTED]
        if v == BLANK:
            alone = min(alone, costs[_ADDED])
        if v == (cells[i - 1] if i > 0 else row.meta):
            alone = min(alone, costs[_REP])
        run = 0
        for length in range(2, LONGEST_RUN + 1):
            run += (1 << length) if _again(cells, i, length) else 0
        for j in range(m, -1, -1):
            price = zero = INF
            kind = opened = 0
            if j < m:
                kind = kinds[j]
                opened = opens[j]
                price = _as_column(row, model, kind, j, v, seen, other)
                if kind == _FIRST and v <= 0:
                    zero = costs[_ZERO] + model.habits[row.classes[j], 4]
            for g in range(planes):
                least = alone + cost_to_go[g, i + 1, j]
                if run:
                    for length in range(2, LONGEST_RUN + 1):
                        if run & (1 << length):
                            least = min(least, costs[_RUN] + cost_to_go[g, i + length, j])
                if j < m:
                    after = max(g, opened)
                    least = min(least, skip[j] + cost_to_go[after, i, j + 1])
                    taken = 0.0 if g == 1 and kind == _AGAIN else price
                    least = min(least, taken + cost_to_go[g, i + 1, j + 1])
                    if zero < INF:
                        least = min(least, zero + cost_to_go[after, i + 1, j + 1])
                cost_to_go[g, i, j] = least
