"""Rows of a reference CSV, each with where it stands, and how keys are written in it. Not here: what they mean."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

ENTE = r"[0-9]{5}"
"""A municipality: its INEGI key, such as 02002."""

PLAN = r"[\w-]+"
"""A municipal plan: the id that the municipality gave it, such as pmd_2024-2027."""

UNIT = r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*"
"""An executing unit: letters and digits, joined by hyphens or points, such as 54204 or OM-01."""

MAX_CELL = 131_072
"""Characters of a cell, the ``csv`` module's own limit, which other packages lift for the whole process (dbt's do): a
quotation mark that is left open makes one cell of the rest of the file."""


def read_rows(
    path: Path, columns: Sequence[str] = (), error: type[ValueError] = ValueError
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row as (``entes.csv, line 2``, values stripped, in Unicode NFC); of a file that is not there, none.

    NFC because one system writes an accent as a letter of its own, and a path or a name is the same all the same.

    Raises:
        error: the file is no UTF-8 or no CSV, one of ``columns`` is missing, or a row has more or fewer values than
            there are columns.
    """
    if not path.exists():
        return
    data = path.read_bytes()
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = data.removeprefix(codecs.BOM_UTF8)[: wrong.start].count(b"\n") + 1
        raise error(f"{path.name}, line {line}: is not UTF-8; save the file as CSV UTF-8 and try again") from wrong
    reader = csv.reader(io.StringIO(unicodedata.normalize("NFC", text), newline=""))
    where = f"{path.name}, line 1"
    try:
        header = next(reader, [])
        if missing := [c for c in columns if c not in header]:
            raise error(f"{path.name}: missing column(s) {', '.join(missing)}{hint(','.join(header))}")
        where = f"{path.name}, line {reader.line_num + 1}"
        for cells in reader:  # an empty line is an empty row
            if any(len(cell) > MAX_CELL for cell in cells):
                raise csv.Error(f"a cell of more than {MAX_CELL} characters")
            if cells and len(cells) != len(header):
                raise error(f"{where}: as many values as columns are needed")
            if cells:
                yield where, {name: value.strip() for name, value in zip(header, cells, strict=True)}
            where = f"{path.name}, line {reader.line_num + 1}"
    except csv.Error as wrong:
        raise error(f"{where}: is no row of CSV ({wrong}); is a quotation mark left open there?") from wrong


def hint(header: str) -> str:
    """What the first line of a file that lacks columns says of why: a spreadsheet parts by what its country writes."""
    return " (its values are parted by semicolons: save it as CSV parted by commas)" if ";" in header else ""
