"""What a printed cell may mean."""

from decimal import Decimal

import pytest

from dagster_project.tmm_f004.numbers import half_up_percent, parse_number, parse_percent


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("446", (446,)),
        ("7,469", (7469,)),
        ("199,230", (199230,)),
        ("1 234", (1234,)),
        ("1,234,567", (1234567,)),
        ("1,234.5", (Decimal("1234.5"),)),
        ("1.234,5", (Decimal("1234.5"),)),
        ("12.5", (Decimal("12.5"), 125)),
        ("l2", (12,)),
        ("1O", (10,)),
    ],
    ids=str,
)
def test_a_number_is_read_in_each_way_the_forms_print_it(cell, values):
    """Thousands by comma, point or blank, decimals by point or comma, letters for digits."""
    assert parse_number(cell) == values


def test_a_number_with_two_meanings_gives_both():
    """1.234 is 1234 grouped by a point or 1.234: the search weighs them."""
    assert set(parse_number("1.234")) == {1234, Decimal("1.234")}


@pytest.mark.parametrize("cell", ["", "2.1.1", "4.5.4", "Apoyo", "O", "100.-Texto", "9" * 13, "1e5", "²"], ids=repr)
def test_what_is_no_number_is_none(cell):
    """Codes, words and absurdly long digits are not figures."""
    assert parse_number(cell) == ()


def test_percentages_round_half_up():
    """5/40 prints 13 %, not 12; 23/40 prints 58 % though floats come out below 57.5."""
    assert half_up_percent(5, 40) == 13
    assert half_up_percent(23, 40) == 58
    assert half_up_percent(Decimal("2.5"), 20) == 13
    assert half_up_percent(3, 0) is None


def test_a_percentage_is_told_from_a_number():
    """Only a cell with the sign is a percentage."""
    assert parse_percent("109 %") == 109
    assert parse_percent("109") is None


@pytest.mark.parametrize("cell", ["0. 000", "1. 5", "12 . 5", "0, 25", ". 5", "1.2 3"])
def test_a_blank_beside_the_mark_is_read_or_no_number(cell):
    """A blank that OCR sets after the point makes no error: 0. 000 once did."""
    assert all(value >= 0 for value in parse_number(cell))
