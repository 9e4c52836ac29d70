"""A workbook (.xlsx, .xlsm) as it shows itself, sheet by sheet. Not here: what a number format shows (``shown``)."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from dagster_project.sources.document import Document, Kind, Page, SheetCell
from dagster_project.sources.shown import shown

ENGINE = f"openpyxl {openpyxl.__version__}"


def read_workbook(data: bytes) -> Document:
    """The visible sheets of a workbook with the cells that show something."""
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    pages = []
    for number, sheet in enumerate(values.worksheets, 1):
        if sheet.sheet_state == "visible":
            pages.append(Page(number, sheet.title, cells=tuple(_cells(sheet, formulas[sheet.title]))))
    return Document(Kind.WORKBOOK, tuple(pages), ENGINE)


def _cells(sheet: Any, formulas: Any) -> list[SheetCell]:
    hidden = {
        column
        for found in sheet.column_dimensions.values()
        if found.hidden and found.min
        for column in range(found.min, min(found.max, 1000) + 1)
    }
    last = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    cells = []
    for (row, column), cell in sorted(sheet._cells.items()):
        text = " ".join(shown(cell.value, cell.number_format).split())
        if not text or column in hidden or (row in sheet.row_dimensions and sheet.row_dimensions[row].hidden):
            continue
        formula = formulas.cell(row, column)
        area = last.get((row, column))
        cells.append(
            SheetCell(
                row,
                column,
                text,
                f"{sheet.title}!{get_column_letter(column)}{row}",
                str(formula.value) if formula.data_type == "f" else None,
                area.max_row if area else None,
                area.max_col if area else None,
            )
        )
    return cells
