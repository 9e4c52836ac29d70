"""A sheet saved as CSV is the sheet; sentences with commas are none."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project.cli import app
from dagster_project.settings import RAIZ
from dagster_project.sources.delimited import SAMPLE
from dagster_project.sources.document import Kind, Page
from dagster_project.sources.kind import kind_of
from dagster_project.sources.reading import read_document
from dagster_project.sources.refused import RefusedFileError

WORKBOOK = RAIZ / "tests" / "data" / "documents" / "workbook.xlsx"


def sheets() -> tuple[Page, ...]:
    """The sheets of the sample that hold a form."""
    return tuple(p for p in read_document(WORKBOOK.read_bytes()).pages if max(c.column for c in p.cells) > 8)


def saved(page: Page, delimiter: str, encoding: str) -> bytes:
    """A sheet as a spreadsheet saves it: each record as wide as the widest."""
    width, height = max(c.column for c in page.cells), max(c.row for c in page.cells)
    shown = {(c.row, c.column): c.text for c in page.cells}
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [shown.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1)
    )
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "cp1252"), (";", "utf-8-sig"), (",", "utf-8")])
def test_a_saved_sheet_shows_what_the_workbook_shows(delimiter: str, encoding: str) -> None:
    """Each cell in its row and column, whatever the system of the office parts cells by."""
    assert len(sheets()) == 6
    for page in sheets():
        (found,) = read_document(saved(page, delimiter, encoding)).pages
        assert [(c.row, c.column, c.text) for c in found.cells] == [(c.row, c.column, c.text) for c in page.cells]
        assert found.cells[0].reference == "CSV!A1"


def test_its_rows_are_those_of_the_workbook(tmp_path: Path) -> None:
    """Read by the command, under either name: sure, with the cell of each figure."""
    path = tmp_path / "hoja.csv"
    path.write_bytes(saved(sheets()[0], ",", "cp1252"))
    done = CliRunner().invoke(app, ["read", str(path), "--format", "jsonl"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    whole = CliRunner().invoke(app, ["read", str(WORKBOOK), "--format", "jsonl"])
    of_first = [row for line in whole.stdout.splitlines() if (row := json.loads(line))["formato"] == 1]
    kept = ("unidad", "anio", "trimestre", "accion", "meta", "programado", "avance", "absoluto", "estado")
    assert len(rows) == 9
    assert [[row[k] for k in kept] for row in rows] == [[row[k] for k in kept] for row in of_first]
    assert rows[0]["lugar"]["celdas"][:2] == ["CSV!A26", "CSV!B26"]


@pytest.mark.parametrize(
    "text",
    [
        "TMM-F004, 1, 2, 3, 4, 5, 6, 7\n" * 3,  # too few lines for a form
        "a,b,c\n" * 50,  # too few cells
        "RAMO: 31 CULTURA\n" + "a,b,c,d,e,f,g,h,i\n" * 9,  # records of other widths: sentences among them
        "1,234 1,100 1,300 1,400 1,500 1,600 1,700 1,800\n" * 4 + "98 %\n",
    ],
)
def test_what_is_no_sheet_is_text(text: str) -> None:
    """Figures and sentences hold commas too."""
    assert kind_of(text.encode()) is Kind.TEXT


def test_a_long_file_is_told_by_its_beginning() -> None:
    """A record that the sample cuts off, or a letter of it, is not looked at."""
    line = "ñandú,b,c,d,e,f,g,h\n"
    for shift in range(3):
        assert kind_of(("x" * shift + line + line * (SAMPLE // 10)).encode()) is Kind.WORKBOOK


def test_a_file_without_end_is_refused() -> None:
    """Of more cells than any form holds."""
    with pytest.raises(RefusedFileError, match="cells allowed"):
        read_document(b"1,2,3,4,5,6,7,8,9,10\n" * 20_000)


def test_a_letter_at_the_very_end_is_kept() -> None:
    """Of a file in cp1252 without a last line end: nothing of a whole file is taken for cut off."""
    (page,) = read_document(b"1,2,3,4,5,6,7,8\n" * 5 + "a,b,c,d,e,f,g,Peñ\xe1".encode("cp1252")).pages
    assert page.cells[-1].text == "Peñá"
