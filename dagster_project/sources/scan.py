"""Pages that are pictures, each named or looked at. Not here: the engine, where pictures come from, how many pages are
looked at side by side (``side_by_side``).

Pictures have 150 to 300 pixels an inch: below, type of 6 points has no shape; above, the engine makes it smaller again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dagster_project.sources import ocr
from dagster_project.sources.document import Box, Page, Word
from dagster_project.sources.wire import Message, Scanned

LEAST_DPI, MOST_DPI = 150, 300
MAX_PIXELS = 25_000_000
"""Of a picture as it is looked at: A3 at 300 dpi has 17 million."""

MAX_PAGES = 200
"""Of pictures in a file: some ten seconds each on one core, half an hour."""

NO_ENGINE = (
    "is an image, and what reads images is not installed; type `make ocr` once (where there is no Makefile: "
    "`pip install 'avance[ocr]'`), then load it again"
)


class Scans:
    """Pages that are pictures of one file: named alone, or looked at where they are asked for (``only``)."""

    def __init__(self, only: frozenset[int] | None) -> None:
        self._only = only
        self._engine: ocr.Engine | None = None

    def page(self, number: int, picture: Callable[[], tuple[Any, int]]) -> Iterator[Message]:
        """What is said of a page.

        Args:
            number: of the page, from 1.
            picture: makes its pixels (height, width, 3; blue, green, red) and says how many stand on an inch.
        """
        if self._only is None:
            yield Scanned(number)
            return
        if self._engine is None:
            self._engine = ocr.Engine()
        image, dpi = picture()
        yield _page(number, image, dpi, self._engine.read(image))


def numbers(pages: int, only: frozenset[int] | None) -> list[int]:
    """The pages of a file that are gone through: all, or those that are asked for."""
    return [number for number in range(1, pages + 1) if only is None or number in only]


def dpi_for(native: float, width: float, height: float) -> int:
    """Pixels an inch at which a page is looked at: its image's own, within bounds of detail and of memory.

    Args:
        native: those of its image, 0 where it has none.
        width: of the page, in points.
        height: of the page, in points.
    """
    wanted = min(max(native or MOST_DPI, LEAST_DPI), MOST_DPI)
    return max(1, round(min(wanted, (MAX_PIXELS * 72 * 72 / max(width * height, 1)) ** 0.5)))


def _page(number: int, image: Any, dpi: int, reading: ocr.Reading) -> Page:
    """A page of what was read of its picture, in points."""
    scale = 72 / dpi
    height, width = image.shape[0] * scale, image.shape[1] * scale
    if reading.turn % 2:
        width, height = height, width
    words = tuple(Word(word.text, _scaled(word.box, scale), word.confidence) for word in reading.words)
    return Page(number, None, round(width, 2), round(height, 2), reading.turn, dpi, words)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(edge * scale, 2) for edge in (box.x0, box.y0, box.x1, box.y1)))
