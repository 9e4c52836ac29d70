"""What a sheet shows of a value, as a spreadsheet shows it."""

import datetime as dt

import pytest

from dagster_project.sources.shown import shown

MONEY = '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.29, "0%", "29%"),
        (7, "@", "7"),
        (0.5, "@", "0.5"),
        (7, ";;;@", ""),
        (12345678901, "General", "12345678901"),
        (123456, r"000\-000", "123456"),
        (1234, "$ #,##0", "$ 1,234"),
        (0.285, "0%", "29%"),
        (0.295, "0.0%", "29.5%"),
        (29, '0"%"', "29%"),
        (29, r"0\%", "29%"),
        (1296, "#,##0", "1,296"),
        (1296.5, "#,##0.00", "1,296.50"),
        (1234567, "#,##0,", "1,235"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (-0.3, "0", "0"),
        (0.2, "0.##", "0.2"),
        (0.1 + 0.2, "General", "0.3"),
        (77.0, "General", "77"),
        (54101, "General", "54101"),
        (5, "00000", "00005"),
        (-5, "0;(0)", "(5)"),
        (0, "#", ""),
        (0, '#,##0;-#,##0;""', ""),
        (0, MONEY, "-"),
        (12, MONEY, "12"),
        (5, ";;;", ""),
        ("texto", ";;;", ""),
        ("texto", "@", "texto"),
        ("77", "General", "77"),
        (100, '0" acciones"', "100 acciones"),
        (100, "[$$-80A]#,##0.00", "$100.00"),
        (3, '[>2]0"x";0', "3x"),
        (1, '[>2]0"x";0', "1"),
        (7, "[Red]0", "7"),
        (True, "General", "VERDADERO"),
        ("#DIV/0!", "0%", "#DIV/0!"),
        (None, "0", ""),
        (1.5, "0." + "0" * 200, "1.5"),
        (1e300, "0", "1E+300"),
    ],
)
def test_numbers_and_texts(value: object, number_format: str, text: str) -> None:
    """By ECMA-376's sections and placeholders; halves go away from nought."""
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("dd/mm/yyyy", "30/03/2022"),
        ("mm-dd-yy", "30/03/2022"),
        ("d-mmm-yy", "30-mar-22"),
        ('d" de "mmmm" de "yyyy', "30 de marzo de 2022"),
        ("[$-80A]dddd d;@", "miércoles 30"),
        ("h:mm", "14:05"),
        ("yyyy-mm-dd hh:mm:ss", "2022-03-30 14:05:09"),
    ],
)
def test_dates(number_format: str, text: str) -> None:
    """In Spanish; the short date is the country's, whatever order the format is kept in."""
    assert shown(dt.datetime(2022, 3, 30, 14, 5, 9), number_format) == text


def test_noughts_that_a_sheet_hides_are_blanks() -> None:
    """The sheet's own setting, whatever the format."""
    assert shown(0, "0", hide_zeros=True) == ""
    assert shown(7, "0", hide_zeros=True) == "7"
