"""What a printed cell may mean."""

from decimal import Decimal

import pytest

from dagster_project.tmm_f004.text.numbers import (
    CellKind,
    half_up_percent,
    kind_of,
    parse_figure,
    parse_number,
    parse_percent,
)


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
        ("'0", (0,)),
        ("~11,000", (11000,)),
        ("(12)", (-12,)),
        ("58*", (58,)),
        ("-7", (-7,)),
        ("7-", (-7,)),
        ("−7".replace("−", "–"), (-7,)),
        ("(0)", (0,)),
        ("12'000", (12000,)),
        ("1’234’567", (1234567,)),
        ("1'234,567", (1234567,)),
        ("|58", (58, 158)),
        ("24 1/", (24,)),
        ("24¹", (24,)),
        ("24 (1)", (24,)),
        ("24(a)", (24,)),
        ("1,234 [2]", (1234,)),
        ("24 **", (24,)),
        ("(24)", (-24,)),
    ],
    ids=str,
)
def test_a_number_is_read_in_each_way_the_forms_print_it(cell, values):
    """Thousands by comma, point or blank, decimals by point or comma, letters for digits."""
    assert parse_number(cell) == values


def test_a_number_with_two_meanings_gives_both():
    """1.234 is 1234 grouped by a point or 1.234: the search weighs them."""
    assert set(parse_number("1.234")) == {1234, Decimal("1.234")}


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "2.1.1",
        "4.5.4",
        "Apoyo",
        "O",
        "100.-Texto",
        "9" * 13,
        "1e5",
        "²",
        "241/",
        "24 1/2",
        "24 (12)",
        "3G",
        "N/A",
        "1'2",
        "5|8",
        "415.-",
        ".5",
        "|",
        "| |",
    ],
    ids=repr,
)
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


@pytest.mark.parametrize(
    ("cell", "value"), [("O", 0), ("o", 0), ("l", 1), ("I", 1), ("S", 5), ("B", 8), ("Z", 2), ("7", 7)]
)
def test_among_figures_a_letter_alone_is_the_digit_it_looks_like(cell, value):
    """Elsewhere it is a letter."""
    assert parse_figure(cell) == (value,)


@pytest.mark.parametrize("cell", ["N/A", "G", "SO", "x"])
def test_other_letters_are_no_figure_anywhere(cell):
    """Two letters are a word, other letters no digit."""
    assert parse_figure(cell) == ()


@pytest.mark.parametrize("cell", ["'50%", "|50%", "5O%", "50 %*"])
def test_marks_around_a_percentage_are_none_of_it(cell):
    """Nor are letters for digits."""
    assert parse_percent(cell) == 50


@pytest.mark.parametrize(
    "cell",
    ["446", "1,234.5", "l2", "'0", "(12)", "-7", "|58", "29%", "(3)%", "-", "", "*", "O", "M2", "126 91", "2.1.1"],
)
def test_what_a_cell_prints_is_a_number_exactly_where_it_has_a_value(cell: str) -> None:
    """Lines are told apart by kinds of cells alone, so a kind must say what the values would."""
    kind = kind_of(cell)
    assert (kind is CellKind.NUMBER) == bool(parse_number(cell))
    assert (kind is CellKind.PERCENT) == (parse_percent(cell) is not None)
