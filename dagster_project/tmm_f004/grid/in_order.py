"""Figures of a row to the columns of its table: each the nearest one, or in order where two would share one.

In here: one row at a time, of columns whose anchors are known or guessed. Not in here: where the anchors are
(``columns``).

Figures that are set at the right of a wide column stand nearer to the next one's middle than to their own: their order
tells what their place does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dagster_project.tmm_f004.grid.pieces import Piece

SAME_FIGURE = 0.9
"""Of a line's height: parts of one figure stand no farther apart, ``25 %``."""

FEWEST_FIGURES = 3
"""Figures on a level that are a row, at least: a stamp's date has two."""

JOINED, LEFT_OUT = 0.5, 2.0
"""In halves of the way from column to column: what a second piece of a cell costs, and a piece that is no figure."""


def edge_of(piece: Piece, edge: str) -> float:
    """The point of a piece that is set at its column's anchor: ``x`` its middle, ``x0`` or ``x1``."""
    return piece.x if edge == "x" else piece.x0 if edge == "x0" else piece.x1


def in_columns(
    rows: Sequence[Sequence[Piece]], anchors: Sequence[float], edge: str, height: float
) -> list[list[Piece]]:
    """The figures of each column; ``rows`` are those on each level from left to right, ``height`` is that of a line."""
    columns: list[list[Piece]] = [[] for _ in anchors]
    if whole := _whole(rows, len(anchors)):
        return [list(own) for own in zip(*whole, strict=True)]
    for row in rows:
        at = [edge_of(p, edge) for p in row]
        own: Sequence[int | None] = [min((abs(a - x), k) for k, a in enumerate(anchors))[1] for x in at]
        if len(set(own)) < len(own) and len(anchors) > 1:
            own = _in_order(row, at, anchors, height)
        for piece, column in zip(row, own, strict=True):
            if column is not None:
                columns[column].append(piece)
    return columns


def _whole(rows: Sequence[Sequence[Piece]], count: int) -> list[list[Piece]]:
    """The rows that print a figure in each of ``count`` columns; [] where most do not.

    Where they do, their figures are the columns, whatever the head's names stand over.
    """
    figures = [[p for p in row if p.text != "%"] for row in rows]
    whole = [row for row in figures if len(row) == count]
    return whole if 2 * len(whole) > sum(len(row) >= FEWEST_FIGURES for row in figures) else []


def _in_order(
    row: Sequence[Piece], at: Sequence[float], anchors: Sequence[float], height: float
) -> Sequence[int | None]:
    """The cheapest way to share pieces out to columns in their order, to each column one figure or none.

    ``at`` is where each piece stands; None is given for a piece that is left out.
    """
    gaps = [b - a for a, b in pairwise(anchors)]
    half = [min(gaps[max(0, k - 1) : k + 1]) / 2 or 1.0 for k in range(len(anchors))]
    best: list[tuple[float, tuple[int | None, ...]]] = [(LEFT_OUT * i, (None,) * i) for i in range(len(row) + 1)]
    for k, anchor in enumerate(anchors):
        fresh = best[:1]
        for i in range(1, len(row) + 1):
            ways = [best[i], (fresh[-1][0] + LEFT_OUT, (*fresh[-1][1], None))]
            cost = -JOINED
            for j in range(i - 1, -1, -1):
                if j < i - 1 and row[j + 1].x0 - row[j].x1 > SAME_FIGURE * height:
                    break
                if row[j].text != "%":  # it goes with the figure before it
                    cost += JOINED + abs(at[j] - anchor) / half[k]
                    ways.append((best[j][0] + cost, (*best[j][1], *([k] * (i - j)))))
            fresh.append(min(ways, key=lambda way: way[0]))
        best = fresh
    return best[-1][1]
