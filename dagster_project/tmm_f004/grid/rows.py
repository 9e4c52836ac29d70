"""The rows of a table on a page: levels of figures, and the lines of text that belong to each of them.

Not in here: where columns stand (``columns``), how lines are shared out (``bands``), the lines that are made of the
rows (``table``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from dagster_project.tmm_f004.grid.bands import Wishes, aligned
from dagster_project.tmm_f004.grid.columns import Columns, is_figure
from dagster_project.tmm_f004.grid.in_order import SAME_FIGURE
from dagster_project.tmm_f004.grid.levels import Level, levels, text_of
from dagster_project.tmm_f004.grid.pieces import Piece
from dagster_project.tmm_f004.page.row_head import numbered, row_head

FEWEST_FIGURES = 3
"""Columns of figures that one level fills to be a row by itself: a stamp's date fills two."""

OFF_LEVEL = 0.9
"""Of a line's height: figures that stand off a row's level by no more, in a column it leaves blank, are the row's."""

ON_LEVEL = 0.3
"""Of a line's height: figures of a row scatter by 0.09 about its level on the worst scans; a stamp's stand anywhere."""

IN_COLUMN = 0.5
"""Of half the way to the next column: figures stand within 0.1 of it of their column's anchor on the worst scans."""

WISHES = {
    "numero": Wishes(1.0),
    "lineas": Wishes(1.0),
    "texto": Wishes(3.0, 1.5, 3.0),
    "medida": Wishes(2.0),
    "observaciones": Wishes(0.0),
}
"""What a row lacks, and what a text begins with, in heights of a line (``bands``)."""


@dataclass
class Row:
    """A row: its level, the figures of each column (by its index), the lines of each column of text (by its name)."""

    y: float
    figures: dict[int, list[Piece]] = field(default_factory=dict)
    texts: dict[str, list[Level]] = field(default_factory=dict)


def rows_of(body: Sequence[Piece], columns: Columns, height: float) -> tuple[list[Row], list[Piece]]:
    """The rows of a table from top to bottom, and pieces beside its figures that belong to none."""
    rows = _figure_rows(body, columns, height)
    texts: dict[str, list[Piece]] = {}
    for piece in body:
        name = columns.text_column(piece)
        is_year = name == "medida" and is_figure(piece) and len(piece.text) > 1 and not numbered(f"{piece.text} texto")
        if name and not is_year:  # a stamp's is no measure
            texts.setdefault(name, []).append(piece)
    lines = {name: levels(own, height) for name, own in texts.items()}
    owners = _share_out(rows, lines, height)
    loose: list[Piece] = []
    for name, own in lines.items():
        for line, owner in zip(own, owners[name], strict=True):
            if owner is None:
                loose += line.pieces
            else:
                rows[owner].texts.setdefault(name, []).append(line)
    return rows, loose


def last_figures(body: Iterable[Piece], columns: Columns, height: float) -> float | None:
    """The level of a table's last row of figures; None where it has none."""
    found = [y for y, filled in _levels_of_figures(body, columns, height) if len(filled) >= FEWEST_FIGURES]
    return max(found, default=None)


def _levels_of_figures(
    body: Iterable[Piece], columns: Columns, height: float
) -> list[tuple[float, dict[int, list[Piece]]]]:
    figures = [p for p in body if columns.left < p.x <= columns.right and is_figure(p)]
    found = []
    for level in levels(figures, height):
        middle = median(p.y for p in level.pieces)
        filled: dict[int, list[Piece]] = {}
        for piece in level.pieces:
            if abs(piece.y - middle) <= ON_LEVEL * height:
                filled.setdefault(columns.figure_column(piece), []).append(piece)
        found.append((middle, {k: _one_figure(own, columns, height) for k, own in filled.items()}))
    return found


def _with_unread(
    filled: dict[int, list[Piece]], y: float, body: Sequence[Piece], columns: Columns, height: float
) -> dict[int, list[Piece]]:
    """The figures of a row with what is no figure in cells that hold none: a cell that cannot be read is not blank."""
    found = dict(filled)
    for piece in body:
        inside = columns.left < piece.x <= columns.right and abs(piece.y - y) <= ON_LEVEL * height
        if inside and not is_figure(piece) and columns.distance(piece) <= IN_COLUMN:
            found.setdefault(columns.figure_column(piece), [piece])
    return found


def _one_figure(pieces: Sequence[Piece], columns: Columns, height: float) -> list[Piece]:
    """The pieces of a cell that go on from the one nearest its column's anchor: the others are of a stamp over it."""
    first = min(pieces, key=columns.distance)
    kept = [first]
    left, right = first.x0, first.x1
    for piece in sorted(pieces, key=lambda p: abs(p.x - first.x)):
        if piece is not first and piece.x0 - right <= SAME_FIGURE * height and left - piece.x1 <= SAME_FIGURE * height:
            kept.append(piece)
            left, right = min(left, piece.x0), max(right, piece.x1)
    return sorted(kept, key=lambda p: p.x0)


def _figure_rows(body: Sequence[Piece], columns: Columns, height: float) -> list[Row]:
    """The rows that figures make; a level of few is part of a row nearby, or one of its own beside a measure."""
    found = _levels_of_figures(body, columns, height)
    rows = [
        Row(y, _with_unread(filled, y, body, columns, height)) for y, filled in found if len(filled) >= FEWEST_FIGURES
    ]
    measures = [p.y for p in body if columns.text_column(p) == "medida"]
    few = [(y, filled) for y, filled in found if len(filled) < FEWEST_FIGURES]
    for y, filled in few:
        near = min(rows, key=lambda row: abs(row.y - y), default=None)
        if near is not None and abs(near.y - y) <= OFF_LEVEL * height:
            for column, own in filled.items():
                near.figures.setdefault(column, own)
        elif any(abs(m - y) <= 0.5 * height for m in measures) and 0 in filled:
            rows.append(Row(y, filled))
            rows.sort(key=lambda row: row.y)
    return sorted(rows, key=lambda row: row.y)


def _share_out(rows: list[Row], lines: dict[str, list[Level]], height: float) -> dict[str, list[int | None]]:
    """The row of each line of each column of text; adds to ``rows`` actions whose figures were not read."""
    begins = {name: [name == "texto" and _is_numbered(line) for line in own] for name, own in lines.items()}
    for _ in range(2):
        found = min(
            (_aligned(rows, lines, begins, height, at_top) for at_top in (False, True)), key=lambda pair: pair[0]
        )
        at_top, owners = found[2], found[1]
        if not (lost := _unread(lines, begins, owners)):
            break
        own = lines["texto"]
        for start, stop in lost:
            rows.append(Row(own[start].y if at_top else (own[start].y + own[stop - 1].y) / 2))
        rows.sort(key=lambda row: row.y)
    return owners


def _aligned(
    rows: Sequence[Row], lines: dict[str, list[Level]], begins: dict[str, list[bool]], height: float, at_top: bool
) -> tuple[float, dict[str, list[int | None]], bool]:
    total, owners = 0.0, {}
    for name, own in lines.items():
        cost, owners[name] = aligned(
            [line.y for line in own], begins[name], [row.y for row in rows], WISHES[name], height, at_top=at_top
        )
        total += cost
    return total, owners, at_top


def _unread(
    lines: dict[str, list[Level]], begins: dict[str, list[bool]], owners: dict[str, list[int | None]]
) -> list[tuple[int, int]]:
    """The lines (first, behind the last) of each numbered text that does not begin a row: its figures were not read."""
    own = begins.get("texto", [])
    starts = [k for k, begin in enumerate(own) if begin]
    owner = owners.get("texto", [])
    lost = [k for k in starts if owner[k] is None or (k and owner[k - 1] == owner[k])]
    return [(k, next((s for s in starts if s > k), len(own))) for k in lost]


def _is_numbered(line: Level) -> bool:
    number = row_head([text_of(line.pieces)]).number
    return number is not None and number > 9
