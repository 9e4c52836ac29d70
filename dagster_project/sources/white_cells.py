"""Cells of a workbook in white on white, which nobody who reads the print sees. Not here: hidden ones (``sheet``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.cell_range import CellRange

from dagster_project.sources.shown import colours

INDEXED_WHITE = (1, 9)
"""Places of white in the palette of workbooks (ECMA-376, 18.8.27)."""

WHITE = ("white", "color2", "color 2")
"""White as a number format names it (18.8.31); its colours are numbered from the palette's eighth place on."""


def may_be_coloured(sheet: Any) -> list[CellRange]:
    """The ranges that a table's style or a condition may paint; what they do paint is not worked out."""
    areas = [table.ref for table in sheet.tables.values()]
    areas += [str(area) for rule in sheet.conditional_formatting for area in rule.cells.ranges]
    return [CellRange(area) for area in areas]


def is_white_cell(cell: Any, coloured: Sequence[CellRange]) -> bool:
    """Whether a cell of openpyxl's shows white letters on white; not in ``coloured``.

    A colour of the number format goes before that of the font.
    """
    if not cell.has_style or not _is_written_white(cell):
        return False
    fill = cell.fill
    is_bare = fill.fill_type is None or (fill.fill_type == "solid" and _is_white_colour(fill.fgColor))
    return is_bare and not any(
        area.min_row <= cell.row <= area.max_row and area.min_col <= cell.column <= area.max_col for area in coloured
    )


def _is_written_white(cell: Any) -> bool:
    is_white = _is_white_colour(cell.font.color)
    if "[" not in cell.number_format:
        return is_white
    return all(colour in WHITE if colour else is_white for colour in colours(cell.value, cell.number_format))


def _is_white_colour(colour: Any) -> bool:
    """White by itself, by the palette, or the paper's of the theme, neither of them darkened."""
    if colour is None or colour.tint:
        return False
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper() == "FFFFFF"
    return bool(colour.theme == 0 if colour.type == "theme" else colour.indexed in INDEXED_WHITE)
