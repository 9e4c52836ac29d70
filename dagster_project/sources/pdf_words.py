"""Words with boxes of a page of a PDF that holds text, upright. Not here: pages that are images (``pdf``).

A word is a run of characters on one level without a gap: PDF keeps characters, and blanks only where a
program printed them.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from dagster_project.sources.document import Box, Word

MAX_GAP = 0.2
"""Between the advances of two letters of a word, in heights of their line: a blank is 0.25 or more in usual fonts."""

INVISIBLE = 3
"""The rendering mode of text that is neither filled nor stroked (ISO 32000-1, table 106)."""


@dataclass(slots=True)
class Glyph:
    """A character on the page as shown: box of its ink across and of its line down, and its advance."""

    text: str
    box: Box
    advance: Box
    turn: int
    visible: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page turned upright, its size so turned, and what was not taken."""

    words: tuple[Word, ...]
    width: float
    height: float
    turn: int
    hidden: int
    unmapped: int


def page_text(page: Any, text_page: Any, width: float, height: float) -> PageText:
    """The words of a page, turned so that most of its text runs from left to right.

    Args:
        page: the raw handle of the page.
        text_page: the raw handle of its text.
        width: of the page as shown, in points.
        height: of the page as shown, in points.
    """
    found = list(_glyphs(page, text_page, width, height))
    seen = [glyph for glyph in found if glyph is not None]
    turns = Counter(glyph.turn for glyph in seen if glyph.visible)
    turn = turns.most_common(1)[0][0] if turns else 0
    words = []
    for run in _runs(found, width, height):
        box = _upright(_around([glyph.box for glyph in run]), turn, width, height)
        words.append(Word("".join(glyph.text for glyph in run), box))
    if turn % 2:
        width, height = height, width
    hidden = sum(not glyph.visible for glyph in seen)
    return PageText(tuple(words), width, height, turn, hidden, sum(_is_unmapped(glyph.text) for glyph in seen))


def _is_unmapped(text: str) -> bool:
    """Whether a font names no letter for a glyph: what is shown is then not what is kept."""
    return text == "\ufffd" or "\ue000" <= text <= "\uf8ff"


def _runs(found: list[Glyph | None], width: float, height: float) -> Iterator[list[Glyph]]:
    """Visible characters on the page, parted into words."""
    run: list[Glyph] = []
    for glyph in found:
        inside = glyph is not None and glyph.visible and _is_inside(glyph.box, width, height)
        if run and not (inside and glyph is not None and _goes_on(run[-1], glyph, width, height)):
            yield run
            run = []
        if inside and glyph is not None:
            run.append(glyph)
    if run:
        yield run


def _is_inside(box: Box, width: float, height: float) -> bool:
    return 0 <= (box.x0 + box.x1) / 2 <= width and 0 <= (box.y0 + box.y1) / 2 <= height


def _goes_on(last: Glyph, glyph: Glyph, width: float, height: float) -> bool:
    """Whether a character follows on another without a gap, on its level and in its direction."""
    if last.turn != glyph.turn:
        return False
    one = _upright(last.advance, last.turn, width, height)
    other = _upright(glyph.advance, last.turn, width, height)
    size = max(one.y1 - one.y0, other.y1 - other.y0, 0.1)
    level = min(one.y1, other.y1) - max(one.y0, other.y0)
    return level > 0.5 * min(one.y1 - one.y0, other.y1 - other.y0) and -size < other.x0 - one.x1 <= MAX_GAP * size


def _upright(box: Box, turn: int, width: float, height: float) -> Box:
    """A box on a page turned clockwise by so many right angles: text that ran up runs to the right."""
    if turn == 1:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    if turn == 2:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    if turn == 3:
        return Box(box.y0, width - box.x1, box.y1, width - box.x0)
    return box


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


class _Screen:
    """From a page's own space to points from the upper left corner of what is shown (its rotation and crop box)."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        scale = 100
        size = round(width * scale), round(height * scale)
        across, down = ctypes.c_int(), ctypes.c_int()
        points = []
        for x, y in ((0, 0), (1000, 0), (0, 1000)):
            pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
            points.append((across.value / scale, down.value / scale))
        (self.x, self.y), (ax, ay), (bx, by) = points
        self.ax, self.ay = (ax - self.x) / 1000, (ay - self.y) / 1000
        self.bx, self.by = (bx - self.x) / 1000, (by - self.y) / 1000
        self.turn = round(math.degrees(math.atan2(-self.ay, self.ax)) / 90)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        ax, bx = self.x + self.ax * x0 + self.bx * y0, self.x + self.ax * x1 + self.bx * y1
        ay, by = self.y + self.ay * x0 + self.by * y0, self.y + self.ay * x1 + self.by * y1
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _glyphs(page: Any, text_page: Any, width: float, height: float) -> Iterator[Glyph | None]:
    """The characters of a page in its order; None is a blank or an end of line."""
    screen = _Screen(page, width, height)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()
    visible: dict[int, bool] = {}
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        text = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        if text.isspace():
            yield None
            continue
        pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, loose)
        ink = screen.box(left.value, bottom.value, right.value, top.value)
        advance = screen.box(loose.left, loose.bottom, loose.right, loose.top)
        turn = (round(math.degrees(pdfium.FPDFText_GetCharAngle(text_page, index)) / 90) + screen.turn) % 4
        box = (
            Box(ink.x0, advance.y0, ink.x1, advance.y1)
            if turn % 2 == 0
            else Box(advance.x0, ink.y0, advance.x1, ink.y1)
        )
        yield Glyph(text, box, advance, turn, _is_visible(text_page, index, visible))


def _is_visible(text_page: Any, index: int, known: dict[int, bool]) -> bool:
    """Whether a character's object is painted, asked once an object."""
    source = pdfium.FPDFText_GetTextObject(text_page, index)
    key = ctypes.cast(source, ctypes.c_void_p).value or 0
    if key not in known:
        known[key] = not key or pdfium.FPDFTextObj_GetTextRenderMode(source) != INVISIBLE
    return known[key]
