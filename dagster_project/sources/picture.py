"""A piece of a page as a picture, to hold a figure against what was printed. Not here: reading what it says."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from dagster_project.sources.document import Box

DPI = 150
"""Six-point type is 12 pixels high: legible, and a row of an oficio page is some 100 kB."""

AROUND = 18.0
"""Points shown above and below: the row's neighbours, by which an eye finds it on the paper."""


def piece(data: bytes, page: int, box: Box, height: float, turn: int = 0) -> bytes:
    """A PNG of a page from its left edge to its right, at the height of a box.

    ``data`` is the PDF or image, ``page`` counts from 1, ``box`` and ``height`` are in points of the page as
    it was read, turned by ``turn`` right angles clockwise.

    Raises:
        ValueError: the file does not hold that page.
    """
    image = _rendered(data, page) if data.startswith(b"%PDF") else _frame(data, page)
    if turn % 4:
        image = image.rotate(-90 * turn, expand=True)
    scale = image.height / height
    upper, lower = max(0, int((box.y0 - AROUND) * scale)), min(image.height, int((box.y1 + AROUND) * scale) + 1)
    cut = image.crop((0, upper, image.width, lower))
    found = io.BytesIO()
    cut.convert("RGB").save(found, "PNG", optimize=True)
    return found.getvalue()


def _rendered(data: bytes, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        if not 1 <= page <= len(document):
            raise ValueError(f"the file has no page {page}")
        return document[page - 1].render(scale=DPI / 72).to_pil()


def _frame(data: bytes, page: int) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    try:
        image.seek(page - 1)
    except EOFError as error:
        raise ValueError(f"the file has no page {page}") from error
    return image.convert("RGB")
