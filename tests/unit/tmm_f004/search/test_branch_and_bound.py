"""The exact search against an exhaustive one that prunes nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.tmm_f004.search.costs import COST, COSTS, FIRST_HABITS, shape_costs
from dagster_project.tmm_f004.search.digit_costs import INF, misread_cost, percent_cost
from dagster_project.tmm_f004.search.row_variants import RowVariant
from dagster_project.tmm_f004.search.symbols import KEEP
from dagster_project.tmm_f004.search.table import Workspace

SHAPES = shape_costs()
COLUMNS = (4, 5, 6, 7, 8)  # P3, A3, P4, A4 and the total: small enough to enumerate
CUT = 4


def printed(cells, meta, percent):
    """A row of the search."""
    values = np.array(cells, np.int64)
    return RowVariant(values, values, tuple(map(str, cells)), meta, percent, 1, 0.0, str(meta), f"{percent}%")


def repairs(value, columns, total):
    """Ways to make the columns add up to the total: (changes, cost) pairs."""
    known = sum(value[c] for c in columns if value[c] != "lost")
    lost = [c for c in columns if value[c] == "lost"]
    if total == "lost":
        return [] if lost else [({"total": known}, 0.0)]
    if lost:
        return [({lost[0]: total - known}, 0.0)] if total > known else []
    if known == total:
        return [({}, 0.0)]
    ways = []
    if columns[0] % 2 == 0 or (8, "seen") in value:
        ways.append(({"total": known}, misread_cost(total, known, COSTS, SHAPES)))
    for c in columns:
        true = value[c] + total - known
        if true >= 0 and (c, "seen") in value:
            ways.append(({c: true}, misread_cost(value[c], true, COSTS, SHAPES)))
    return ways


SAME = {4: (6, 5), 5: (7, 4), 6: (4, 7), 7: (5, 6)}
"""Of each figure: the other of its side, the other of its quarter."""


def alone(figures, c, v):
    """What a figure of its own costs, by its digits: 0 where its side or its quarter has the same."""
    if v == 0 or v in [figures[k - 4] for k in SAME[c]]:
        return 0.0
    return COST["cifra_suelta"] * min(len(str(v)), 3)


def likeness(figures, c, was):
    """How much less likely a figure is than the one printed; of a side's only one, found in its sum, nothing."""
    if was == "lost":
        return alone(figures, c, figures[c - 4]) if figures[SAME[c][0] - 4] > 0 else 0.0
    return alone(figures, c, figures[c - 4]) - alone(figures, c, was)


def closings(value, cost, meta, percent):
    """Ways to close a complete placement: (figures, total, meta) with what it costs."""
    if (percent < 0) + (value[8] == "lost") > 1:
        return
    for p_fix, p_cost in repairs(value, (4, 6), meta):
        for a_fix, a_cost in repairs(value, (5, 7), value[8]):
            whole = p_fix.get("total", meta)
            total = a_fix.get("total", value[8])
            figures = tuple(a_fix.get(c, p_fix.get(c, value[c])) for c in (4, 5, 6, 7))
            odd = 0.0
            for planned, achieved in (figures[:2], figures[2:]):
                odd += COST["avance_sin_programa"] * (planned == 0 < achieved)
                odd += COST["programa_sin_avance"] * (achieved == 0 < planned)
                odd += COST["avance_distinto"] * (0 < planned != achieved > 0)
            for c in {*p_fix, *a_fix} - {"total"}:
                odd += likeness(figures, c, value[c])
            if "total" in a_fix and value[8] == 0 and (8, "seen") in value and percent == 0:
                yield (*figures, total, whole), cost + odd + p_cost + COST["total_en_cero"]
            else:
                off = percent_cost(total, whole, percent, COSTS, SHAPES)
                yield (*figures, total, whole), cost + odd + p_cost + a_cost + off


def exhaustive(cells, meta, percent, cap):
    """Every placement of the cells on COLUMNS, every repair, no pruning but the cap: {figures: least cost}."""
    found = {}

    def place(i, j, value, cost):
        if cost >= cap:
            return
        if i == len(cells) and j == len(COLUMNS):
            for figures, price in closings(value, cost, meta, percent):
                if price < cap and price < found.get(figures, np.inf):
                    found[figures] = price
            return
        if i < len(cells):
            if cells[i] == (cells[i - 1] if i else meta):
                place(i + 1, j, value, cost + COST["celda_repetida"])
            for n in range(2, min(i, len(cells) - i, 4) + 1):
                if cells[i : i + n] == cells[i - n : i]:
                    place(i + n, j, value, cost + COST["tramo_repetido"])
            if cells[i] == -1:
                place(i + 1, j, value, cost + COST["blanco_agregado"])
            place(i + 1, j, value, cost + COST["celda_inventada"])
        if j == len(COLUMNS):
            return
        column = COLUMNS[j]
        habit = FIRST_HABITS[3 if column == 8 else column % 2]
        lost = [c for c, v in value.items() if v == "lost" and c % 2 == column % 2 and c < 8]
        if column == 8 or not lost:
            place(i, j + 1, {**value, column: "lost"}, cost + COST["celda_perdida"] + habit[4])
        place(i, j + 1, {**value, column: 0}, cost + habit[2])
        if i == len(cells):
            return
        if cells[i] > 0:
            place(i + 1, j + 1, {**value, column: cells[i], (column, "seen"): True}, cost + habit[4])
            return
        if column == 8 or not lost:
            place(i + 1, j + 1, {**value, column: "lost"}, cost + COST["cero_por_cifra"] + habit[4])
        seen = {(8, "seen"): True} if column == 8 else {}
        place(i + 1, j + 1, {**value, column: 0, **seen}, cost + habit[0 if cells[i] == 0 else 1])

    place(0, 0, {}, 0.0)
    return found


@settings(max_examples=150, deadline=None)
@given(
    cells=st.lists(st.sampled_from([-1, 0, 1, 2, 3, 8, 12]), min_size=2, max_size=6),
    meta=st.sampled_from([0, 1, 3, 4, 11, 20]),
    percent=st.sampled_from([-1, 0, 25, 50, 100, 150]),
)
def test_nothing_cheaper_is_cut_off(cells, meta, percent):
    """Within the cap the search finds exactly the readings that an exhaustive enumeration finds, at the same cost."""
    cap = 14.05  # costs have one decimal: no sum of them stands at the cap, where rounding would decide
    space = Workspace()
    count = space.search(printed(cells, meta, percent), np.array(COLUMNS), CUT, True, FIRST_HABITS, cap, 100.0)
    order = (4, 5, 6, 7, 8, 9)
    found = {tuple(int(space.best.tuples[k, c]) for c in order): float(space.best.prices[k]) for k in range(count)}
    wanted = exhaustive(cells, meta, percent, cap)
    cheapest = sorted(wanted.values())[:KEEP]
    assert np.allclose(sorted(found.values()), cheapest)
    assert all(np.isclose(wanted[figures], cost) for figures, cost in found.items())


def test_readings_come_cheapest_first():
    """Two lost places tie, and both are found: the row alone cannot say which."""
    space = Workspace()
    row = printed([56, 50, 48, 48, 65, 163], 150, 109)
    count = space.search(row, np.array((2, 3, 4, 5, 6, 7, 8)), 4, True, FIRST_HABITS, 20.0, 2.0)
    prices = space.best.prices[:count]
    assert list(prices) == sorted(prices)
    assert {(int(t[4]), int(t[6])) for t in space.best.tuples[:2]} == {(48, 46), (46, 48)}


def test_a_look_alike_digit_costs_less_than_another():
    """3 and 8 look alike; 3 and 7 do not."""
    alike = misread_cost(13, 18, COSTS, SHAPES)
    other = misread_cost(13, 17, COSTS, SHAPES)
    assert 0 < alike < other < INF


def test_what_no_misread_digit_explains_is_not_explained():
    """Four differing digits are not a misreading."""
    assert misread_cost(1234, 5678, COSTS, SHAPES) >= INF
