"""What is put on a sheet, and what is said where a file cannot be written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from dagster_project.workbooks.facts import figure
from dagster_project.workbooks.sheet import MOST_LETTERS, Book, Column, lines_of

CREATED = "2026-01-01T00:00:00+00:00"
SAID = (Column("Clave", "clave"), Column("Cifra", "cifra", 10, "cifra"), Column("Texto", "texto", 10, "largo"))


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    """So that a full disk ends a publication as it does anywhere else."""
    book = Book(tmp_path / "gone" / "a.xlsx", "", CREATED)
    book.sheet("Hoja")
    with pytest.raises(OSError, match="gone"):
        book.close()


def test_a_value_is_written_as_what_it_is(tmp_path: Path) -> None:
    """A code keeps its noughts, a figure its digits; a text is as long as a cell may hold."""
    rows = [{"clave": "00123", "cifra": Decimal("1234.5"), "texto": "=A1\n" + "x" * 40_000}]
    book = Book(tmp_path / "a.xlsx", "", CREATED)
    book.table("Hoja", SAID, rows)
    read = openpyxl.load_workbook(book.close())["Hoja"]
    assert [cell.value for cell in read[2]][:2] == ["00123", 1234.5]
    assert (read["C2"].data_type, len(read["C2"].value)) == ("s", MOST_LETTERS)
    assert read["B2"].number_format == "#,##0.0###"


def test_a_row_is_as_high_as_its_longest_text() -> None:
    """By the width of its column, and by the lines that the text itself has."""
    assert lines_of([(SAID[2], "x" * 25), (SAID[0], "y" * 90)]) == 3
    assert lines_of([(SAID[2], "a\nb\nc\nd")]) == 4
    assert lines_of([(SAID[2], None)]) == 1


def test_a_figure_is_the_number_or_what_is_known_of_it() -> None:
    """Its range where it is in doubt, why there is none where the quarter says nothing of it."""
    doubt = {"p": None, "p_min": Decimal(46), "p_max": Decimal(48), "estado_p": "dudosa"}
    assert figure(doubt, "p") == "46 a 48 (en duda)"
    assert figure(doubt | {"p_min": None, "p_max": None}, "p") == "? (en duda)"
    assert figure({"p": 3, "estado_p": "exacta"}, "p") == Decimal(3)
    later = {"p": None, "estado_p": "no_aplica", "situacion_p": "futuro"}
    assert (figure(later, "p"), figure(later, "p", why=False)) == ("aún no", None)
