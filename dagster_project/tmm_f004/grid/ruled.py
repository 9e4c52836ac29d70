"""A table whose rules are drawn: its cells are those of a sheet, and nothing of its columns has to be guessed.

In here: from pieces in drawn cells to the lines of the table. Not in here: which cells are drawn
(``sources.pdf_grid``), what a sheet's rows are (``sheet``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.sources.document import GridCell, PlacedLine, SheetCell
from dagster_project.tmm_f004.grid.levels import Level, levels, place_of, text_of
from dagster_project.tmm_f004.grid.pieces import Piece
from dagster_project.tmm_f004.grid.sheet import table_of

FEWEST_STACKED = 3
"""Cells of a row that hold figures one over the other, at least: the rules between the rows are not drawn."""

MOST_LOOSE = 0.05
"""Of a table's words: those beside its cells. A table that is open at a side has a column of them."""

_STACKED = re.compile(r"\d[\d,.]*%?")
_THOUSANDS = re.compile(r"\d{3}")  # what wraps within a cell: 1 501


Cells = dict[GridCell, list[Piece]]
"""What stands in each drawn cell."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's lines, the levels of its first and last print, and what stands beside it between them."""

    lines: list[PlacedLine]
    top: float
    bottom: float
    loose: list[Piece]


def ruled_table(pieces: Sequence[Piece], height: float, page: int) -> RuledTable | None:
    """The first table of pieces whose cells are drawn; None where its head or its rows are not.

    ``height`` is that of a line, in points; ``page`` the page's number.
    """
    drawn: Cells = {}
    for piece in pieces:
        if piece.cell is not None:
            drawn.setdefault(piece.cell, []).append(piece)
    if not (found := _table_of(drawn, height, page)):
        return None
    if len(found[1]) < len(drawn):  # boxes above or below it may part its columns: once more, without them
        found = _table_of(found[1], height, page) or found
    lines, drawn = found
    stacked = Counter(cell.row for cell, own in drawn.items() if _is_stacked(levels(own, height)))
    if max(stacked.values(), default=0) >= FEWEST_STACKED:
        return None
    inside = {p for own in drawn.values() for p in own}
    top, bottom = min(p.y for p in inside), max(p.y for p in inside)
    loose = [p for p in pieces if top < p.y < bottom and p not in inside]
    return RuledTable(lines, top, bottom, loose) if len(loose) <= MOST_LOOSE * len(inside) else None


def _table_of(drawn: Cells, height: float, page: int) -> tuple[list[PlacedLine], Cells] | None:
    """The lines of the first table among drawn cells, and its own cells; None where there is none."""
    rows: dict[int, dict[int, SheetCell]] = {}
    ranked = _of_their_own(list(drawn))
    for cell, own in zip(ranked, drawn.values(), strict=True):
        place = place_of(own, page)
        text = " ".join(text_of(line.pieces) for line in levels(own, height))
        box = place.box if place else None
        rows.setdefault(cell.row, {})[cell.column] = SheetCell(
            cell.row, cell.column, text, "", None, cell.last_row, cell.last_column, box
        )
    if not (found := table_of(rows, page)):
        return None
    lines, first, last = found
    own_cells = {cell for cell, mine in zip(drawn, ranked, strict=True) if first <= mine.row <= last}
    return lines, {cell: own for cell, own in drawn.items() if cell in own_cells}


def _of_their_own(cells: Sequence[GridCell]) -> list[GridCell]:
    """Cells by rows and columns of their own: a page's are parted where any table's on it are."""
    rows = sorted({edge for c in cells for edge in (c.row, c.last_row + 1)})
    columns = sorted({edge for c in cells for edge in (c.column, c.last_column + 1)})
    row_at, column_at = ({edge: k for k, edge in enumerate(edges, 1)} for edges in (rows, columns))
    return [
        GridCell(row_at[c.row], column_at[c.column], row_at[c.last_row + 1] - 1, column_at[c.last_column + 1] - 1)
        for c in cells
    ]


def _is_stacked(lines: Sequence[Level]) -> bool:
    """Whether figures stand one over the other, and are no parts of one."""
    texts = [text_of(line.pieces) for line in lines]
    return len(texts) > 1 and all(map(_STACKED.fullmatch, texts)) and not all(map(_THOUSANDS.fullmatch, texts[1:]))
