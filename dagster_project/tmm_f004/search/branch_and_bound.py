"""The exact search of one row: every reading whose arithmetic closes within a cost bound, cheapest first.

Compiled (numba), on integers only; it knows nothing of text, tables or estados. Depth-first
branch and bound over the ways to place the printed cells, left to right, on the columns of a
layout; ``lower_bound`` says what a branch must still cost, ``completion`` closes each complete placement.
"""

from __future__ import annotations

from dagster_project.tmm_f004.search.buffers import Row
from dagster_project.tmm_f004.search.completion import complete, violated_sums
from dagster_project.tmm_f004.search.costs import ACHIEVED, FIRST_ACHIEVED, FIRST_PLANNED, INDEX, LATER, PLANNED, TOTAL
from dagster_project.tmm_f004.search.digit_costs import INF, misread_cost
from dagster_project.tmm_f004.search.dominance import begin_search, is_dominated
from dagster_project.tmm_f004.search.jit import compiled, inlined
from dagster_project.tmm_f004.search.lower_bound import LONGEST_RUN, fill_cost_to_go
from dagster_project.tmm_f004.search.symbols import (
    ABS,
    ADDED,
    BLANK,
    CELL_REPEATED,
    EMPTY,
    FUTURE,
    INVENTED,
    KEEP,
    META,
    MISSING,
    PATH,
    RUN,
    STACK,
    UNSET,
)

MOST_STEPS = 400_000
"""Branches looked at before a search gives up and says so: a hundred times what a harsh row needs."""

_REP, _RUN, _LOST = INDEX["celda_repetida"], INDEX["tramo_repetido"], INDEX["celda_perdida"]
_ZERO, _DIGIT = INDEX["cero_por_cifra"], INDEX["digito_mal_leido"]
_ALONE = INDEX["cifra_suelta"]
_ADDED, _COPY, _INVENTED = INDEX["blanco_agregado"], INDEX["copia_perdida"], INDEX["celda_inventada"]
_I, _J, _OPEN = 9, 10, 11
ROUNDING = 1e-9
"""Costs added up in another order differ by less than this."""

_MOST_BRANCHES = 16  # more branches than one state can have


@compiled
def habit_class(column: int, quarter: int) -> int:
    """The row of ``habits`` that a column 0..8 falls under in a report of ``quarter``."""
    if column == ABS:
        return TOTAL
    if column % 2 == 1 and column // 2 >= quarter:
        return LATER
    if column < 2 and quarter > 1:
        return FIRST_PLANNED if column == 0 else FIRST_ACHIEVED
    return PLANNED if column % 2 == 0 else ACHIEVED


@compiled
def row_on(cells, columns, meta, percent, quarter, additive, scratch):
    """A printed row on a layout, with what the columns mean."""
    first, later, classes = scratch.first, scratch.later, scratch.classes
    m = len(columns)
    last_p = last_a = 0
    for j in range(m):
        c = columns[j]
        later[j], first[j] = False, True
        for k in range(j):
            if columns[k] == c:
                first[j] = False
        for k in range(j + 1, m):
            if columns[k] == c:
                later[j] = True
        if c <= ABS:
            classes[j] = habit_class(c, quarter)
            if c % 2 == 0 and c != ABS:
                last_p = j
            else:
                last_a = j
    return Row(cells, columns, first, later, classes, last_p, last_a, meta, percent, quarter, additive)


@inlined
def _push(stack, top, cost_to_go, bound, n, values, places, cost, i, j, c, v, copies, opens):
    """Put a branch on the stack unless it must cost ``bound``: figure ``c`` (-1: none) becomes ``v``."""
    if cost + cost_to_go[max(opens, places[_OPEN]), i, j] - ROUNDING >= bound:
        return top
    for k in range(9):  # loops: a slice of so few numbers costs more to make than to copy
        stack.values[top, k] = values[k]
    for k in range(PATH + n):
        stack.places[top, k] = places[k]
    if c >= 0:
        stack.values[top, c] = v
        stack.places[top, c] = copies
    stack.places[top, _I] = i
    stack.places[top, _J] = j
    if opens:
        stack.places[top, _OPEN] = 1
    stack.cost[top] = cost
    return top + 1


@inlined
def _extras(row, model, stack, top, cost_to_go, bound, values, places, cost, i, j):
    """The next cell is no column's: a slip of this row alone."""
    n = len(row.cells)
    v = row.cells[i]
    costs = model.costs
    if v == (row.cells[i - 1] if i > 0 else row.meta):
        places[PATH + i] = CELL_REPEATED
        top = _push(stack, top, cost_to_go, bound, n, values, places, cost + costs[_REP], i + 1, j, -1, 0, 0, 0)
    if v == BLANK:
        places[PATH + i] = ADDED
        top = _push(stack, top, cost_to_go, bound, n, values, places, cost + costs[_ADDED], i + 1, j, -1, 0, 0, 0)
    places[PATH + i] = INVENTED
    top = _push(stack, top, cost_to_go, bound, n, values, places, cost + costs[_INVENTED], i + 1, j, -1, 0, 0, 0)
    for length in range(2, min(i, n - i, LONGEST_RUN) + 1):
        again = True
        for k in range(length):
            if row.cells[i + k] != row.cells[i + k - length]:
                again = False
                break
        if again:
            for k in range(length):
                places[PATH + i + k] = RUN
            top = _push(
                stack, top, cost_to_go, bound, n, values, places, cost + costs[_RUN], i + length, j, -1, 0, 0, 0
            )
    return top


@inlined
def _any_missing(values, side) -> bool:
    """Whether a P (side 0) or an A (side 1) is lost already: two lost figures of a side cannot be brought back."""
    for c in range(side, 8, 2):
        if values[c] == MISSING:
            return True
    return False


@inlined
def _leave(row, model, stack, top, cost_to_go, bound, values, places, cost, i, j):
    """The next column prints nothing in this row."""
    n = len(row.cells)
    c = row.columns[j]
    if c > ABS:
        return _push(stack, top, cost_to_go, bound, n, values, places, cost + 1.0, i, j + 1, -1, 0, 0, 0)
    held = values[c]
    left_out = model.habits[row.classes[j], 2]
    if held == FUTURE:
        return _push(stack, top, cost_to_go, bound, n, values, places, cost + left_out, i, j + 1, -1, 0, 0, 0)
    if row.later[j] or held != UNSET:
        price = model.habits[6, 2] if c == ABS else model.costs[_COPY]
        if held == 0:
            price = min(price, left_out)
        opens = 1 if held == UNSET else 0
        return _push(stack, top, cost_to_go, bound, n, values, places, cost + price, i, j + 1, -1, 0, 0, opens)
    if c == ABS or not _any_missing(values, c % 2):
        price = model.costs[_LOST] + model.habits[row.classes[j], 4]
        top = _push(stack, top, cost_to_go, bound, n, values, places, cost + price, i, j + 1, c, MISSING, 0, 0)
    return _push(stack, top, cost_to_go, bound, n, values, places, cost + left_out, i, j + 1, c, 0, 0, 0)


@inlined
def _take(row, model, stack, top, cost_to_go, bound, values, places, cost, i, j):
    """The next cell is the next column's."""
    n = len(row.cells)
    c, v = row.columns[j], row.cells[i]
    costs, habit = model.costs, model.habits[row.classes[j]]
    places[PATH + i] = c
    if c in (EMPTY, META):
        price = 0.0
        if c == EMPTY and v != BLANK:
            price = 0.7 if v == 0 else costs[_INVENTED]
        elif c == META and v != row.meta:
            price = 1.0 if v <= 0 else min(misread_cost(v, max(row.meta, 0), costs, model.shapes), costs[_INVENTED])
        return _push(stack, top, cost_to_go, bound, n, values, places, cost + price, i + 1, j + 1, -1, 0, 0, 0)
    held = values[c]
    if held == FUTURE:
        price = costs[_INVENTED]
        if v <= 0:
            price = habit[0] if v == 0 else habit[1]
        if v == values[c - 1] or (v <= 0 and values[c - 1] == 0):
            price = min(price, habit[3])
        return _push(stack, top, cost_to_go, bound, n, values, places, cost + price, i + 1, j + 1, -1, 0, 0, 0)
    if held == UNSET:
        if v > 0:
            return _push(stack, top, cost_to_go, bound, n, values, places, cost + habit[4], i + 1, j + 1, c, v, 1, 0)
        if c == ABS or not _any_missing(values, c % 2):
            price = costs[_ZERO] + habit[4]
            opens = 1 if row.later[j] else 0
            top = _push(
                stack, top, cost_to_go, bound, n, values, places, cost + price, i + 1, j + 1, c, MISSING, 0, opens
            )
        price = habit[0 if v == 0 else 1]
        seen = 1 if c == ABS else 0
        return _push(stack, top, cost_to_go, bound, n, values, places, cost + price, i + 1, j + 1, c, 0, seen, 0)
    if held == MISSING:  # the other copy of the column may show what this one lost
        if v <= 0:
            return top
        return _push(stack, top, cost_to_go, bound, n, values, places, cost, i + 1, j + 1, c, v, 1, 0)
    cost += model.habits[6, 4] if c == ABS else 0.0
    if v == held or (v <= 0 and held == 0):
        times = places[c] + (1 if v > 0 else 0)
        return _push(stack, top, cost_to_go, bound, n, values, places, cost, i + 1, j + 1, c, held, times, 0)
    price = misread_cost(v, held, costs, model.shapes)
    if price < INF:
        top = _push(stack, top, cost_to_go, bound, n, values, places, cost + price, i + 1, j + 1, -1, 0, 0, 0)
    price = misread_cost(held, v, costs, model.shapes) if v > 0 else INF
    if price < INF:
        top = _push(stack, top, cost_to_go, bound, n, values, places, cost + price, i + 1, j + 1, c, v, 1, 0)
    return top


@compiled
def search(cells, columns, meta, percent, quarter, additive, model, cap, window, best, stack, scratch):
    """Fill ``best`` with the cheapest distinct readings of a row; returns (how many, whether none was missed).

    ``cells``: printed values (n,), -1 blank; ``columns``: the layout (m,); ``quarter``: the quarter
    1..4 the report speaks of; ``meta`` and ``percent`` -1 where not printed. Readings costlier than
    ``cap``, or than the cheapest plus ``window``, are cut off and nothing cheaper is: every
    branch's cost is a lower bound. A reading is (P1, A1 .. P4, A4, absoluto, meta, percentage).
    """
    row = row_on(cells, columns, meta, percent, quarter, additive, scratch)
    fill_cost_to_go(row, model, scratch, scratch.cost_to_go)
    return search_below(row, scratch.cost_to_go, model, cap, window, best, stack, scratch)


@compiled
def search_below(row, cost_to_go, model, cap, window, best, stack, scratch):
    """As ``search``, of a row on its layout with the cost to go from each place."""
    quarter, additive = row.quarter, row.additive
    n, m = len(row.cells), len(row.columns)
    # the least that a side which does not close still needs: a digit, its figure brought back to another of the row
    repair = model.costs[_DIGIT] + model.shapes[0, 8] - 3.0 * model.costs[_ALONE]
    bound, found, top, steps = cap, 0, 1, 0
    stack.cost[0] = 0.0
    stack.places[0, _I] = stack.places[0, _J] = stack.places[0, _OPEN] = 0
    for c in range(9):
        stack.places[0, c] = 0
        stack.values[0, c] = FUTURE if c < 8 and c % 2 == 1 and c // 2 >= quarter else UNSET
    values, places = scratch.values, scratch.places
    begin_search(scratch.dominance)
    while top > 0:
        steps += 1
        if steps > MOST_STEPS or top + _MOST_BRANCHES > STACK:
            return found, False
        top -= 1
        cost = stack.cost[top]
        i, j = stack.places[top, _I], stack.places[top, _J]
        least = cost + cost_to_go[stack.places[top, _OPEN], i, j] - ROUNDING
        if least >= bound:
            continue
        for k in range(9):
            values[k] = stack.values[top, k]
        for k in range(PATH + n):
            places[k] = stack.places[top, k]
        if is_dominated(scratch.dominance, values, places, cost, i, j):
            continue
        if additive and least + repair * violated_sums(row, values, j) >= bound:
            continue
        if i == n and j == m:
            found = complete(row, values, places, cost, bound, model, best, found)
            if found:
                bound = min(cap, best.prices[0] + window)
                if found == KEEP:
                    bound = min(bound, best.prices[KEEP - 1])
            continue
        if i < n:
            top = _extras(row, model, stack, top, cost_to_go, bound, values, places, cost, i, j)
        if j < m:
            top = _leave(row, model, stack, top, cost_to_go, bound, values, places, cost, i, j)
            if i < n:
                top = _take(row, model, stack, top, cost_to_go, bound, values, places, cost, i, j)
    return found, True


@compiled
def search_on(cells, costs, at, columns, meta, percent, quarter, additive, model, cap, window, best, stack, scratch):
    """Search the ways (k, n) to take one row's cells from ``at`` on, until one can be read; ``costs`` (k,) count.

    Returns (its index, how many readings stand in ``best``); ``(k, 0)`` where none can.
    """
    for k in range(at, len(costs)):
        found, _ = search(
            cells[k], columns, meta, percent, quarter, additive, model, cap - costs[k], window, best, stack, scratch
        )
        if found:
            return k, found
    return len(costs), 0
