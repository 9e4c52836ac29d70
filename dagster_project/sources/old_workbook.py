"""A workbook of the old format (.xls) as it shows itself. Not here: what is hidden (``sheet``), .xlsx (``workbook``).

xlrd reads formats, hidden columns and merged cells; formulas are not told from values, which are as they were saved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import XLRDError

from dagster_project.sources.document import Notice, Page
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.sheet import Layout, Seen, Shown, seen, sheets_seen
from dagster_project.sources.shown import shown


def engine() -> str:
    """The library that reads, and its version."""
    return f"xlrd {xlrd.__version__}"


def read_old_workbook(data: bytes) -> Iterator[Page | Notice]:
    """The visible sheets of a workbook, and notices of what was left out.

    Raises:
        RefusedFileError: locked by a password, damaged, or no sheet of it can be read.
    """
    with Path(os.devnull).open("w") as nowhere:
        try:
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=nowhere)
        except XLRDError as error:
            if "encrypted" in str(error):
                raise RefusedFileError(
                    "protegido", "is locked by a password; open it, take the password off and save it"
                ) from error
            raise

    def as_seen(number: int, sheet: Any) -> Seen:
        return seen(_layout(number, sheet), _cells(book, sheet))

    yield from sheets_seen(
        (sheet.name, not sheet.visibility, partial(as_seen, number, sheet))
        for number, sheet in enumerate(book.sheets(), 1)
    )


def _layout(number: int, sheet: Any) -> Layout:
    columns = {column + 1 for column, found in sheet.colinfo_map.items() if found.hidden or found.width == 0}
    rows = {row + 1 for row, found in sheet.rowinfo_map.items() if found.hidden}
    merged = {(top + 1, left + 1): (bottom, right) for top, bottom, left, right in sheet.merged_cells}
    return Layout(number, sheet.name, rows, columns, merged)


def _cells(book: Any, sheet: Any) -> Iterator[Shown]:
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                text = shown(_value(book, cell), number_format, hide_zeros=not sheet.show_zero_values)
                yield Shown(row + 1, column + 1, text)


def _value(book: Any, cell: Any) -> object:
    """The value of a cell as its type says; a date that cannot be one stays the number it is."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            found = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            return cell.value
        return found.time() if 0 <= cell.value < 1 else found
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    return cell.value
