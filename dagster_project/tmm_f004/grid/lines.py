"""The lines of a document with the place of each cell: what every kind of file becomes before the form is read.

Not in here: pages of words (``words_page``), sheets (``sheet``).
"""

from __future__ import annotations

from dagster_project.sources.document import Document, PlacedLine
from dagster_project.tmm_f004.grid.columns import Columns
from dagster_project.tmm_f004.grid.sheet import sheet_lines
from dagster_project.tmm_f004.grid.words_page import page_lines


def placed_lines(document: Document) -> list[PlacedLine]:
    """The lines of a document in the order of its pages, two blank ones between pages.

    A line's cells are parted by tabs; ``places`` has one entry a cell, None for a blank one.
    """
    found: list[PlacedLine] = []
    columns: Columns | None = None
    for page in document.pages:
        if found:
            found += [PlacedLine("", page.number)] * 2
        if page.cells:
            lines, columns = sheet_lines(page), None
        else:
            lines, columns = page_lines(page, columns)
        found += lines
    return found
