"""A sheet that was saved as CSV: records of cells, by rows and columns as a spreadsheet shows them.

Not here: text that no record parts (``Kind.TEXT``), other formats of workbooks.
"""

from __future__ import annotations

import codecs
import csv
import io
import platform
from collections.abc import Iterator

from dagster_project.sources.document import Notice, Page
from dagster_project.sources.sheet import Layout, Shown, seen

DELIMITERS = (",", ";")
"""What spreadsheets set between cells, by the system's language; a file parted by tabs is text already."""

SAMPLE = 64 * 1024
"""Bytes that a file is told by."""

FEWEST_CELLS, FEWEST_RECORDS = 8, 5
"""Of the form a table alone has some sixteen columns, and title, header and head stand over it."""

TITLE = "CSV"
"""What the one sheet is called in references: ``CSV!B17``."""


def engine() -> str:
    """The library that reads, and its version."""
    return f"csv {platform.python_version()}"


def delimiter_of(data: bytes) -> str | None:
    """What parts the cells of a file, None where it is no CSV: spreadsheets write as many cells in each record."""
    sample = data[:SAMPLE].removeprefix(codecs.BOM_UTF8).decode("latin-1")  # what parts cells is ASCII in all encodings
    for delimiter in DELIMITERS:
        if sample.count(delimiter) >= (FEWEST_CELLS - 1) * FEWEST_RECORDS:
            widths = _widths(sample, delimiter, is_cut=len(data) > SAMPLE)
            if len(widths) >= FEWEST_RECORDS and len(set(widths)) == 1 and widths[0] >= FEWEST_CELLS:
                return delimiter
    return None


def _widths(text: str, delimiter: str, *, is_cut: bool) -> list[int]:
    """How many cells each record has; the last is left out where it is cut off."""
    try:
        widths = [len(record) for record in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        return []
    return widths[:-1] if is_cut else widths


def read_delimited(data: bytes) -> Iterator[Page | Notice]:
    """The one sheet of a CSV file.

    Raises:
        RefusedFileError: it holds more than any form does.
    """
    records = csv.reader(io.StringIO(_decoded(data)), delimiter=delimiter_of(data) or ",")
    cells = (
        Shown(row, column, text)
        for row, record in enumerate(records, 1)
        for column, text in enumerate(record, 1)
        if text
    )
    page, notices = seen(Layout(1, TITLE), cells)
    yield page
    yield from notices


def _decoded(data: bytes) -> str:
    """Its text: UTF-8, or what spreadsheets write where nobody asks (cp1252; a byte that it lacks is none of ours)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
