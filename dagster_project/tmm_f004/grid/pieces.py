"""Words of a page as pieces on a level page, one word each. Not here: which line or column a piece belongs to.

A scanned page is never straight, and an engine hands back runs of several words that may reach over two columns: both
are mended before anything is measured. The box on the page as it is stays with each piece.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dagster_project.sources.document import Box, GridCell, Word

MOST_SKEW = 6.0
"""Degrees by which a page may lean: what is fed askew by hand leans by 1 to 3."""

LEAST_SKEW = 0.03
"""Degrees that are left alone: over a page's width they move a line by half a point."""

BETTER = 1.05
"""By how much lines must be sharper for a lean to be believed: a level page is as sharp at angles next to it."""

LEVEL = 1.5
"""Points between levels that are told apart while a page's lean is sought: a line of 6 pt is 7 high."""

SPACE = 0.55
"""Width of a blank between two words of a run, in widths of a letter."""

LEADING = 1.3
"""The distance from line to line, in heights of letters, at most; programs set 1.0 to 1.2."""

WIDE = 1.25
"""A run this many times wider than its letters holds gaps wider than blanks: columns, shared out evenly."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word on the level page (points, x to the right, y down), its box as printed, its confidence, the drawn cell."""

    text: str
    x0: float
    x1: float
    y: float
    height: float
    box: Box
    confidence: float | None = None
    cell: GridCell | None = None

    @property
    def x(self) -> float:
        """The middle of the piece."""
        return (self.x0 + self.x1) / 2


def pieces_of(words: Sequence[Word]) -> list[Piece]:
    """The words of a page on its level, runs parted into single words by where each is likely to stand."""
    filled = [w for w in words if w.text.strip()]
    if not filled:
        return []
    angle = _lean(filled)
    letter = _letter_width(filled)
    return [piece for word in filled for piece in _parted(_levelled(word, angle), letter)]


def line_height(pieces: Sequence[Piece]) -> float:
    """The usual distance from line to line of a page's print, in points; that of its letters where no line has another
    below.

    Not the height of boxes: engines draw them now close around the letters, now as high as two lines.
    """
    boxes = float(np.median([p.height for p in pieces])) if pieces else 1.0
    if len(pieces) < 2:
        return boxes
    x0, x1, y = (np.array([getattr(p, name) for p in pieces]) for name in ("x0", "x1", "y"))
    over = np.minimum(x1[:, None], x1[None, :]) > np.maximum(x0[:, None], x0[None, :])
    below = y[None, :] - y[:, None]
    below[~over | (below < 0.5 * boxes)] = np.inf
    apart = below.min(axis=1)
    apart = apart[apart < 2.5 * boxes]
    height = float(np.quantile(apart, 0.25)) if apart.size else boxes
    # Letters that were not looked at say how high they are, also where most print is of figures a row apart.
    return height if any(p.confidence is not None for p in pieces) else min(height, LEADING * boxes)


def _letter_width(words: Sequence[Word]) -> float:
    """The usual width of a letter, from words without blanks; of all where there are none."""
    single = [w for w in words if " " not in w.text.strip() and len(w.text) > 1] or list(words)
    return float(np.median([(w.box.x1 - w.box.x0) / len(w.text.strip()) for w in single]))


def _lean(words: Sequence[Word]) -> float:
    """The angle in radians by which lines fall to the right, 0 where the page is level.

    The angle at which the words' middles fall on the fewest levels, as sharpest profiles do (Postl, 1986).
    """
    x = np.array([(w.box.x0 + w.box.x1) / 2 for w in words])
    y = np.array([(w.box.y0 + w.box.y1) / 2 for w in words])
    x = x - x.mean()
    best, straight = 0.0, _sharpness(y)
    for step, reach in ((0.1, MOST_SKEW), (0.02, 0.1)):
        tried = best + np.arange(-reach, reach + step / 2, step)
        levels = y[None, :] - np.tan(np.radians(tried))[:, None] * x[None, :]
        sharp = [_sharpness(row) for row in levels]
        top = max(sharp)
        best = min((a for a, s in zip(tried.tolist(), sharp, strict=True) if s >= top - 1e-9), key=abs)
    return math.radians(best) if abs(best) >= LEAST_SKEW and top > BETTER * straight else 0.0


def _sharpness(y: np.ndarray) -> float:
    """How much words gather on levels: pairs that share one, seen from two sets of levels half a step apart."""
    low = y.min()
    found = 0.0
    for shift in (0.0, 0.5):
        counts = np.bincount(((y - low) / LEVEL + shift).astype(np.int64))
        found += float((counts.astype(float) ** 2).sum())
    return found


def _levelled(word: Word, angle: float) -> Piece:
    """A word turned back by the page's lean: a long run's upright box is higher than its letters by what it climbs."""
    box = word.box
    x, y, width = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, box.x1 - box.x0
    height = box.y1 - box.y0
    if angle:
        sine, cosine = math.sin(angle), math.cos(angle)
        x, y = x * cosine + y * sine, y * cosine - x * sine
        height = max(height - width * abs(sine), 0.4 * height)
    return Piece(word.text.strip(), x - width / 2, x + width / 2, y, height, box, word.confidence, word.cell)


def _parted(run: Piece, letter: float) -> list[Piece]:
    """The words of a run, each where it is likely to stand."""
    texts = run.text.split()
    if len(texts) < 2:
        return [run]
    letters, gaps, width = sum(map(len, texts)), len(texts) - 1, run.x1 - run.x0
    natural = (letters + SPACE * gaps) * letter
    if width > WIDE * natural:
        unit, gap = letter, (width - letters * letter) / gaps
    else:
        unit = width / (letters + SPACE * gaps)
        gap = SPACE * unit
    found, x = [], run.x0
    for text in texts:
        end = x + unit * len(text)
        share = (x - run.x0) / width, (end - run.x0) / width
        box = Box(
            round(run.box.x0 + share[0] * (run.box.x1 - run.box.x0), 2),
            run.box.y0,
            round(run.box.x0 + share[1] * (run.box.x1 - run.box.x0), 2),
            run.box.y1,
        )
        found.append(Piece(text, x, end, run.y, run.height, box, run.confidence, run.cell))
        x = end + gap
    return found
