"""The exact search of one row: every reading whose arithmetic closes within a cost bound, cheapest first.

Compiled (numba), on integers only; it knows nothing of text, tables or estados. Depth-first
branch and bound over the ways to place the printed cells, left to right, on the columns of a
layout; each complete placement is closed by the form's sums and percentage (design §1, fact 1).

Columns: 0..7 are P1, A1, P2, A2, P3, A3, P4, A4; 8 the total (absoluto); 9 a column that
prints nothing; 10 one that repeats meta. Values: -1 a blank cell, -2 not placed yet,
-3 a figure lost in print, -4 a quarter after the cut.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from dagster_project.tmm_f004.damage import INDEX

ABS, EMPTY, META = 8, 9, 10
BLANK, UNSET, LOST, FUTURE = -1, -2, -3, -4
REPEATED, RUN, ADDED, INVENTED = 11, 12, 13, 14
MAX_CELLS, MAX_COLUMNS, KEEP, STACK = 24, 24, 24, 4000
INF = 1e9
LONGEST_RUN = 4

_REP, _RUN, _LOST = INDEX["celda_repetida"], INDEX["tramo_repetido"], INDEX["celda_perdida"]
_ZERO, _DIGIT, _MORE = INDEX["cero_por_cifra"], INDEX["digito_mal_leido"], INDEX["otro_digito"]
_SHORT, _LONG = INDEX["digito_perdido"], INDEX["digito_de_mas"]
_COPY = INDEX["copia_perdida"]
_ADDED, _NAUGHT, _ALIKE = INDEX["blanco_agregado"], INDEX["total_en_cero"], INDEX["misma_copia"]
_UNPLANNED, _IDLE = INDEX["avance_sin_programa"], INDEX["programa_sin_avance"]
_INVENTED, _ALIEN = INDEX["celda_inventada"], INDEX["porcentaje_ajeno"]


@njit(cache=True)
def misread_cost(printed: int, true: int, costs: np.ndarray, shapes: np.ndarray) -> float:
    """What it costs that ``true`` was printed as ``printed``; INF where no model of digits explains it."""
    if printed == true:
        return 0.0
    if printed <= 0:
        return costs[_ZERO] if true > 0 else 0.0
    if true == 0:
        return costs[_DIGIT] + shapes[0, printed] if printed < 10 else INF
    if true < 0:
        return INF
    a, b = printed, true
    differing = 0
    total = 0.0
    while a > 0 and b > 0:
        if a % 10 != b % 10:
            differing += 1
            total += shapes[b % 10, a % 10]
        a //= 10
        b //= 10
    if a == 0 and b == 0:
        return costs[_DIGIT] + total + (differing - 1) * costs[_MORE] if differing <= 3 else INF
    if a == 0 and b < 10 and _one_digit_less(printed, true):
        return costs[_SHORT]
    if b == 0 and a < 10 and _one_digit_less(true, printed):
        return costs[_LONG]
    return INF


@njit(cache=True)
def _one_digit_less(short: int, long: int) -> bool:
    """Whether ``short`` is ``long`` with one digit taken out."""
    power = 1
    while power <= long:
        if (long // (power * 10)) * power + long % power == short:
            return True
        power *= 10
    return False


@njit(cache=True)
def percent_cost(part: int, whole: int, printed: int, costs: np.ndarray, shapes: np.ndarray) -> float:
    """What it costs that ``part`` of ``whole`` printed this percentage (half up); 0 where none was printed."""
    if printed < 0 or whole <= 0:
        return 0.0
    true = (200 * part + whole) // (2 * whole)
    if true == printed:
        return 0.0
    return min(misread_cost(printed, true, costs, shapes), costs[_ALIEN])


@njit(cache=True)
def habit_class(column: int, cut: int) -> int:
    """The row of ``habits`` that a column 0..8 falls under in a report of quarter ``cut``."""
    if column == ABS:
        return 3
    if column % 2 == 1 and column // 2 >= cut:
        return 2
    if column < 2 and cut > 1:
        return 4 + column
    return column % 2


@njit(cache=True)
def _insert(found, tuples, prices, paths, value, price, path, n):
    """Keep a reading among the cheapest distinct ones; returns how many are kept."""
    at = -1
    for k in range(found):
        same = True
        for c in range(11):
            x, y = tuples[k, c], value[c]
            if x != y and not (x == FUTURE or y == FUTURE):
                same = False
                break
        if same:
            if prices[k] <= price:
                return found
            at = k
            break
    if at < 0:
        if found < KEEP:
            at = found
            found += 1
        elif prices[KEEP - 1] <= price:
            return found
        else:
            at = KEEP - 1
    while at > 0 and prices[at - 1] > price:
        prices[at] = prices[at - 1]
        tuples[at] = tuples[at - 1]
        paths[at] = paths[at - 1]
        at -= 1
    prices[at] = price
    tuples[at] = value
    for i in range(n):
        paths[at, i] = path[i]
    return found


@njit(cache=True)
def _options(values, copies, start, stop, total, fixed_total, costs, shapes, opt_at, opt_value, opt_price):
    """Ways to make the figures start, start+2 .. add up to ``total``; returns how many.

    Option k changes figure ``opt_at[k]`` (-1: none, 9: the total) to ``opt_value[k]`` at ``opt_price[k]``.
    """
    known = 0
    lost = -1
    for c in range(start, stop, 2):
        if values[c] >= 0:
            known += values[c]
        elif values[c] == LOST:
            lost = c
    count = 0
    if total == LOST:
        if lost < 0:
            opt_at[0], opt_value[0], opt_price[0] = 9, known, 0.0
            return 1
        return 0
    gap = total - known
    if lost >= 0:
        if gap > 0:
            opt_at[0], opt_value[0], opt_price[0] = lost, gap, 0.0
            return 1
        return 0
    if gap == 0:
        opt_at[0], opt_value[0], opt_price[0] = -1, 0, 0.0
        return 1
    for c in range(start, stop, 2):
        if values[c] >= 0 and values[c] + gap >= 0:
            price = misread_cost(values[c], values[c] + gap, costs, shapes) + (copies[c] - 1) * costs[_ALIKE]
            if copies[c] == 0:  # a blank that was dropped with its figure: a lost cell, counted elsewhere
                price = INF
            if price < INF:
                opt_at[count], opt_value[count], opt_price[count] = c, values[c] + gap, price
                count += 1
    price = misread_cost(total, known, costs, shapes) + (fixed_total - 1) * costs[_ALIKE]
    if price < INF and fixed_total > 0:
        opt_at[count], opt_value[count], opt_price[count] = 9, known, price
        count += 1
    return count


@njit(cache=True)
def _may_close(here, meta, j, last_p, last_a) -> bool:
    """Whether the figures placed so far can still close without a repair: no side is over, or done and short."""
    planned = achieved = 0
    open_p = j <= last_p
    open_a = j <= last_a
    for c in range(0, 8, 2):
        if here[c] > 0:
            planned += here[c]
        elif here[c] == LOST:
            open_p = True
        if here[c + 1] > 0:
            achieved += here[c + 1]
        elif here[c + 1] == LOST:
            open_a = True
    if meta >= 0 and (planned > meta or (planned < meta and not open_p)):
        return False
    total = here[ABS]
    if total >= 0 and j > last_a and (achieved > total or (achieved < total and not open_a)):
        return total == 0 and achieved > 0  # a total printed as 0 may have lost its digits
    return True


@njit(cache=True)
def search(cells, columns, meta, percent, cut, additive, habits, costs, shapes, cap, window,
           tuples, prices, paths, stack, stack_cost):  # fmt: skip
    """Fill ``tuples`` / ``prices`` / ``paths`` with the cheapest distinct readings; returns (how many, exhausted).

    ``cells``: printed values (n,), -1 blank; ``columns``: the layout (m,); ``cut``: the quarter
    1..4 the report speaks of. Readings costlier than ``cap``, or than the cheapest plus
    ``window``, are cut off and nothing cheaper is: every branch's cost is a lower bound.
    A reading is (P1, A1, .. P4, A4, absoluto, meta, percentage).
    """
    n, m = len(cells), len(columns)
    bound = cap
    found = 0
    later = np.zeros(m, np.bool_)
    skip_least = np.zeros(m + 1)
    for j in range(m - 1, -1, -1):
        for k in range(j + 1, m):
            if columns[k] == columns[j]:
                later[j] = True
        c = columns[j]
        if c < 8:
            least = min(habits[habit_class(c, cut), 2], costs[_LOST], costs[_COPY])
        elif c == ABS:
            least = min(habits[3, 2], habits[6, 2])
        else:
            least = 1.0
        skip_least[j] = least if j == m - 1 else min(least, skip_least[j + 1])
    extra_least = costs[_RUN] / LONGEST_RUN
    fix_least = costs[_DIGIT] + shapes[0, 8]  # the cheapest repair that a complete placement may still need
    last_p = last_a = 0
    for j in range(m):
        if columns[j] <= ABS:
            if columns[j] % 2 == 0 and columns[j] != ABS:
                last_p = j
            else:
                last_a = j
    p_at, p_value, p_price = np.empty(6, np.int64), np.empty(6, np.int64), np.empty(6)
    a_at, a_value, a_price = np.empty(6, np.int64), np.empty(6, np.int64), np.empty(6)
    value = np.empty(11, np.int64)
    # A state: 0..8 values, 9..17 copies, 18 i, 19 j, 20.. the column of each cell.
    top = 0
    for c in range(9):
        stack[0, c] = UNSET
        stack[0, 9 + c] = 0
        if c < 8 and c % 2 == 1 and c // 2 >= cut:
            stack[0, c] = FUTURE
    stack[0, 18] = stack[0, 19] = 0
    stack_cost[0] = 0.0
    top = 1
    steps = 0
    here = np.empty(20 + MAX_CELLS, np.int64)
    while top > 0:
        steps += 1
        if steps > 400000:
            return found, False
        top -= 1
        cost = stack_cost[top]
        here[:] = stack[top]
        i, j = here[18], here[19]
        left, ahead = n - i, m - j
        least = cost
        if left > ahead:
            least += (left - ahead) * extra_least
        elif ahead > left:
            least += (ahead - left) * skip_least[j]
        if least >= bound:
            continue
        if additive and least + fix_least >= bound and not _may_close(here, meta, j, last_p, last_a):
            continue
        if left == 0 and ahead == 0:
            for c in range(9):
                if here[c] == UNSET:
                    here[c] = 0
            free = (meta < 0) + (percent < 0) + (here[ABS] == LOST)
            if free > 1:  # with two of meta, total and percentage lost, any figures close
                continue
            if additive:
                np_ = _options(here, here[9:], 0, 8, meta if meta >= 0 else LOST, 1, costs, shapes,
                               p_at, p_value, p_price)  # fmt: skip
                na = _options(here, here[9:], 1, 8, here[ABS], here[9 + ABS], costs, shapes,
                              a_at, a_value, a_price)  # fmt: skip
            else:
                np_ = na = 1
                p_at[0] = a_at[0] = -1
                p_price[0] = a_price[0] = 0.0
                for c in range(9):
                    if here[c] == LOST:
                        np_ = 0
            for x in range(np_):
                for y in range(na):
                    price = cost + p_price[x] + a_price[y]
                    if price >= bound:
                        continue
                    for c in range(9):
                        value[c] = here[c]
                    value[9] = meta if meta >= 0 else 0
                    if p_at[x] == 9:
                        value[9] = p_value[x]
                    elif p_at[x] >= 0:
                        value[p_at[x]] = p_value[x]
                    if a_at[y] == 9:
                        value[ABS] = a_value[y]
                    elif a_at[y] >= 0:
                        value[a_at[y]] = a_value[y]
                    for c in range(0, 2 * cut, 2):
                        if value[c] == 0 and value[c + 1] > 0:
                            price += costs[_UNPLANNED]
                        elif value[c] > 0 and value[c + 1] == 0:
                            price += costs[_IDLE]
                    if a_at[y] == 9 and here[ABS] == 0 and percent == 0:
                        price += costs[_NAUGHT] - a_price[y]  # total and percentage went together
                    else:
                        price += percent_cost(value[ABS], value[9], percent, costs, shapes)
                    if price >= bound:
                        continue
                    value[10] = (200 * value[ABS] + value[9]) // (2 * value[9]) if value[9] > 0 else max(percent, 0)
                    found = _insert(found, tuples, prices, paths, value, price, here[20:], n)
                    bound = min(cap, prices[0] + window)
                    if found == KEEP:
                        bound = min(bound, prices[KEEP - 1])
            continue
        # Extra cells: a slip of this row alone.
        if left > 0:
            v = cells[i]
            if v == (cells[i - 1] if i > 0 else meta) and top < STACK:
                top = _push(stack, stack_cost, top, here, cost + costs[_REP], i + 1, j, i, REPEATED)
            for length in range(2, min(i, left, LONGEST_RUN) + 1):
                again = True
                for k in range(length):
                    if cells[i + k] != cells[i + k - length]:
                        again = False
                        break
                if again and top < STACK:
                    top = _push(stack, stack_cost, top, here, cost + costs[_RUN], i + length, j, i, RUN)
                    stack[top - 1, 20 + i : 20 + i + length] = RUN
            if v == BLANK and top < STACK:
                top = _push(stack, stack_cost, top, here, cost + costs[_ADDED], i + 1, j, i, ADDED)
            if top < STACK and cost + costs[_INVENTED] < bound:
                top = _push(stack, stack_cost, top, here, cost + costs[_INVENTED], i + 1, j, i, INVENTED)
        if ahead == 0:
            continue
        c = columns[j]
        held = here[c] if c <= ABS else 0
        row = habit_class(c, cut) if c <= ABS else 0
        # The column prints nothing in this row.
        if c > ABS:
            if top < STACK:
                top = _push(stack, stack_cost, top, here, cost + 1.0, i, j + 1, -1, 0)
        elif held == FUTURE:
            if top < STACK:
                top = _push(stack, stack_cost, top, here, cost + habits[2, 2], i, j + 1, -1, 0)
        elif later[j] or held != UNSET:
            if top < STACK:
                price = habits[6, 2] if c == ABS else costs[_COPY]
                if held == 0:
                    price = min(price, habits[habit_class(c, cut), 2])
                top = _push(stack, stack_cost, top, here, cost + price, i, j + 1, -1, 0)
        else:
            lost = 0
            for k in range(c % 2, 9, 2):
                if here[k] == LOST and k < ABS:
                    lost += 1
            if c == ABS:
                lost = 0
            if lost == 0 and top < STACK:
                top = _push(stack, stack_cost, top, here, cost + costs[_LOST] + habits[row, 4], i, j + 1, -1, 0)
                stack[top - 1, c] = LOST
            if top < STACK:
                top = _push(stack, stack_cost, top, here, cost + habits[row, 2], i, j + 1, -1, 0)
                stack[top - 1, c] = 0
        if left == 0:
            continue
        # The cell is this column's.
        v = cells[i]
        if c == EMPTY:
            price = 0.0 if v == BLANK else (0.7 if v == 0 else costs[_INVENTED])
            top = _push(stack, stack_cost, top, here, cost + price, i + 1, j + 1, i, EMPTY)
        elif c == META:
            price = (
                0.0
                if v == meta
                else (1.0 if v <= 0 else min(misread_cost(v, max(meta, 0), costs, shapes), costs[_INVENTED]))
            )
            top = _push(stack, stack_cost, top, here, cost + price, i + 1, j + 1, i, META)
        elif held == FUTURE:
            planned = here[c - 1]
            price = costs[_INVENTED]
            if v == 0:
                price = habits[2, 0]
            elif v == BLANK:
                price = habits[2, 1]
            if v == planned or (v <= 0 and planned == 0):
                price = min(price, habits[2, 3])
            top = _push(stack, stack_cost, top, here, cost + price, i + 1, j + 1, i, c)
        elif held == UNSET:
            if v > 0:
                top = _push(stack, stack_cost, top, here, cost + habits[row, 4], i + 1, j + 1, i, c)
                stack[top - 1, c] = v
                stack[top - 1, 9 + c] = 1
            else:
                lost = 0
                for k in range(c % 2, 8, 2):
                    if here[k] == LOST:
                        lost += 1
                if lost == 0 or c == ABS:
                    top = _push(stack, stack_cost, top, here, cost + costs[_ZERO] + habits[row, 4], i + 1, j + 1, i, c)
                    stack[top - 1, c] = LOST
                top = _push(stack, stack_cost, top, here, cost + habits[row, 0 if v == 0 else 1], i + 1, j + 1, i, c)
                stack[top - 1, c] = 0
                stack[top - 1, 9 + c] = 1 if c == ABS else 0
        elif held == LOST:
            if v > 0:  # the other copy of the column shows what this one lost
                top = _push(stack, stack_cost, top, here, cost, i + 1, j + 1, i, c)
                stack[top - 1, c] = v
                stack[top - 1, 9 + c] = 1
        else:
            same = v == held or (v <= 0 and held == 0)
            price = 0.0 if same else misread_cost(v, held, costs, shapes)
            if c == ABS:
                cost += habits[6, 4]
            if price < INF:
                top = _push(stack, stack_cost, top, here, cost + price, i + 1, j + 1, i, c)
                if same and v > 0:
                    stack[top - 1, 9 + c] = here[9 + c] + 1
            if not same and v > 0 and top < STACK:
                price = misread_cost(held, v, costs, shapes)
                if price < INF:
                    top = _push(stack, stack_cost, top, here, cost + price, i + 1, j + 1, i, c)
                    stack[top - 1, c] = v
                    stack[top - 1, 9 + c] = 1
    return found, True


@njit(cache=True)
def _push(stack, stack_cost, top, here, cost, i, j, at, column):
    stack[top] = here
    stack[top, 18] = i
    stack[top, 19] = j
    if at >= 0:
        stack[top, 20 + at] = column
    stack_cost[top] = cost
    return top + 1


@njit(cache=True)
def position_cost(cells, columns, meta, cut) -> float:
    """A quick price for reading a row by position: 0 where it closes, 12 where the widths differ.

    It only ranks layouts before the exact search tries the best of them.
    """
    if len(cells) != len(columns):
        return 12.0
    value = np.full(9, UNSET, np.int64)
    price = 0.0
    for i in range(len(cells)):
        c, v = columns[i], cells[i]
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
    return min(price, 12.0)


@njit(cache=True)
def rank_layouts(cells, metas, layouts, priors, cut, best, slack, out) -> float:
    """``out[k]``: layout k's prior plus the sum over rows of ``position_cost``; returns the least seen.

    All ``cells`` (r, w) and ``layouts`` (k, w) are of one width. A layout is priced no further
    once it is dearer than the best by more than ``slack``: ``out`` is then a lower bound.
    """
    for k in range(len(layouts)):
        total = priors[k]
        for r in range(len(cells)):
            total += position_cost(cells[r], layouts[k], metas[r], cut)
            if total > best + slack:
                break
        out[k] = total
        best = min(best, total)
    return best


@njit(cache=True)
def count_habits(cells, path, value, columns, cut, counts) -> None:
    """Add to ``counts`` (classes x prints, see ``damage.ZERO_PRINTS``) how a row prints what is not there."""
    for j in range(len(columns)):
        c = columns[j]
        if c > ABS:
            continue
        first = True
        for k in range(j):
            if columns[k] == c:
                first = False
        if not first:
            continue
        entries = prints = 0
        for k in range(len(columns)):
            entries += columns[k] == c
        for i in range(len(cells)):
            prints += path[i] == c
        if entries > 1 and c == ABS:
            counts[6, 4] += max(0, min(prints, entries) - 1)
            counts[6, 2] += entries - max(1, min(prints, entries))
        row = habit_class(c, cut)
        if row != 2 and value[c] != 0:
            counts[row, 4] += 1.0 if row != 3 else 0.0
            continue
        at = -1
        for i in range(len(cells)):
            if path[i] == c:
                at = i
                break
        if at < 0:
            counts[row, 2] += 1.0
        elif cells[at] == BLANK:
            counts[row, 1] += 1.0
        elif cells[at] == 0:
            counts[row, 0] += 1.0
        elif row == 2:
            counts[row, 3] += 1.0
