"""A sheet as it is seen: cells that show something, nothing hidden, merged cells once. Not here: file formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from dagster_project.sources.document import Notice, Page, SheetCell
from dagster_project.sources.refused import RefusedFileError

MAX_ROW, MAX_COLUMN = 100_000, 1_000
"""A cell beyond is a slip of the hand (the last corner is row 1,048,576, column XFD); the form has some 16 columns."""

MAX_CELLS = 100_000
"""Cells of a sheet that show something: one of the form has some 300."""


class Shown(NamedTuple):
    """A cell by row and column from 1: the text it shows, its formula; whether it shows it in white on white."""

    row: int
    column: int
    text: str
    formula: str | None = None
    is_white: bool = False


@dataclass(slots=True)
class Layout:
    """How a sheet is laid out: what is hidden; the last row and column of merged cells by their first."""

    number: int
    title: str
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


Seen = tuple[Page, list[Notice]]
"""A sheet and what was left out of it."""


def sheets_seen(sheets: Iterable[tuple[str, bool, Callable[[], Seen]]]) -> Iterator[Page | Notice]:
    """The visible sheets of a workbook in order, and notices of what was left out, whatever library reads them.

    ``sheets`` gives of each its title, whether it is visible, and how it is read.

    Raises:
        RefusedFileError: sheets were refused, and none was read.
    """
    refused: list[RefusedFileError] = []
    read = 0
    for number, (title, is_visible, look) in enumerate(sheets, 1):
        if not is_visible:
            yield Notice("partes_ocultas", f"sheet {title!r} is hidden and left out", number)
            continue
        try:
            page, notices = look()
        except RefusedFileError as refusal:
            refused.append(refusal)
            yield Notice(refusal.regla, refusal.razon, number)
            continue
        read += 1
        yield page
        yield from notices
    if refused and not read:
        raise refused[0]


def column_letters(column: int) -> str:
    """``A`` for 1, ``AA`` for 27. openpyxl has it too; a child that reads .xls in 0.2 s would import that for 0.5."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def seen(layout: Layout, cells: Iterable[Shown]) -> Seen:
    """The page of a sheet, and a notice of what was hidden.

    Raises:
        RefusedFileError: a cell lies beyond what any form needs; the reason names it.
    """
    kept: list[SheetCell] = []
    hidden: list[str] = []
    white: list[str] = []
    for cell in sorted(cells):
        text = " ".join(cell.text.split())
        if not text:
            continue
        reference = f"{layout.title}!{column_letters(cell.column)}{cell.row}"
        if cell.row > MAX_ROW or cell.column > MAX_COLUMN:
            raise RefusedFileError(
                "documento_demasiado_caro",
                f"sheet {layout.title!r} has a cell far off ({reference}: {text[:40]!r}); clear it and save the file",
            )
        last_row, last_column = layout.merged.get((cell.row, cell.column), (cell.row, cell.column))
        rows = [row for row in range(cell.row, last_row + 1) if row not in layout.hidden_rows]
        columns = [column for column in range(cell.column, last_column + 1) if column not in layout.hidden_columns]
        if not rows or not columns:
            hidden.append(f"{column_letters(cell.column)}{cell.row} {text[:40]!r}")
            continue
        if cell.is_white:
            white.append(f"{column_letters(cell.column)}{cell.row} {text[:40]!r}")
            continue
        if len(kept) == MAX_CELLS:
            raise RefusedFileError(
                "documento_demasiado_caro",
                f"sheet {layout.title!r} has more than the {MAX_CELLS:,} cells allowed; keep the form on its own",
            )
        alone = len(rows) == len(columns) == 1
        kept.append(
            SheetCell(
                rows[0],
                columns[0],
                text,
                reference,
                cell.formula,
                None if alone else rows[-1],
                None if alone else columns[-1],
            )
        )
    page = Page(layout.number, layout.title, cells=tuple(sorted(kept, key=lambda cell: (cell.row, cell.column))))
    found = (("partes_ocultas", "of hidden rows or columns", hidden), ("texto_invisible", "in white on white", white))
    return page, [_notice_of(layout, rule, what, cells) for rule, what, cells in found if cells]


def _notice_of(layout: Layout, rule: str, what: str, cells: list[str]) -> Notice:
    some = ", ".join(cells[:3]) + (", …" if len(cells) > 3 else "")
    return Notice(rule, f"sheet {layout.title!r}: {len(cells)} cells {what} are left out ({some})", layout.number)
