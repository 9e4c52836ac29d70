"""Where each column of a table begins and ends, from its head and from what stands below it.

In here: gutters between texts, the points that figures are set at (their middles or an edge). Not in here: the head
itself (``head``), nor which pieces are a row (``rows``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean, median

from dagster_project.tmm_f004.grid.head import Head, side_of
from dagster_project.tmm_f004.grid.in_order import edge_of, in_columns
from dagster_project.tmm_f004.grid.levels import levels
from dagster_project.tmm_f004.grid.pieces import Piece
from dagster_project.tmm_f004.page.row_head import numbered
from dagster_project.tmm_f004.text.numbers import BLANKS

FIGURE_LIKE = frozenset("OolISBZ")
"""Letters that stand alone in a column of figures where an engine took a digit for them."""

ROUNDS = 3
"""Times that figures are given to columns and these set to where the figures stand."""

ANOTHER_EDGE = 0.7
"""Figures are held to be set at an edge only where they scatter this much less about it than about their middles."""

FEWEST_LINES, INTO = 3, 0.5
"""Lines of remarks from which on their left edge is known; how far before the percentages' end a scan's may begin, in
heights of a line."""

TO_DATE = "programado_a_la_fecha"
"""The column of what was programmed to date, where a table prints P and A of the total too; no figure of ours."""

TEXTS = ("lineas", "texto", "medida")
"""The columns of text before the meta, in the form's order."""

NUMBER = "numero"
"""A column that numbers the actions, which some offices have, before the codes or behind them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns: names of the texts before its figures and where each of them ends, the figures' names and
    anchors, where the figures end, and which point of a figure is set at its anchor."""

    texts: tuple[str, ...]
    ends: tuple[float, ...]
    figures: tuple[str, ...]
    anchors: tuple[float, ...]
    right: float
    edge: str = "x"

    @property
    def left(self) -> float:
        """Where the columns of figures begin."""
        return self.ends[-1] if self.ends else float("-inf")

    def moved(self, by: float) -> Columns:
        """The columns of a page that lies so far to the right of this one's."""
        ends, anchors = (tuple(x + by for x in own) for own in (self.ends, self.anchors))
        return replace(self, ends=ends, anchors=anchors, right=self.right + by)

    def text_column(self, piece: Piece) -> str | None:
        """The column of text that a piece stands in, None of a piece among the figures."""
        if piece.x > self.right:
            return "observaciones"
        for name, end in zip(self.texts, self.ends, strict=True):
            if piece.x < end:
                return name
        return None

    def figure_column(self, piece: Piece) -> int:
        """The index of the column of figures whose anchor is nearest."""
        at = edge_of(piece, self.edge)
        return min(range(len(self.anchors)), key=lambda k: abs(self.anchors[k] - at))

    def distance(self, piece: Piece) -> float:
        """How far a piece stands from its column's anchor, in halves of the way to the next column: above 1 it would
        stand nearer to another."""
        k = self.figure_column(piece)
        apart = min(
            (abs(self.anchors[k] - x) for n, x in enumerate(self.anchors) if n != k), default=piece.x1 - piece.x0
        )
        return 2 * abs(edge_of(piece, self.edge) - self.anchors[k]) / apart if apart else 0.0


def is_figure(piece: Piece) -> bool:
    """Whether a piece can be a figure of a cell, or part of one: it has a digit and few letters, or prints nothing."""
    text = piece.text
    digits = sum(c.isdigit() for c in text)
    alphas = sum(c.isalpha() for c in text)
    return (digits > 0 and digits >= alphas) or text in BLANKS or text == "%" or text in FIGURE_LIKE


def fit_columns(head: Head, body: Sequence[Piece], height: float) -> Columns:
    """The columns of a table whose head is known; ``body`` are the pieces below it, ``height`` that of a line."""
    spacing = (head.marks[-1].x - head.marks[0].x) / max(1, len(head.marks) - 1)
    figures = [p for p in body if is_figure(p)]
    names, centres = _centres(head, figures, spacing)
    texts = [name for name in TEXTS if name in head.named and head.named[name] < centres[0]]
    if (number := head.named.get(NUMBER)) is not None:
        place = next((k for k, name in enumerate(texts) if number < head.named[name]), None)
        texts = texts if place is None else [*texts[:place], NUMBER, *texts[place:]]
    if not texts or texts[-1] != "medida":
        texts.append("medida")
    middles = [head.named.get(name) for name in texts]
    if middles[-1] is None:  # the measure's name was not read: it stands right before the meta
        middles[-1] = centres[0] - 2 * spacing
    points = [x for x in middles if x is not None] + [centres[0]]
    ends = [gutter(body, a, b) for a, b in pairwise(points)]
    if "lineas" in texts and texts[(at := texts.index("lineas")) + 1] == "texto":
        begun = [p.x0 for p in body if points[at] < p.x0 < points[at + 1] and numbered(f"{p.text} texto")]
        if begun:
            start = median(begun) if len(begun) >= FEWEST_LINES else min(begun)
            ends[at] = _before(body, start, height)
    right = _end_of_figures(head, body, centres[-1], spacing, height)
    inside = [p for p in figures if ends[-1] < p.x < right]
    edge, anchors = _anchors([level.pieces for level in levels(inside, height)], centres, height)
    return Columns(tuple(texts), tuple(ends), tuple(names), tuple(anchors), right, edge)


def _before(body: Sequence[Piece], start: float, height: float) -> float:
    """Where the codes end that stand before texts whose numbers begin at ``start``."""
    codes = [p.x1 for p in body if p.x1 < start + INTO * height and is_figure(p)]
    return (min(start, max(codes, default=start)) + start) / 2


def shift_to(columns: Columns, body: Sequence[Piece]) -> float:
    """How far to the right a page lies of the one whose columns these are, by its figures: scans are not fed alike."""
    at = [edge_of(p, columns.edge) for p in body if is_figure(p)]
    if not at:
        return 0.0
    spacing = median(b - a for a, b in pairwise(columns.anchors))
    tried = [spacing * k / 20 for k in range(-8, 9)]

    def off(by: float) -> float:
        return mean(min(spacing / 4, min(abs(x - a - by) for a in columns.anchors)) for x in at)

    return min(tried, key=lambda by: (off(by), abs(by)))


def _end_of_figures(head: Head, body: Sequence[Piece], last: float, spacing: float, height: float) -> float:
    """Where the columns of figures end and the remarks begin: behind the percentages, before the words beside them."""
    percents = [p.x1 for p in body if "%" in p.text and is_figure(p) and p.x1 > last - 0.3 * spacing]
    near = [x for x in percents if x - last < 4 * spacing] if "observaciones" not in head.named else percents
    low = max(last, median(near)) if near else last
    remarks = head.named.get("observaciones")
    if remarks is None:
        beside = [p.x0 for p in body if p.x0 > low and not is_figure(p)]
        return gutter(body, low, min(beside) + 1) if len(beside) > 2 else float("inf")
    if remarks <= last:
        return last + spacing
    within = [x for x in near if x < remarks]
    low = max(last, median(within)) if within else last
    found = _before_remarks(body, within, low, height)
    return gutter(body, low, remarks) if found is None else found


def _before_remarks(body: Sequence[Piece], percents: Sequence[float], low: float, height: float) -> float | None:
    """Where remarks begin behind percentages that end at ``percents``, mostly at ``low``; None of too few lines."""
    begun = sorted(
        min(beside)
        for level in levels(body, height)
        if (beside := [p.x0 for p in level.pieces if p.x0 > low - INTO * height and not is_figure(p)])
    )
    if len(begun) < FEWEST_LINES:
        return None
    start = begun[len(begun) // 10]  # a stamp's words begin anywhere
    return (max((x for x in percents if x < start), default=low) + start) / 2


def continued(columns: Columns, body: Sequence[Piece], height: float) -> Columns:
    """The columns of a page without a head that goes on from the one whose columns these are: as far to the right as
    its figures lie, its remarks where they begin on it."""
    moved = columns.moved(shift_to(columns, body))
    percents = [p.x1 for p in body if "%" in p.text and is_figure(p) and moved.distance(p) < 1 and p.x < moved.right]
    if not percents or moved.figures[-1] != "relativo":
        return moved
    found = _before_remarks(body, percents, median(percents), height)
    return moved if found is None else replace(moved, right=found)


def _centres(head: Head, figures: Sequence[Piece], spacing: float) -> tuple[list[str], list[float]]:
    """The names and middles of the columns of figures, from the meta to the percentage."""
    found = [(f"{side_of(mark) or 'c'}{k}", mark.x) for k, mark in enumerate(head.marks)]
    first, last = head.marks[0].x, head.marks[-1].x
    meta = head.named.get("meta") or _middle([p for p in figures if -2.5 * spacing < p.x - first < -0.6 * spacing])
    if meta is not None:
        found.insert(0, ("meta", meta))
    ratio = head.named.get("relativo") or _middle([p for p in figures if "%" in p.text and p.x > last + 0.6 * spacing])
    total = head.named.get("absoluto")
    planned = [m for m in head.to_date if side_of(m) == "p"]
    achieved = [m for m in head.to_date if side_of(m) == "a"]
    if planned or achieved:
        if not achieved:
            achieved = [planned[-1]]
            planned = planned[:-1]
        found += [(TO_DATE, m.x) for m in planned]
        total = achieved[-1].x
    if total is None:
        limit = ratio - 0.5 * spacing if ratio else last + 2.5 * spacing
        total = _middle([p for p in figures if last + 0.6 * spacing < p.x < limit and "%" not in p.text])
    if total is not None:
        found.append(("absoluto", total))
    if ratio is not None:
        found.append(("relativo", ratio))
    found.sort(key=lambda pair: pair[1])
    return [name for name, _ in found], [x for _, x in found]


def _middle(pieces: Sequence[Piece]) -> float | None:
    return median(p.x for p in pieces) if pieces else None


def gutter(pieces: Sequence[Piece], low: float, high: float) -> float:
    """Where between two columns' middles the fewest pieces stand: the middle of the widest such strip."""
    if high <= low:
        return (low + high) / 2
    edges = sorted({low, high, *(x for p in pieces for x in (p.x0, p.x1) if low < x < high)})
    spans = list(pairwise(edges))
    begun = sorted(p.x0 for p in pieces)
    ended = sorted(p.x1 for p in pieces)
    covers = [bisect_left(begun, b) - bisect_right(ended, a) for a, b in spans]
    fewest = min(covers)
    best, start = (0.0, (low + high) / 2), None
    for (a, b), cover in zip([*spans, (high, high)], [*covers, fewest + 1], strict=True):
        if cover == fewest:
            start = a if start is None else start
            best = max(best, (b - start, (b + start) / 2))
        else:
            start = None
    return best[1]


def _anchors(rows: Sequence[Sequence[Piece]], centres: Sequence[float], height: float) -> tuple[str, list[float]]:
    """Which point of the figures is set at one place in each column, and where that is.

    ``rows`` are the figures on each level.
    """
    figures = [p for row in rows for p in row]
    tried = {"x": in_columns(rows, centres, "x", height)} | {e: _at_edge(figures, centres, e) for e in ("x0", "x1")}
    scatter = {edge: _scatter(own, edge) for edge, own in tried.items()}
    edge = min(("x0", "x1"), key=scatter.__getitem__)
    if scatter["x"] == float("inf") or scatter[edge] >= ANOTHER_EDGE * scatter["x"]:
        edge = "x"
    columns = tried[edge]
    anchors = list(centres)
    for _ in range(ROUNDS):
        middles = [median(edge_of(p, edge) for p in own) if own else None for own in columns]
        offsets = [m - c for m, c, own in zip(middles, centres, columns, strict=True) if m is not None and len(own) > 1]
        usual = median(offsets) if 2 * len(offsets) > len(centres) else 0.0
        anchors = [
            middle if middle is not None and (len(own) > 2 or len(own) == len(rows)) else centre + usual
            for middle, centre, own in zip(middles, centres, columns, strict=True)
        ]
        if edge == "x":
            break
        columns = in_columns(rows, anchors, edge, height)
    return edge, anchors


def _at_edge(figures: Sequence[Piece], centres: Sequence[float], edge: str) -> list[list[Piece]]:
    """The figures of each column where they are set at an edge of it: that lies beyond the middle of the column's name,
    wherever over it the name stands, and before the next one's."""
    columns: list[list[Piece]] = [[] for _ in centres]
    for piece in figures:
        at = bisect_right(centres, piece.x1) - 1 if edge == "x1" else bisect_left(centres, piece.x0)
        columns[min(max(at, 0), len(centres) - 1)].append(piece)
    return columns


def _scatter(columns: Sequence[Sequence[Piece]], edge: str) -> float:
    """How far figures stand from the middle of their column's, on average, by a point of theirs.

    Of the columns whose figures are not all as wide, the half that scatter less; infinite where there is none.
    """
    found = []
    for own in columns:
        if len({round(p.x1 - p.x0) for p in own}) > 1 and len(own) > 2:
            at = [edge_of(p, edge) for p in own]
            found.append(mean(abs(x - median(at)) for x in at))
    return mean(sorted(found)[: (len(found) + 1) // 2]) if found else float("inf")
