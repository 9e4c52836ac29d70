"""Lines of text are shared out to the rows whose figures they stand around."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.grid.bands import Wishes, aligned

REMARKS, TEXTS = Wishes(0.0), Wishes(3.0, 1.5, 3.0)
PITCH = 7.5


def cell(middle: float, lines: int) -> list[float]:
    """The levels of a cell's lines around its row's level."""
    return [middle + (k - (lines - 1) / 2) * PITCH for k in range(lines)]


def owners(
    lines: list[float],
    rows: list[float],
    wishes: Wishes = REMARKS,
    begins: list[bool] | None = None,
    *,
    at_top: bool = False,
) -> list[int | None]:
    return aligned(lines, begins or [False] * len(lines), rows, wishes, PITCH, at_top=at_top)[1]


def test_remarks_of_many_lines_go_to_the_row_in_their_middle() -> None:
    assert owners([*cell(40, 7), *cell(110, 3)], [40, 80, 110]) == [0] * 7 + [2] * 3


def test_remarks_of_several_rows_are_not_one_cell_of_the_row_in_their_common_middle() -> None:
    """Five cells of four lines, set as close as lines are, lie as a whole around the row in the middle."""
    rows = [20.0 + 31 * k for k in range(5)]
    lines = [y for row in rows for y in cell(row, 4)]
    assert owners(lines, rows) == [k for k in range(5) for _ in range(4)]


def test_cells_that_begin_at_their_rows_level() -> None:
    lines = [20.0, 27.5, 35.0, 50.0, 80.0, 87.5]
    assert owners(lines, [20, 50, 80], at_top=True) == [0, 0, 0, 1, 2, 2]


def test_a_number_begins_a_rows_text() -> None:
    """Three lines between two rows: the number says where the second text begins."""
    begins = [True, False, False, True, False]
    assert owners([20, 27.5, 35, 42.5, 50], [27.5, 46.25], TEXTS, begins) == [0, 0, 0, 1, 1]


@pytest.mark.parametrize("at_top", [False, True])
def test_a_line_far_from_every_row_belongs_to_none(at_top: bool) -> None:
    assert owners([40.0, 150.0], [40.0], at_top=at_top) == [0, None]


def test_no_lines_and_no_rows() -> None:
    assert owners([], [10.0]) == []
    assert owners([10.0, 17.5], []) == [None, None]
