"""A workbook (.xlsx, .xlsm) as it shows itself, sheet by sheet. Not here: what is hidden (``sheet``), .xls.

Values are those that the program which saved the file computed; macros, links and connections are never followed.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import Any

import openpyxl

from dagster_project.sources.document import Notice, Page
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.sheet import Layout, Seen, Shown, seen, sheets_seen
from dagster_project.sources.shown import shown
from dagster_project.sources.white_cells import is_white_cell, may_be_coloured
from dagster_project.sources.workbook_parts import formulas_of, parts_of
from dagster_project.sources.zip_parts import looked_at

SAVE_IT = "open the file in Excel or LibreOffice and save it"


def engine() -> str:
    """The library that reads, and its version."""
    return f"openpyxl {openpyxl.__version__}"


def read_workbook(data: bytes) -> Iterator[Page | Notice]:
    """The visible sheets of a workbook, and notices of what was left out.

    Raises:
        RefusedFileError: too much of it, damaged, or no sheet of it can be read.
    """
    archive = looked_at(data)
    parts = parts_of(archive)
    if not parts.paths:
        raise RefusedFileError(
            "formato_no_admitido", "is a workbook of the strict kind; save it as an ordinary .xlsx (Excel workbook)"
        )
    warnings.simplefilter("ignore")  # openpyxl's, on drawings and styles that it leaves out
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)

    def as_seen(number: int, sheet: Any) -> Seen:
        formulas = _formulas(archive, parts.paths[sheet.title], sheet.title, is_stale=parts.is_stale)
        return seen(_layout(number, sheet), _cells(sheet, formulas))

    yield from sheets_seen(
        (sheet.title, sheet.sheet_state == "visible", partial(as_seen, number, sheet))
        for number, sheet in enumerate(book.worksheets, 1)
    )


def _formulas(archive: zipfile.ZipFile, path: str, title: str, *, is_stale: bool) -> dict[str, str]:
    """The formulas of a sheet by cell.

    Raises:
        RefusedFileError: the value of one was not saved, or the file says that its values do not hold.
    """
    found = {}
    for formula in formulas_of(archive, path):
        if is_stale or not formula.is_saved:
            raise RefusedFileError(
                "hoja_sin_valores",
                f"sheet {title!r} holds formulas whose values were not saved ({title}!{formula.reference}: "
                f"{formula.text[:60]}); {SAVE_IT}",
            )
        found[formula.reference] = formula.text
    return found


def _layout(number: int, sheet: Any) -> Layout:
    """What is hidden and merged in a sheet; openpyxl keeps a run of columns under the first of them."""
    columns = {
        column
        for run in sheet.column_dimensions.values()
        if (run.hidden or run.width == 0) and run.min
        for column in range(run.min, run.max + 1)
    }
    rows = {row for row, found in sheet.row_dimensions.items() if found.hidden or found.height == 0}
    merged = {(area.min_row, area.min_col): (area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    return Layout(number, sheet.title, rows, columns, merged)


def _cells(sheet: Any, formulas: dict[str, str]) -> Iterator[Shown]:
    """The cells of a sheet that hold something.

    ``_cells`` is private, and the only way that does not make every cell up to the last corner anew.
    """
    hide_zeros = any(view.showZeros is False for view in sheet.views.sheetView)
    coloured = may_be_coloured(sheet)
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None:
            text = shown(cell.value, cell.number_format, hide_zeros=hide_zeros)
            yield Shown(row, column, text, formulas.get(cell.coordinate), is_white_cell(cell, coloured))
