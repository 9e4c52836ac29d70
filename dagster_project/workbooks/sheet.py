"""A table on a sheet: heads, columns of their own width and format, a filter, what prints. Not here: what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dagster_project.site.streams import Row

FOLIO = 14
"""Excel's number for paper of 216 by 330 mm: it has none for the form's own, oficio (216 by 340 mm)."""

WHOLE, BROKEN = "#,##0", "#,##0.0###"
"""One format for both would show a point behind every whole number."""
LINE = 15.0
"""Points that a line of text takes in 11 point type."""
MOST_LINES = 12
MOST_LETTERS = 32_767
"""What a cell may hold (Excel specifications and limits)."""
WRAPPED = ("largo", "cifra")
"""Kinds of columns whose texts wrap: a figure in doubt is one too."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its head, where its value is found in a row, its width in characters, its kind."""

    head: str
    value: str | Callable[[Row], Any]
    width: float = 12
    kind: str = "texto"
    """``texto``, ``largo`` (wraps), ``cifra``, ``por_ciento`` (as the form writes it, 41 for 41 %), ``fecha``."""

    def of(self, row: Row) -> Any:
        """The value of a row."""
        return row[self.value] if isinstance(self.value, str) else self.value(row)


class Book:
    """A workbook that is the same, byte by byte, for the same rows; ``created`` is the version's time, ISO 8601."""

    def __init__(self, path: Path, title: str, created: str) -> None:
        texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        # In memory: else it keeps its parts in the machine's folder of temporary files, which is not ours.
        said = {**texts, "default_date_format": "dd/mm/yyyy", "in_memory": True}
        self.book: Workbook = xlsxwriter.Workbook(str(path), said)
        when = datetime.fromisoformat(created).astimezone(UTC).replace(tzinfo=None)
        self.book.set_properties({"title": title, "created": when})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.path = path

    def style(self, **said: Any) -> Format:
        """A format, made once."""
        key = tuple(sorted(said.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "top", **said})
        return self._formats[key]

    def sheet(self, name: str, *, landscape: bool = True) -> Worksheet:
        """A new sheet that prints one page wide."""
        sheet = self.book.add_worksheet(name)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(FOLIO)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&8&F · &A&R&8&P de &N")
        return sheet

    def table(self, name: str, columns: Sequence[Column], rows: Sequence[Row], colour: str | None = None) -> Worksheet:
        """A sheet that holds one table: filter, heads that stay and print on each page, rows as high as their text.

        ``colour`` names the key of a row that holds, by head, the colour (#rrggbb) of a cell.
        """
        sheet = self.sheet(name)
        heads = [{"header": column.head} for column in columns]
        sheet.add_table(0, 0, max(1, len(rows)), len(columns) - 1, {
            "name": "T_" + "".join(c for c in name if c.isalnum()), "columns": heads, "style": "Table Style Light 1",
        })  # fmt: skip
        for k, column in enumerate(columns):
            sheet.set_column(k, k, column.width)
            sheet.write_string(0, k, column.head, self.style(bold=True, text_wrap=True, bottom=1))
        sheet.set_row(0, 2 * LINE)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for n, row in enumerate(rows, start=1):
            fills = row.get(colour, {}) if colour else {}
            values = [column.of(row) for column in columns]
            for k, (column, value) in enumerate(zip(columns, values, strict=True)):
                fill = {"bg_color": tint(fills[column.head])} if fills.get(column.head) else {}
                self.cell(sheet, n, k, value, column.kind, **fill)
            sheet.set_row(n, LINE * lines_of(zip(columns, values, strict=True)))
        return sheet

    def cell(self, sheet: Worksheet, row: int, at: int, value: Any, kind: str, **said: Any) -> None:
        """Write a value as what it is: a figure as a number, everything else as text."""
        if value is None:
            sheet.write_blank(row, at, None, self.style(**said))
        elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            number = WHOLE if value == int(value) else BROKEN
            digits = '0" %"' if kind == "por_ciento" else "0" if kind == "texto" else number
            sheet.write_number(row, at, float(value), self.style(num_format=digits, **said))
        elif isinstance(value, datetime):
            sheet.write_datetime(row, at, value, self.style(num_format="dd/mm/yyyy", **said))
        else:
            text = str(value)[:MOST_LETTERS]
            sheet.write_string(row, at, text, self.style(text_wrap=kind in WRAPPED, **said))

    def close(self) -> Path:
        """Write the file; its path.

        Raises:
            OSError: it cannot be written.
        """
        try:
            self.book.close()
        except FileCreateError as error:
            raise error.__cause__ or OSError(str(error)) from error
        return self.path


def tint(colour: str) -> str:
    """A colour (#rrggbb) so pale that black letters are read on it: half of it is white."""
    return "#" + "".join(f"{(int(colour[k : k + 2], 16) + 255) // 2:02x}" for k in (1, 3, 5))


def lines_of(cells: Any) -> int:
    """Lines that the longest wrapped text of a row takes: Excel sets no height of itself where the file gives one."""
    wrapped = [
        sum(max(1, -(-len(part) // max(1, int(column.width)))) for part in value.splitlines())
        for column, value in cells
        if column.kind in WRAPPED and isinstance(value, str)
    ]
    return min(MOST_LINES, max([1, *wrapped]))
