"""Words with boxes of a page of a PDF that holds text, upright. Not here: pages that are images (``pdf``).

A word is a run of letters on one level without a gap: PDF keeps letters, and blanks only where a program printed
them. A letter's box is its advance by the height of its font, so that ``-`` stands on the level of its line.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from dagster_project.sources.document import Box, Word
from dagster_project.sources.pdf_white import address

MAX_GAP = 0.2
"""Between two letters of a word, in heights of their line: a blank is 0.25 or more in usual fonts."""

Corners = tuple[float, float, float, float]


class Letter(NamedTuple):
    """A letter, the right angles by which its text is turned, and its box on a page turned so that it is upright."""

    text: str
    turn: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page turned upright and its size so turned; how many letters were hidden or have no name."""

    words: tuple[Word, ...]
    width: float
    height: float
    turn: int
    letters: int
    hidden: int
    unnamed: int


def page_text(page: Any, text_page: Any, width: float, height: float, unpainted: set[int]) -> PageText:
    """The words of a page, turned so that most of its text runs from left to right.

    Args:
        page: the raw handle of the page.
        text_page: the raw handle of its text.
        width: of the page as shown, in points.
        height: of the page as shown, in points.
        unpainted: the text objects that are not shown.
    """
    hidden: list[int] = []
    words = list(_words(_letters(text_page, Screen(page, width, height), unpainted, hidden)))
    turns = Counter[int]()
    for text, turn, _ in words:
        turns[turn] += len(text)
    turn = turns.most_common(1)[0][0] if turns else 0
    placed = [
        (text, corners if own == turn else _moved(corners, own, turn, width, height)) for text, own, corners in words
    ]
    if turn % 2:
        width, height = height, width
    inside = [
        Word(text, Box(*(round(edge, 2) for edge in box)))
        for text, box in placed
        if 0 <= (box[0] + box[2]) / 2 <= width and 0 <= (box[1] + box[3]) / 2 <= height
    ]
    unnamed = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for text, _ in placed for letter in text)
    return PageText(tuple(inside), width, height, turn, sum(turns.values()), len(hidden), unnamed)


def turned(corners: Corners, turn: int, width: float, height: float) -> Corners:
    """A box of a page of that size, on the page turned clockwise by so many right angles."""
    x0, y0, x1, y1 = corners
    if turn == 1:
        return height - y1, x0, height - y0, x1
    if turn == 2:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 3:
        return y0, width - x1, y1, width - x0
    return corners


def _moved(corners: Corners, own: int, turn: int, width: float, height: float) -> Corners:
    """A box on the page turned by ``own``, on the page turned by ``turn``."""
    size = (height, width) if own % 2 else (width, height)
    return turned(turned(corners, -own % 4, *size), turn, width, height)


def _words(letters: Iterator[Letter | None]) -> Iterator[tuple[str, int, Corners]]:
    """Letters in their order parted into words where a blank, a gap or another level comes between."""
    run: list[Letter] = []
    for letter in letters:
        if run and not (letter and _goes_on(run[-1], letter)):
            yield _word(run)
            run = []
        if letter:
            run.append(letter)
    if run:
        yield _word(run)


def _word(run: list[Letter]) -> tuple[str, int, Corners]:
    y0, y1 = min(letter.y0 for letter in run), max(letter.y1 for letter in run)
    return "".join(letter.text for letter in run), run[0].turn, (run[0].x0, y0, run[-1].x1, y1)


def _goes_on(last: Letter, letter: Letter) -> bool:
    """Whether a letter follows on another without a gap, on its level and in its direction."""
    _, turn, _, y0, x1, y1 = last
    height = letter.y1 - letter.y0
    size = y1 - y0
    level = (y1 if y1 < letter.y1 else letter.y1) - (y0 if y0 > letter.y0 else letter.y0)
    low, high = (height, size) if height < size else (size, height)
    return turn == letter.turn and level > 0.5 * low and -high < letter.x0 - x1 <= MAX_GAP * high


def _letters(text_page: Any, screen: Screen, unpainted: set[int], hidden: list[int]) -> Iterator[Letter | None]:
    """The letters of a page in its order, None for a blank; ``hidden`` gathers those that are not painted."""
    box = pdfium.FS_RECTF()
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        text = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        if text in "\r\n":  # the library's own, on some pages behind every letter; another level parts words too
            continue
        if text.isspace():
            yield None
            continue
        if unpainted and address(pdfium.FPDFText_GetTextObject(text_page, index)) in unpainted:
            hidden.append(index)
            yield None
            continue
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        corners = screen.box(box.left, box.bottom, box.right, box.top)
        angle = pdfium.FPDFText_GetCharAngle(text_page, index)  # clockwise
        turn = (screen.turn - round(angle / (math.pi / 2))) % 4 if angle or screen.turn else 0
        yield Letter(text, turn, *(turned(corners, turn, screen.width, screen.height) if turn else corners))


class Screen:
    """From a page's own space to points from the upper left corner of what is shown (its rotation and crop box)."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        self.width, self.height = width, height
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
        self.turn = round(math.atan2(-self.ay, self.ax) / (math.pi / 2)) % 4

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Corners:
        """The box as shown, of two of its corners."""
        ax, bx = self.x + self.ax * x0 + self.bx * y0, self.x + self.ax * x1 + self.bx * y1
        ay, by = self.y + self.ay * x0 + self.by * y0, self.y + self.ay * x1 + self.by * y1
        return (ax, ay, bx, by) if ax <= bx and ay <= by else (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
