"""A part of a page as a picture, for a person to look at. Not here: painting a page (``pdf``, ``pictures``).

Runs in the child; its boxes are those of words, on the page turned upright.
"""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any, NamedTuple

from dagster_project.sources.document import Box, Kind
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.wire import Picture

MAX_PIXELS = 8_000_000
"""Of what is shown: a whole page at 200 dpi has 4 million."""


class Part(NamedTuple):
    """A part of a page: its number, the right angles it was turned clockwise, a box in points, pixels an inch."""

    number: int
    turn: int
    box: Box
    dpi: int


def picture_of(data: bytes, kind: Kind, part: Part) -> Picture:
    """The part of a page as PNG.

    Raises:
        RefusedFileError: the file has no such page, or is of a kind without pictures.
    """
    import numpy as np

    if kind is Kind.PDF:
        from dagster_project.sources.pdf import painted
    elif kind is Kind.SCAN:
        from dagster_project.sources.pictures import painted
    else:
        raise RefusedFileError("formato_no_admitido", "is of a kind without pictures of its pages")
    pixels, dpi = painted(data, part.number, part.dpi)
    pixels = np.rot90(pixels, -part.turn)
    scale = dpi / 72
    height, width = pixels.shape[:2]
    x0, y0 = max(0, int(part.box.x0 * scale)), max(0, int(part.box.y0 * scale))
    x1, y1 = min(width, round(part.box.x1 * scale)), min(height, round(part.box.y1 * scale))
    if x1 <= x0 or y1 <= y0 or (x1 - x0) * (y1 - y0) > MAX_PIXELS:
        raise RefusedFileError("documento_danado", f"has nothing to show there on page {part.number}")
    return Picture(base64.b64encode(_png(pixels[y0:y1, x0:x1, ::-1])).decode())


def _png(pixels: Any) -> bytes:
    """Pixels (height, width, 3; red, green, blue) as PNG; Pillow comes with the extra alone."""
    height, width = pixels.shape[:2]
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines, 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
