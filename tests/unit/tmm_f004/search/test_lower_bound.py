"""The bound of the search: it says no more than the rest of a row costs, so nothing cheaper is cut off."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.tmm_f004.search.costs import FIRST_HABITS, HABITS
from dagster_project.tmm_f004.search.row_variants import RowVariant
from dagster_project.tmm_f004.search.table import Workspace

FREE = 45.0
"""A cap that cuts nothing off: five slips and more."""

LAYOUTS = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8),
    (0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8),
    (2, 3, 2, 3, 2, 4, 5, 6, 7, 8, 8),
    (0, 2, 3, 4, 6, 9, 9, 8),
    (0, 1, 1, 2, 3, 4, 5, 10, 6, 7, 8),
)
SPACE = Workspace()


def cheapest(cells, meta, percent, columns, cut, additive, habit, cap):
    """The cheapest reading below a cap: (its cost, its figures), or None."""
    values = np.array(cells, np.int64)
    row = RowVariant(values, values, tuple(map(str, cells)), meta, percent, 1, 0.0, str(meta), str(percent))
    if not SPACE.search(row, np.array(columns), cut, additive, habit, cap, 0.001):
        return None
    return float(SPACE.best.prices[0]), tuple(SPACE.best.tuples[0].tolist())


@settings(max_examples=150, deadline=None)
@given(
    cells=st.lists(st.sampled_from((-1, 0, 1, 2, 3, 12, 15, 18, 30)), min_size=3, max_size=11),
    meta=st.sampled_from((-1, 3, 15, 30)),
    percent=st.sampled_from((-1, 0, 50, 100)),
    columns=st.sampled_from(LAYOUTS),
    cut=st.integers(1, 4),
    additive=st.booleans(),
    habit=st.sampled_from((FIRST_HABITS, *HABITS)),
)
def test_the_cheapest_reading_is_found_however_tight_the_cap(cells, meta, percent, columns, cut, additive, habit):
    free = cheapest(cells, meta, percent, columns, cut, additive, habit, FREE)
    if free is None:
        return
    tight = cheapest(cells, meta, percent, columns, cut, additive, habit, free[0] + 0.01)
    assert tight is not None, f"cut off: {free}"
    assert tight[0] == pytest.approx(free[0])


def test_a_figure_that_only_its_second_print_shows():
    """P2 is left out where it is printed first: its second print, a figure new to the row, is no misread one."""
    row = ((12, 12, 5, 18, 17), 30, 57, (0, 1, 2, 3, 2, 8), 4, True, FIRST_HABITS)
    free = cheapest(*row, FREE)
    assert free[1][:4] == (12, 12, 18, 5)
    assert cheapest(*row, free[0] + 0.01) == free
