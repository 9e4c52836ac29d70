"""Pieces on one level, and what stands together on it. Not here: a table's columns (``columns``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dagster_project.sources.document import Box, Place
from dagster_project.tmm_f004.grid.pieces import Piece

SAME_LEVEL = 0.45
"""Of a line's height: middles that lie no farther apart stand on one level; lines are 1.1 apart at least."""

TOGETHER = 1.3
"""Of a line's height: words no farther apart are of one text; columns of a header are 1.5 apart or more."""


@dataclass(frozen=True, slots=True)
class Level:
    """Pieces whose middles lie on one level, from left to right; ``y`` is the middle of their middles."""

    y: float
    pieces: tuple[Piece, ...]


def levels(pieces: Iterable[Piece], height: float, tolerance: float = SAME_LEVEL) -> list[Level]:
    """The levels of pieces from top to bottom; ``height`` is that of a line, in points."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.y):
        if found and piece.y - sum(p.y for p in found[-1]) / len(found[-1]) <= tolerance * height:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [_level(own) for own in found]


def _level(own: Sequence[Piece]) -> Level:
    return Level(sum(p.y for p in own) / len(own), tuple(sorted(own, key=lambda p: p.x0)))


def texts_on(level: Level, height: float) -> list[tuple[Piece, ...]]:
    """The pieces of a level parted where a gap is wider than between words."""
    found: list[list[Piece]] = []
    for piece in level.pieces:
        if found and piece.x0 - max(p.x1 for p in found[-1]) <= TOGETHER * height:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [tuple(own) for own in found]


def text_of(pieces: Iterable[Piece]) -> str:
    """The words of pieces in their order, parted by blanks."""
    return " ".join(p.text for p in pieces)


def place_of(pieces: Sequence[Piece], page: int) -> Place | None:
    """The box around pieces on the page as it is, and the least confidence among them; None of no piece."""
    if not pieces:
        return None
    boxes = [p.box for p in pieces]
    known = [p.confidence for p in pieces if p.confidence is not None]
    around = Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
    return Place(page, around, confidence=min(known, default=None))
