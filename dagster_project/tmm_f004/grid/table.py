"""The lines of a table: its head and its rows as cells parted by tabs, a blank column an empty cell.

Not in here: finding the head (``head``), the columns (``columns``) or the rows (``rows``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dagster_project.sources.document import PlacedLine
from dagster_project.tmm_f004.grid.columns import TO_DATE, Columns
from dagster_project.tmm_f004.grid.head import Head
from dagster_project.tmm_f004.grid.levels import levels, place_of, text_of
from dagster_project.tmm_f004.grid.pieces import Piece
from dagster_project.tmm_f004.grid.rows import Row
from dagster_project.tmm_f004.text.fold import letters

UNREADABLE = "?"
"""Stands for words where a figure does: a text there would be taken for the row's measure."""

LONGEST_WORD = 3
"""Letters of what a cell of figures prints that is no word of a text: ``N/A``, ``S/D``, ``REF``."""

_SIGN = re.compile(r"(\d)(?:%6|96|0/0|[oO]/[oO]|°/[o0])$")
"""What engines read for a per cent sign where the other rows of its column print one: ``3896`` for ``38%``. Whether the
percentage is so is proved by the row's own figures, as every other."""

_SPECK, _COMMA = re.compile(r"^[.,;:](?=\d)"), re.compile(r"(?<=\d)(?:[;:]|[.,]{2})(?=\d{3}(?!\d))")
"""What an engine reads of a scan's dirt: a mark before a figure, a comma with a dot over or beside it."""

OF_TOTALS = ("absoluto", "relativo")


def head_lines(head: Head, columns: Columns, height: float, page: int) -> list[PlacedLine]:
    """The head of a table as three lines: names, quarters, marks, each over the column it heads."""
    width = len(columns.texts) + len(columns.figures) + 1
    first = len(columns.texts)
    names: list[list[Piece]] = [[] for _ in range(width)]
    periods: list[list[Piece]] = [[] for _ in range(width)]
    marks: list[list[Piece]] = [[] for _ in range(width)]
    said = [""] * width
    at = {
        mark.x: columns.figures.index(name) + first for mark, name in zip(head.marks, _of_marks(columns), strict=False)
    }
    for mark in head.marks:
        marks[at[mark.x]] = list(mark.pieces)
        said[at[mark.x]] = mark.text
    for quarter in head.quarters:
        under = [x for x in at if x <= quarter.x + height]
        nearest = min(at, key=lambda x: abs(x - quarter.x))
        left = max((x for x in under if abs(x - quarter.x) < 0.6 * _stride(head)), default=nearest, key=lambda x: -x)
        periods[at[left]] = list(quarter.pieces)
    used = {p for group in (*periods, *marks) for p in group} | {p for m in head.to_date for p in m.pieces}
    for piece in sorted(head.pieces, key=lambda p: (round(p.y), p.x0)):
        if piece in used:
            continue
        name = columns.text_column(piece)
        if name is None:
            k = columns.figure_column(piece)
            if columns.figures[k] == TO_DATE:
                k = columns.figures.index("absoluto")  # one name stands over both
            named = columns.figures[k]
            if named not in ("meta", *OF_TOTALS) or (named in OF_TOTALS and piece.y < head.level - 0.7 * height):
                continue  # PERIODO, ACUMULADO: they stand over several columns
            names[first + k].append(piece)
        else:
            names[columns.texts.index(name) if name in columns.texts else width - 1].append(piece)
    kept = _of_the_form(columns)
    return [
        _line([names[k] for k in kept], page, height),
        _line([periods[k] for k in kept], page, height),
        PlacedLine("\t".join(said[k] for k in kept), page, tuple(place_of(marks[k], page) for k in kept)),
    ]


def _of_the_form(columns: Columns) -> list[int]:
    """The places of all columns but that of the plan to date: it is none of the form's, and stands under a head."""
    first, width = len(columns.texts), len(columns.texts) + len(columns.figures) + 1
    return [k for k in range(width) if not (first <= k < width - 1 and columns.figures[k - first] == TO_DATE)]


def _of_marks(columns: Columns) -> list[str]:
    return [name for name in columns.figures if name[1:].isdigit()]


def _stride(head: Head) -> float:
    if len(head.quarters) > 1:
        return (head.quarters[-1].x - head.quarters[0].x) / (len(head.quarters) - 1)
    return head.marks[-1].x - head.marks[0].x


def row_lines(rows: Sequence[Row], columns: Columns, page: int) -> list[PlacedLine]:
    """Each row as one line: its texts, each figure in its column, what is said of it."""
    cells = [
        [
            *(_in_reading_order(row, name) for name in columns.texts),
            *(row.figures.get(k, []) for k in range(len(columns.figures))),
            _in_reading_order(row, "observaciones"),
        ]
        for row in rows
    ]
    first = len(columns.texts)
    texts = [[text_of(c) if k < first else _figure(c) for k, c in enumerate(own[:-1])] for own in cells]
    ratio = first + columns.figures.index("relativo") if "relativo" in columns.figures else None
    if ratio is not None and 2 * sum("%" in own[ratio] for own in texts) > sum(bool(own[ratio]) for own in texts):
        for own in texts:
            own[ratio] = _SIGN.sub(r"\1%", own[ratio])
    kept = _of_the_form(columns)
    told = [[*own, text_of(c[-1])] for own, c in zip(texts, cells, strict=True)]
    return [
        PlacedLine("\t".join(own[k] for k in kept), page, tuple(place_of(c[k], page) for k in kept))
        for own, c in zip(told, cells, strict=True)
    ]


def _figure(pieces: Sequence[Piece]) -> str:
    """What a cell of figures prints; words in it, of a stamp or misread, are a figure that cannot be read."""
    if any(len(letters(p.text)) > LONGEST_WORD for p in pieces):
        return UNREADABLE
    text = text_of(pieces)
    is_looked_at = any(p.confidence is not None for p in pieces)
    return _COMMA.sub(",", _SPECK.sub("", text)) if is_looked_at else text


def _in_reading_order(row: Row, name: str) -> list[Piece]:
    return [piece for line in row.texts.get(name, []) for piece in line.pieces]


def _line(cells: Sequence[Sequence[Piece]], page: int, height: float) -> PlacedLine:
    ordered = [[p for level in levels(own, height) for p in level.pieces] for own in cells]
    return PlacedLine("\t".join(map(text_of, ordered)), page, tuple(place_of(cell, page) for cell in ordered))
