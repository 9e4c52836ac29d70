"""Workbooks as they show themselves: what is hidden is named, what was never computed is refused."""

import datetime as dt

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, GradientFill, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.table import Table

from dagster_project.settings import RAIZ
from dagster_project.sources.document import Notice, Page
from dagster_project.sources.old_workbook import read_old_workbook
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.workbook import read_workbook
from tests.unit.sources.made_workbook import changed, computed, saved

SAMPLES = RAIZ / "tests" / "data" / "documents"
SHEET = "xl/worksheets/sheet1.xml"


def pages(data: bytes) -> list[Page]:
    return [said for said in read_workbook(data) if isinstance(said, Page)]


def notices(data: bytes) -> list[Notice]:
    return [said for said in read_workbook(data) if isinstance(said, Notice)]


def texts(data: bytes) -> dict[str, str]:
    """What the cells of the first sheet show, by reference."""
    return {cell.reference.split("!")[1]: cell.text for cell in pages(data)[0].cells}


@pytest.fixture
def book() -> openpyxl.Workbook:
    """An empty workbook of one sheet, ``Hoja``."""
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Hoja"
    return made


def test_old_and_new_format_show_the_same() -> None:
    """The same document in .xlsx and .xls gives the same cells, row, column, text and reach."""
    new = list(read_workbook((SAMPLES / "workbook.xlsx").read_bytes()))
    old = list(read_old_workbook((SAMPLES / "workbook.xls").read_bytes()))
    assert [said for said in new if isinstance(said, Notice)] == [said for said in old if isinstance(said, Notice)]
    shape = [
        [[(c.row, c.column, c.text, c.last_row, c.last_column) for c in page.cells] for page in said]
        for said in ([p for p in new if isinstance(p, Page)], [p for p in old if isinstance(p, Page)])
    ]
    assert shape[0] == shape[1]
    assert sum(map(len, shape[0])) > 800


def test_formulas_come_with_what_they_gave() -> None:
    """The value that was saved, by its format, and the formula beside it."""
    cells = {cell.reference: cell for cell in pages((SAMPLES / "workbook.xlsx").read_bytes())[0].cells}
    assert (cells["54101 1!D28"].text, cells["54101 1!D28"].formula) == ("1,296", "=F28+H28+J28+L28")
    assert cells["54101 1!O27"].text == "25%"
    assert cells["54101 1!O21"].text == "30/03/2022"


def test_hidden_sheets_and_columns_are_left_out_and_named() -> None:
    """A hidden column of earlier figures would be read as a quarter's."""
    data = (SAMPLES / "workbook.xlsx").read_bytes()
    assert "anterior" not in {page.name for page in pages(data)}
    assert not [cell for cell in pages(data)[0].cells if cell.column == 5]
    assert any("E26 '331'" in notice.razon for notice in notices(data))
    assert any("'anterior' is hidden" in notice.razon for notice in notices(data))


def test_a_sheet_without_saved_values_is_refused_and_the_others_are_read() -> None:
    """The reason names sheet and cell, and what to do."""
    data = (SAMPLES / "workbook_without_saved_values.xlsx").read_bytes()
    assert [page.name for page in pages(data)] == ["54102 2", "54201 3", "54202 4", "CATALOGO"]
    found = [notice for notice in notices(data) if notice.regla == "hoja_sin_valores"]
    assert [notice.page for notice in found] == [1, 5, 6]
    assert "54101 1!D26" in found[0].razon
    assert "Excel or LibreOffice and save it" in found[0].razon


def test_values_that_the_file_calls_stale_are_refused(book: openpyxl.Workbook) -> None:
    """A library that writes nought beside each formula says so in the workbook; nought would be sure and wrong."""
    book["Hoja"]["A1"] = "=1+1"
    data = changed(saved(book), {SHEET: (r"<v ?/>|<v></v>", "<v>0</v>")})
    with pytest.raises(RefusedFileError, match="values were not saved") as refused:
        pages(data)
    assert refused.value.regla == "hoja_sin_valores"
    assert texts(computed(data)) == {"A1": "0"}


def test_a_formula_that_gives_an_empty_text_is_a_blank(book: openpyxl.Workbook) -> None:
    """It was computed: its type says text. Without the type it never was."""
    book["Hoja"]["A1"], book["Hoja"]["B1"] = '=IF(1,"","x")', "hola"
    data = computed(saved(book))
    assert texts(changed(data, {SHEET: (r'<c r="A1"', '<c r="A1" t="str"')})) == {"B1": "hola"}
    with pytest.raises(RefusedFileError, match="Hoja!A1"):
        pages(data)


def test_shared_formulas_are_written_out(book: openpyxl.Workbook) -> None:
    """Each cell has its own, as its program shows it."""
    book["Hoja"]["A1"], book["Hoja"]["A2"] = "=B1+C1", "=X"
    shared = r'\g<1><f t="shared" si="0"\g<2></f><v>1</v>'
    data = changed(
        computed(saved(book)),
        {SHEET: (r'(<c r="A1"[^>]*>)<f(>B1\+C1)</f><v ?/>', shared.replace('"0"', '"0" ref="A1:A2"'))},
    )
    data = changed(data, {SHEET: (r'(<c r="A2"[^>]*>)<f>X</f><v ?/>', r'\1<f t="shared" si="0"/><v>2</v>')})
    assert [cell.formula for cell in pages(data)[0].cells] == ["=B1+C1", "=B2+C2"]


def test_merged_cells_stand_once_with_their_reach(book: openpyxl.Workbook) -> None:
    """Their hidden part does not count: a merged head whose first column is hidden begins at the next."""
    sheet = book["Hoja"]
    sheet["A1"], sheet["B3"] = "cabeza", "sola"
    sheet.merge_cells("A1:C2")
    sheet.column_dimensions["A"].hidden = True
    first, second = pages(saved(book))[0].cells
    assert (first.row, first.column, first.last_row, first.last_column, first.reference) == (1, 2, 2, 3, "Hoja!A1")
    assert (second.last_row, second.last_column) == (None, None)


def test_hidden_rows_are_left_out(book: openpyxl.Workbook) -> None:
    """A filter that was left on hides actions; the notice says which cells."""
    sheet = book["Hoja"]
    sheet["A1"], sheet["A2"], sheet["A3"] = "uno", "dos", "tres"
    sheet.row_dimensions[2].hidden = True
    assert texts(saved(book)) == {"A1": "uno", "A3": "tres"}
    assert "1 cells of hidden rows or columns are left out (A2 'dos')" in notices(saved(book))[0].razon


WHITE = Font(color="FFFFFFFF")


@pytest.mark.parametrize("font", [WHITE, Font(color=Color(theme=0)), Font(color=Color(indexed=9))])
def test_white_letters_on_white_are_left_out_and_named(book: openpyxl.Workbook, font: Font) -> None:
    """Nobody who reads the print sees them: offices hide noughts so, and their own sums."""
    sheet = book.active
    for row, text in enumerate(("uno", "dos", "tres"), 1):
        sheet.cell(row, 1, text)
    sheet["A2"].font = font
    assert texts(saved(book)) == {"A1": "uno", "A3": "tres"}
    assert "1 cells in white on white are left out (A2 'dos')" in notices(saved(book))[0].razon


def test_white_letters_on_a_colour_are_read(book: openpyxl.Workbook) -> None:
    """A head, painted by its cells, by its table's style or by a condition."""
    sheet = book.active
    for row in range(1, 8):
        sheet.cell(row, 1, f"fila {row}").font = WHITE
    sheet["A7"].fill = GradientFill(stop=("FFFFFFFF", "FF1F4E78"))
    sheet["A1"].fill = PatternFill("solid", "FF1F4E78")
    sheet["A2"].fill = PatternFill("gray125")
    sheet["A3"].fill = PatternFill("solid", Color(theme=4))
    sheet.add_table(Table(displayName="t", ref="A4:A5"))
    rule = Rule(type="expression", formula=["TRUE"], dxf=DifferentialStyle(fill=PatternFill(bgColor="FF1F4E78")))
    sheet.conditional_formatting.add("A6:B9", rule)
    assert list(texts(saved(book))) == [f"A{row}" for row in range(1, 8)]


@pytest.mark.parametrize(
    ("value", "number_format", "font", "is_read"),
    [
        (7, "[Red]0", WHITE, True),
        (-7, "0;[Red]-0", WHITE, True),
        (7, "0;[Red]-0", WHITE, False),
        (0, "0;-0;[Color 3]0", WHITE, True),
        (7, "[>5][Blue]0;0", WHITE, True),
        (7, "[$$-80A]#,##0", WHITE, False),
        (dt.date(2022, 4, 30), "[Red]dd/mm/yyyy", WHITE, True),
        ("siete", "[Red]General", WHITE, True),  # programs differ, so it is read
        ("siete", "0;0;0;@", WHITE, False),
        (7, "[White]0", Font(), False),
        (7, "[Color2]0", Font(), False),
        (0, "0;-0;[White]0", Font(), False),
        (7, "0;-0;[White]0", Font(), True),
        ("siete", "[White]0", Font(), True),
        (7, "[White]0", WHITE, False),
    ],
)
def test_the_colour_of_a_number_format_goes_before_that_of_the_font(
    book: openpyxl.Workbook, value: object, number_format: str, font: Font, *, is_read: bool
) -> None:
    """Of the section that writes the value: white letters that it paints red are seen, black ones painted white not."""
    cell = book["Hoja"]["A1"]
    cell.value, cell.number_format, cell.font = value, number_format, font
    data = saved(book)
    assert bool(texts(data)) is is_read
    assert [notice.regla for notice in notices(data)] == ([] if is_read else ["texto_invisible"])


def test_numbers_kept_as_text_errors_and_truths(book: openpyxl.Workbook) -> None:
    """They show as they are; lines within a cell are one."""
    sheet = book["Hoja"]
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "0077", "#DIV/0!", True, "2.2.3\n5.1.2"
    sheet["E1"] = dt.date(2022, 3, 30)
    assert texts(saved(book)) == {
        "A1": "0077",
        "B1": "#DIV/0!",
        "C1": "VERDADERO",
        "D1": "2.2.3 5.1.2",
        "E1": "2022-03-30",
    }


def test_a_cell_in_the_last_corner_refuses_its_sheet_alone(book: openpyxl.Workbook) -> None:
    """The reason names the cell; what is not shown there does no harm."""
    book["Hoja"]["XFD1048576"] = "lejos"
    book.create_sheet("Otra")["A1"] = "cerca"
    assert [page.name for page in pages(saved(book))] == ["Otra"]
    assert "Hoja!XFD1048576" in notices(saved(book))[0].razon


def test_macros_and_links_are_passed_by(book: openpyxl.Workbook) -> None:
    """A workbook with both is read, and neither is opened."""
    book["Hoja"]["A1"] = "hola"
    data = changed(
        saved(book),
        {"xl/workbook.xml": ("</workbook>", "<externalReferences/></workbook>")},
        {"xl/vbaProject.bin": b"\xcc" * 99},
    )
    assert texts(data) == {"A1": "hola"}


def test_the_strict_kind_is_refused_by_name(book: openpyxl.Workbook) -> None:
    """Its names of things are others, which no library here knows."""
    strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    with pytest.raises(RefusedFileError, match="strict kind; save it as an ordinary"):
        pages(changed(saved(book), {"xl/workbook.xml": strict}))
