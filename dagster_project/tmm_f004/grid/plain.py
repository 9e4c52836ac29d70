"""Lines of a page outside its tables: title, header, signatures, and whole pages where no table's head is found.

In here: what of a level is one line, and which gaps part cells. Not in here: what the lines say (``page``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dagster_project.sources.document import PlacedLine
from dagster_project.tmm_f004.grid.levels import Level, levels, place_of, text_of, texts_on
from dagster_project.tmm_f004.grid.pieces import Piece
from dagster_project.tmm_f004.page.line_kinds import label_of

PARAGRAPH = 1.7
"""Of a line's height, from level to level: more is an empty line between."""

BLANK = ""


def header_lines(pieces: Iterable[Piece], height: float, page: int) -> list[PlacedLine]:
    """The lines above a table: what stands far apart on a level is a line each, but a label and its value are one."""
    found: list[PlacedLine] = []
    last: float | None = None
    for level in levels(pieces, height):
        if last is not None and level.y - last > PARAGRAPH * height:
            found.append(PlacedLine(BLANK, page))
        last = level.y
        found += [_line(cells, page) for cells in _labelled(texts_on(level, height))]
    return found


def tabbed_lines(pieces: Iterable[Piece], height: float, page: int) -> list[PlacedLine]:
    """Lines whose texts far apart are cells of one line: signatures side by side, tables without a known head."""
    found: list[PlacedLine] = []
    last: Level | None = None
    for level in levels(pieces, height):
        if last is not None and level.y - last.y > PARAGRAPH * height:
            found.append(PlacedLine(BLANK, page))
        last = level
        found.append(_line(texts_on(level, height), page))
    return found


def _labelled(texts: Sequence[tuple[Piece, ...]]) -> list[list[tuple[Piece, ...]]]:
    """The texts of a level as lines of cells: a text behind a bare label is the label's."""
    lines: list[list[tuple[Piece, ...]]] = []
    for text in texts:
        if lines and len(lines[-1]) == 1 and label_of(text_of(lines[-1][0]).rstrip(" :")):
            lines[-1].append(text)
        else:
            lines.append([text])
    return lines


def _line(cells: Sequence[Sequence[Piece]], page: int) -> PlacedLine:
    return PlacedLine("\t".join(map(text_of, cells)), page, tuple(place_of(cell, page) for cell in cells))
