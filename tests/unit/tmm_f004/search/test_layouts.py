"""The layouts that a table may have, against a plain enumeration; and the quick choice among them."""

import numpy as np
import pytest

from dagster_project.tmm_f004.search.layout_enumeration import (
    ODD_PAIR_COST,
    SAME_AGAIN_COST,
    SURPLUS_COST,
    enumerate_layouts,
)
from dagster_project.tmm_f004.search.layouts import SHORTENED_COST, bases, candidate_layouts, family
from dagster_project.tmm_f004.search.prefilter import rank_layouts


def plainly(columns, surplus, start, stretches, cost=0.0):
    """What ``enumerate_layouts`` compiles, said plainly: (columns, cost), some twice."""
    if surplus == 0:
        yield columns, cost
    if surplus == 0 or stretches == 0:
        return
    for at in range(start, len(columns)):
        one, other = columns[at - 1] if at else None, columns[at]
        for length in range(1, surplus + 1):
            ways = [((other,) * length, (length - 1) * SAME_AGAIN_COST)]
            if at and one != other:
                odd = 0.0 if one % 2 == 0 and other == one + 1 else ODD_PAIR_COST
                ways.append((((one, other) * length)[:length], odd + (length - 1) / 2 * SAME_AGAIN_COST))
            for again, price in ways:
                whole = (*columns[: at + 1], *again, *columns[at + 1 :])
                yield from plainly(whole, surplus - length, at + 1 + length, stretches - 1, cost + SURPLUS_COST + price)


@pytest.mark.parametrize("surplus", [0, 1, 2, 4])
@pytest.mark.parametrize("columns", [(0, 1, 2, 3), (0, 2, 3, 4, 6), (2, 3, 4, 5, 6, 7)])
def test_columns_grow_as_a_plain_enumeration_has_them(columns, surplus):
    layouts, costs = enumerate_layouts(columns, surplus, 3)
    found = sorted(zip(map(tuple, layouts.tolist()), costs.tolist(), strict=True))
    assert found == sorted(plainly(columns, surplus, 0, 3))


def test_a_family_holds_each_layout_once_at_its_least_cost_cheapest_first():
    layouts, costs = family(4, 0, 11)
    rows = [tuple(x) for x in layouts.tolist()]
    assert len(set(rows)) == len(rows) > 100
    assert (np.diff(costs) >= 0).all()
    grown = {}
    head, prior = next((c, p) for c, p in bases(4, 0) if len(c) == 9)
    for columns, cost in plainly(head[:-1], 2, 0, 3, prior):
        grown[(*columns, 8)] = min(cost, grown.get((*columns, 8), np.inf))
    at = dict(zip(rows, costs.tolist(), strict=True))
    assert all(at[columns] <= cost for columns, cost in grown.items())


def test_the_few_that_are_ranked_are_the_cheapest_of_all():
    layouts, costs = family(4, 0, 11)
    cells = np.array([(5, 5, 5, 5, 6, 6, 7, 7, 2, 2, 20), (1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 10)], np.int64)
    metas, room = np.array([20, 10], np.int64), np.empty(9, np.int64)
    few, which = np.empty(12), np.empty(12, np.int64)
    rank_layouts(cells, metas, layouts, costs, 4, room, few, which)
    everything, at = np.empty(len(layouts)), np.empty(len(layouts), np.int64)
    rank_layouts(cells, metas, layouts, costs, 4, room, everything, at)
    assert which.tolist() == at[:12].tolist()
    assert tuple(layouts[which[0]].tolist()) == (0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8)


def test_every_plain_layout_is_a_candidate():
    rows = [np.array([5, 5, 6, 6, 7, 7, 2, 2, 20])]
    tried = dict(candidate_layouts(rows, [20], 4, 0, 12, 20.0))
    assert set(bases(4, 0)) <= set(tried.items())


def test_a_layout_that_leaves_out_later_a_is_tried_with_them():
    """Rows that leave out noughts are narrower than their table: none may show that A after the cut are printed."""
    rows = [np.array([-1, 17, 17, 11, 8, 0, 28, 25, 25]), np.array([-1, 3, 3, 2, 0, 5, 3, 3])]
    tried = dict(candidate_layouts(rows, [28, 5], 3, 0, 12, 20.0))
    assert tried[(0, 2, 3, 4, 5, 6, 7, 10, 8, 8)] == tried[(0, 2, 3, 4, 5, 6, 10, 8, 8)] - SHORTENED_COST
