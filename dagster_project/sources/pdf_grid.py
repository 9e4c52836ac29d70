"""The cells that rules drawn on a page of a PDF close in, and which of its words stand in which.

In here: rules as a PDF draws them, the cells between them. Not in here: what a table is, or a form (``tmm_f004.grid``).

Programs draw a border as a thin filled rectangle, as a stroked line, or all of a table as one path: what is thin, or
stroked along an axis, is a rule. A cell is what rules shut in on all sides, also over several rows or columns.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from dagster_project.sources.document import GridCell, Word
from dagster_project.sources.pdf_survey import DEEP
from dagster_project.sources.pdf_words import Corners, Screen, turned

THIN, SHORT = 2.0, 4.0
"""Points: a rule is no thicker, and no shorter; rules that are no farther apart are one."""

MAX_PATHS, MAX_SEGMENTS, MAX_FIELDS = 20_000, 50_000, 20_000
"""Of a page: a form has some 400 paths and 1,000 fields. What has more is a drawing, and no grid is sought in it."""

DRAWN = 0.7
"""The share of a cell's side from which on it is drawn: borders stop short of each other by their own width."""

APART = 5
"""Rows between the last of a table and the first of the next: none of it is right below."""


Field = tuple[int, int]
"""A row and a column among all rules of a page, 0 before the first."""


def in_grid(words: Sequence[Word], page: Any, width: float, height: float, turn: int) -> tuple[Word, ...]:
    """Words of a page, each with the drawn cell that it stands in.

    Args:
        words: on the page turned upright.
        page: the raw handle of the page.
        width: of the page as shown, in points, before it was turned.
        height: of the page as shown, in points, before it was turned.
        turn: the right angles by which it was turned.
    """
    screen = Screen(page, width, height)
    rules = [turned(screen.box(*box), turn, width, height) if turn else screen.box(*box) for box in _rules(page)]
    across = [box for box in rules if box[3] - box[1] <= THIN]
    down = [box for box in rules if box[2] - box[0] <= THIN]
    xs, ys = _levels([(b[0] + b[2]) / 2 for b in down]), _levels([(b[1] + b[3]) / 2 for b in across])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_FIELDS:
        return tuple(words)
    cells = _cells(across, down, xs, ys)
    return tuple(replace(word, cell=_cell_at(word, cells, xs, ys)) for word in words)


def _cell_at(word: Word, cells: dict[Field, GridCell], xs: Sequence[float], ys: Sequence[float]) -> GridCell | None:
    box = word.box
    return cells.get((bisect_right(ys, (box.y0 + box.y1) / 2), bisect_right(xs, (box.x0 + box.x1) / 2)))


def _cells(
    across: Sequence[Corners], down: Sequence[Corners], xs: Sequence[float], ys: Sequence[float]
) -> dict[Field, GridCell]:
    """The drawn cell of each field between two neighbours of ``ys`` and of ``xs`` (0: before the first).

    Fields that are open to the page's edge have none. Rows and columns are those of the table that touching cells make:
    where another table's rules run, none of its own are parted.
    """
    upright = _drawn([(b[0], b[2], b[1], b[3]) for b in down], xs, ys)
    beside = {(i, j + 1) for j, i in upright}  # the fields with a rule to their left,
    above = {(i + 1, j) for i, j in _drawn([(b[1], b[3], b[0], b[2]) for b in across], ys, xs)}  # or over them
    fields = [(i, j) for i in range(len(ys) + 1) for j in range(len(xs) + 1)]
    parts = _joined(fields, lambda a, b: b not in (beside if a[0] == b[0] else above))
    cells = [own for own in parts if (0, 0) not in own]
    closed = {field for own in cells for field in own}
    found: dict[Field, GridCell] = {}
    first = 0
    for table in _joined(sorted(closed), lambda a, b: True):
        inside = set(table)
        rows, columns = sorted({i for i, _ in inside & above}), sorted({j for _, j in inside & beside})
        for own in (own for own in cells if own[0] in inside):
            (i0, j0), (i1, j1) = (
                (first + bisect_right(rows, i), bisect_right(columns, j)) for i, j in (min(own), max(own))
            )
            found |= dict.fromkeys(own, GridCell(i0, j0, i1, j1))
        first += len(rows) + APART
    return found


def _joined(fields: Sequence[Field], is_one: Callable[[Field, Field], bool]) -> list[list[Field]]:
    """Fields in groups of neighbours, each in order; ``is_one`` says it of a field and the one right of or below it."""
    owner = {field: field for field in fields}

    def root(field: Field) -> Field:
        while owner[field] != field:
            owner[field] = owner[owner[field]]
            field = owner[field]
        return field

    for field in fields:
        for after in ((field[0], field[1] + 1), (field[0] + 1, field[1])):
            if after in owner and is_one(field, after):
                one, other = sorted((root(field), root(after)))
                owner[other] = one
    groups: dict[Field, list[Field]] = {}
    for field in fields:
        groups.setdefault(root(field), []).append(field)
    return list(groups.values())


def _drawn(rules: Sequence[Corners], levels: Sequence[float], ends: Sequence[float]) -> set[tuple[int, int]]:
    """The levels along which rules run, each with the band between two ``ends`` in which they do (1: behind the first).

    ``rules`` are given as low and high across the level, then along it.
    """
    covered: dict[tuple[int, int], float] = {}
    for low, high, start, stop in rules:
        middle = (low + high) / 2
        after = bisect_right(levels, middle)
        level = min(range(max(0, after - 1), min(len(levels), after + 1)), key=lambda k: abs(levels[k] - middle))
        for band in range(max(1, bisect_right(ends, start)), min(len(ends), bisect_right(ends, stop) + 1)):
            a, b = ends[band - 1], ends[band]
            share = max(0.0, min(stop, b) - max(start, a)) / (b - a)
            covered[level, band] = covered.get((level, band), 0.0) + share
    return {place for place, share in covered.items() if share >= DRAWN}


def _levels(at: Sequence[float]) -> list[float]:
    """The levels at which rules stand, those of one border taken together."""
    found: list[list[float]] = []
    for x in sorted(at):
        if found and x - found[-1][0] <= THIN:
            found[-1].append(x)
        else:
            found.append([x])
    return [sum(own) / len(own) for own in found]


def _rules(page: Any) -> list[Corners]:
    """The rules of a page in its own space; none of one that holds too many paths."""
    found: list[Corners] = []
    left = [MAX_PATHS, MAX_SEGMENTS]
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        found += _of(pdfium.FPDFPage_GetObject(page, index), left, 0)
        if min(left) < 0:
            return []
    return found


def _of(part: Any, left: list[int], depth: int) -> Iterator[Corners]:
    kind = pdfium.FPDFPageObj_GetType(part)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEP:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(part, own)
        for index in range(pdfium.FPDFFormObj_CountObjects(part)):
            for box in _of(pdfium.FPDFFormObj_GetObject(part, index), left, depth + 1):
                yield _moved(box, own)
    if kind != pdfium.FPDF_PAGEOBJ_PATH or min(left) < 0:
        return
    left[0] -= 1
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(part, *edges):
        return
    x0, y0, x1, y1 = (edge.value for edge in edges)
    if min(x1 - x0, y1 - y0) <= THIN:
        if max(x1 - x0, y1 - y0) >= SHORT:
            yield x0, y0, x1, y1
        return
    left[1] -= pdfium.FPDFPath_CountSegments(part)
    if min(left) >= 0:
        yield from _within(part)


def _within(path: Any) -> Iterator[Corners]:
    """The rules among the parts of a path: thin ones, and the sides of others where it is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, own)
    for points in _parts(path):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        around = (min(xs), min(ys), max(xs), max(ys))
        sides = [around] if min(around[2] - around[0], around[3] - around[1]) <= THIN else []
        if stroke.value and not sides:
            sides = [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairwise(points)]
        for side in sides:
            x0, y0, x1, y1 = _moved(side, own)
            if min(x1 - x0, y1 - y0) <= THIN and max(x1 - x0, y1 - y0) >= SHORT:
                yield x0, y0, x1, y1


def _parts(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path, the first again where it is closed."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _moved(box: Corners, matrix: Any) -> Corners:
    """A box where its object stands."""
    corners = [
        (matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)
        for x, y in ((box[0], box[1]), (box[2], box[3]))
    ]
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
