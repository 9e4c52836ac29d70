"""Closing a placed row: whether its sums add up, what repairs make them, and the readings kept.

Compiled (numba). In here: the form's arithmetic on a complete placement (docs/form.md, fact 1).
Not in here: how cells are placed (``branch_and_bound``).
"""

from __future__ import annotations

from dagster_project.tmm_f004.search.costs import INDEX
from dagster_project.tmm_f004.search.digit_costs import INF, misread_cost, percent_cost, percent_of
from dagster_project.tmm_f004.search.jit import compiled, inlined
from dagster_project.tmm_f004.search.symbols import ABS, FUTURE, KEEP, MISSING, PATH, UNSET

_NAUGHT, _ALIKE = INDEX["total_en_cero"], INDEX["misma_copia"]
_UNPLANNED, _IDLE, _OTHER = INDEX["avance_sin_programa"], INDEX["programa_sin_avance"], INDEX["avance_distinto"]
_ALONE = INDEX["cifra_suelta"]

NO_FIGURE, TOTAL = -1, 9
"""What a repair changes: nothing, or the sum itself; else the column of the figure."""


@inlined
def violated_sums(row, values, j) -> int:
    """Of P and A, how many cannot close without a repair once what is before column ``j`` is placed: over, or done and
    short."""
    planned = achieved = 0
    open_p = j <= row.last_p
    open_a = j <= row.last_a
    for c in range(0, 8, 2):
        if values[c] > 0:
            planned += values[c]
        elif values[c] == MISSING:
            open_p = True
        if values[c + 1] > 0:
            achieved += values[c + 1]
        elif values[c + 1] == MISSING:
            open_a = True
    violated = 0
    if row.meta >= 0 and (planned > row.meta or (planned < row.meta and not open_p)):
        violated += 1
    total = values[ABS]
    # a total printed as 0 may have lost its digits
    if total > 0 and j > row.last_a and (achieved > total or (achieved < total and not open_a)):
        violated += 1
    return violated


@compiled
def _repairs(values, copies, side, total, total_copies, model, at, value, price) -> int:
    """Ways to make P (side 0) or A (side 1) add up to ``total``; returns how many.

    Way k changes figure ``at[side, k]`` (NO_FIGURE, TOTAL or a column) to ``value[side, k]`` for ``price[side, k]``.
    """
    known = 0
    lost = -1
    for c in range(side, 8, 2):
        if values[c] >= 0:
            known += values[c]
        elif values[c] == MISSING:
            lost = c
    if total == MISSING:
        at[side, 0], value[side, 0], price[side, 0] = TOTAL, known, 0.0
        return 1 if lost < 0 else 0
    gap = total - known
    if lost >= 0:
        at[side, 0], value[side, 0], price[side, 0] = lost, gap, 0.0
        return 1 if gap > 0 else 0
    if gap == 0:
        at[side, 0], value[side, 0], price[side, 0] = NO_FIGURE, 0, 0.0
        return 1
    count = 0
    for c in range(side, 8, 2):
        if copies[c] > 0 and values[c] >= 0 and values[c] + gap >= 0:  # a figure not printed was lost, not misread
            cost = misread_cost(values[c], values[c] + gap, model.costs, model.shapes)
            if cost < INF:
                at[side, count], value[side, count] = c, values[c] + gap
                price[side, count] = cost + (copies[c] - 1) * model.costs[_ALIKE]
                count += 1
    cost = misread_cost(total, known, model.costs, model.shapes)
    if cost < INF and total_copies > 0:
        at[side, count], value[side, count] = TOTAL, known
        price[side, count] = cost + (total_copies - 1) * model.costs[_ALIKE]
        count += 1
    return count


@compiled
def _ways(row, values, copies, side, model, best) -> int:
    if row.additive:
        total = row.meta if side == 0 else values[ABS]
        times = 1 if side == 0 else copies[ABS]
        wanted = MISSING if side == 0 and row.meta < 0 else total
        return _repairs(values, copies, side, wanted, times, model, best.at, best.value, best.price)
    best.at[side, 0], best.price[side, 0] = NO_FIGURE, 0.0
    for c in range(9):
        if values[c] == MISSING:  # a ratio's sums cannot bring back what was lost
            return 0
    return 1


@inlined
def _alone(reading, c, v, costs) -> float:
    """What it costs that figure ``c`` is ``v``: nothing where its side or its quarter has the same, else by its digits.

    Quarters are often planned alike and met exactly; of other numbers of so many digits, one is as likely as the next.
    """
    if v <= 0 or v == reading[c + 1 if c % 2 == 0 else c - 1]:
        return 0.0
    for k in range(c % 2, 8, 2):
        if k != c and reading[k] == v:
            return 0.0
    return costs[_ALONE] * (1 if v < 10 else (2 if v < 100 else 3))


@inlined
def _likeness(reading, values, c, costs) -> float:
    """By how much the figure that a repair of ``c`` makes is less likely than the one printed; may be negative."""
    if c in (NO_FIGURE, TOTAL):
        return 0.0
    if values[c] == MISSING:
        only = True
        for k in range(c % 2, 8, 2):
            only = only and (k == c or reading[k] <= 0)
        return 0.0 if only else _alone(reading, c, reading[c], costs)  # a side's only figure is its sum, printed
    return _alone(reading, c, reading[c], costs) - _alone(reading, c, values[c], costs)


@compiled
def complete(row, values, copies, cost, bound, model, best, found):
    """Close a complete placement in every way dearer than none below ``bound``; returns how many readings are kept."""
    for c in range(9):
        if values[c] == UNSET:
            values[c] = 0
    if (row.meta < 0) + (row.percent < 0) + (values[ABS] == MISSING) > 1:
        return found  # with two of meta, total and percentage lost, any figures close
    plans = _ways(row, values, copies, 0, model, best)
    achievements = _ways(row, values, copies, 1, model, best) if plans else 0
    reading = best.reading
    most = 6.0 * model.costs[_ALONE]  # two figures of three digits brought back to others of the row
    for x in range(plans):
        for y in range(achievements):
            price = cost + best.price[0, x] + best.price[1, y]
            if price - most >= bound:
                continue
            for c in range(9):
                reading[c] = values[c]
            reading[9] = max(row.meta, 0)
            if best.at[0, x] != NO_FIGURE:
                reading[best.at[0, x]] = best.value[0, x]
            if best.at[1, y] == TOTAL:
                reading[ABS] = best.value[1, y]
            elif best.at[1, y] != NO_FIGURE:
                reading[best.at[1, y]] = best.value[1, y]
            price += _likeness(reading, values, best.at[0, x], model.costs)
            price += _likeness(reading, values, best.at[1, y], model.costs)
            for c in range(0, 2 * row.quarter, 2):
                if reading[c] == 0 and reading[c + 1] > 0:
                    price += model.costs[_UNPLANNED]
                elif reading[c] > 0 and reading[c + 1] == 0:
                    price += model.costs[_IDLE]
                elif reading[c] != reading[c + 1]:
                    price += model.costs[_OTHER]
            if best.at[1, y] == TOTAL and values[ABS] == 0 and row.percent == 0:
                price += model.costs[_NAUGHT] - best.price[1, y]  # total and percentage went together
            else:
                price += percent_cost(reading[ABS], reading[9], row.percent, model.costs, model.shapes)
            if price < bound:
                reading[10] = percent_of(reading[ABS], reading[9], row.percent)
                found = _keep(best, found, price, copies, len(row.cells))
    return found


@compiled
def _keep(best, found, price, places, n):
    """Keep ``best.reading`` among the cheapest distinct ones; returns how many are kept."""
    at = -1
    for k in range(found):
        same = True
        for c in range(11):
            x, y = best.tuples[k, c], best.reading[c]
            if x != y and x != FUTURE and y != FUTURE:
                same = False
                break
        if same:
            if best.prices[k] <= price:
                return found
            at = k
            break
    if at < 0:
        if found < KEEP:
            at = found
            found += 1
        elif best.prices[KEEP - 1] <= price:
            return found
        else:
            at = KEEP - 1
    while at > 0 and best.prices[at - 1] > price:
        best.prices[at] = best.prices[at - 1]
        for c in range(11):
            best.tuples[at, c] = best.tuples[at - 1, c]
        for i in range(n):
            best.paths[at, i] = best.paths[at - 1, i]
        at -= 1
    best.prices[at] = price
    for c in range(11):
        best.tuples[at, c] = best.reading[c]
    for i in range(n):
        best.paths[at, i] = places[PATH + i]
    return found
