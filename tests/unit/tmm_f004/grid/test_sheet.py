"""Sheets of a workbook: their columns are the table's where its head names them, and their rows are its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dagster_project.sources.document import Document, Kind, Page, PlacedLine, SheetCell
from dagster_project.tmm_f004.grid.fractions import as_percentages
from dagster_project.tmm_f004.grid.lines import placed_lines
from dagster_project.tmm_f004.rows_json import read_lines
from tests.support.made_up_forms import CATALOGS, MONTHS, TITLE, MadeUpForm, header
from tests.support.printed_tables import HEAD, READ, WHOLE, sure

NAMES = ("ANA SOTO RUIZ", "LUIS MORA PAZ", "EVA DIAZ LARA")
ROLES = ("RESPONSABLE DE LA UNIDAD EJECUTORA", "RESPONSABLE DEL PROGRAMA", "RESPONSABLE DEL RAMO")


def rows_of(table: Sequence[str], own_sums: int | None = None) -> list[list[str]]:
    """The rows of a sheet with a form; ``own_sums`` is the column where the office keeps figures of its own."""
    found = [[text] for text in TITLE]
    for line in header(MadeUpForm(), "tabs"):
        found.append(line.split("\t"))
    found += [[], [*[""] * 12, "TMM-F004"], [*[""] * 12, f"FECHA: {MONTHS[2]} 2023"], []]
    printed = [*(text.split("\t") for text in HEAD), *(row.split("|") for row in table)]
    for k, cells in enumerate(printed):
        if own_sums is not None:
            cells.insert(own_sums, "" if k < len(HEAD) else str(37 * k))
        found.append(cells)
    at = (1, 6, 11)
    for texts in (("ELABORÓ", "REVISÓ", "AUTORIZÓ"), NAMES, ROLES):
        line = [""] * 12
        for column, text in zip(at, texts, strict=True):
            line[column] = text
        found += [[], line] if texts[0] == "ELABORÓ" else [line]
    return found


def sheet(rows: Sequence[Sequence[str]], number: int = 1, first: int = 1) -> Page:
    cells = [
        SheetCell(row, column, text, f"Hoja {number}!{chr(64 + column)}{row}", "=D4" if text == "128" else None)
        for row, texts in enumerate(rows, first)
        for column, text in enumerate(texts, 1)
        if text
    ]
    return Page(number, f"Hoja {number}", cells=tuple(cells))


def lines_of(*pages: Page) -> list[PlacedLine]:
    return placed_lines(Document(Kind.WORKBOOK, pages, "made up"))


def read(*pages: Page) -> dict[int | None, str]:
    return sure(list(read_lines([line.text for line in lines_of(*pages)], CATALOGS)))


@pytest.mark.parametrize("own_sums", [None, 4])
def test_a_column_that_no_head_names_is_none_of_the_tables(own_sums: int | None) -> None:
    """An old workbook does not say that it is hidden, and its figures would move all others by a column."""
    page = sheet(rows_of(WHOLE, own_sums))
    assert read(page) == READ
    line = next(x.text for x in lines_of(page) if "700.-" in x.text)
    assert line.split("\t")[2:6] == ["Sala", "446", "126", "128"]


def test_several_forms_stand_on_a_sheet_and_on_sheets() -> None:
    one, two = rows_of(WHOLE[:2]), rows_of(WHOLE[2:])
    assert read(sheet([*one, [], [], *two])) == READ
    assert read(sheet(one), sheet(two, number=2)) == READ


def test_each_cell_says_its_reference_and_formula() -> None:
    line = next(x for x in lines_of(sheet(rows_of(WHOLE))) if "700.-" in x.text)
    place = line.places[line.text.split("\t").index("128")]
    assert place is not None
    assert (place.page, place.reference, place.formula) == (1, "Hoja 1!F20", "=D4")


def test_names_that_sign_stand_side_by_side() -> None:
    texts = [x.text for x in lines_of(sheet(rows_of(WHOLE)))]
    assert "\t".join(NAMES) in texts


def test_a_sheet_of_something_else_is_text() -> None:
    texts = [x.text for x in lines_of(sheet([["clave", "unidad"], ["54101", "DIRECCION"]]))]
    assert texts == ["clave unidad", "54101 DIRECCION"]


FRACTIONS = [("446", "223", "0.5"), ("150", "52", "0.346666667"), ("20", "0", "0"), ("0", "0", "0")]


def test_fractions_that_the_rows_bear_out_are_percentages() -> None:
    assert [row[2] for row in as_percentages(FRACTIONS, 0, 1, 2)] == ["50%", "35%", "0%", "0%"]


@pytest.mark.parametrize(
    "rows",
    [
        [("446", "223", "50"), ("150", "52", "35")],  # per cent already
        [("446", "223", "0.5"), ("150", "52", "0.9"), ("20", "11", "0.2")],  # one of three agrees
        [("20", "0", "0"), ("30", "0", "0")],  # nought in any unit
        [("200", "1", "0.5")],  # half a per cent
        [("1000", "8", "0.008")],  # of either unit
        [("446", "223", "50%"), ("150", "52", "35%")],
    ],
)
def test_what_the_rows_do_not_bear_out_stays_as_it_is(rows: list[tuple[str, ...]]) -> None:
    assert as_percentages(rows, 0, 1, 2) == [list(row) for row in rows]


def test_a_fraction_that_its_own_row_belies_stays_as_it_is() -> None:
    rows = [*FRACTIONS * 3, ("40", "30", "0.25")]
    assert as_percentages(rows, 0, 1, 2)[-1] == ["40", "30", "0.25"]


def test_rows_without_a_head_keep_their_cells() -> None:
    """Text and measure are two cells, and no one text."""
    rows = rows_of(WHOLE)
    at = next(k for k, texts in enumerate(rows) if texts[:1] == ["3.1.4"])
    objects = list(read_lines([line.text for line in lines_of(sheet([*rows[: at - 3], *rows[at:]]))], CATALOGS))
    assert sure(objects) == READ
    assert [o["unidad_medida"] for o in objects] == [row.split("|")[2] for row in WHOLE]


@pytest.mark.parametrize("last_column", [None, 15])
def test_a_row_that_names_a_part_of_the_table_parts_no_form(last_column: int | None) -> None:
    """Also where it is merged across the table."""
    rows = rows_of(WHOLE)
    at = next(k for k, texts in enumerate(rows) if texts[:1] == ["3.1.4"]) + 2
    named = "PROGRAMA 511 GESTION ADMINISTRATIVA"
    page = sheet([*rows[:at], ["", named], *rows[at:]])
    cells = [replace(c, last_column=last_column) if c.text == named else c for c in page.cells]
    objects = list(read_lines([line.text for line in lines_of(replace(page, cells=tuple(cells)))], CATALOGS))
    assert sure(objects) == READ
    assert {o["formato"] for o in objects} == {1}
    assert {o["observaciones"] for o in objects} == {""}
