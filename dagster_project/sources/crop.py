"""Parts of a page as pictures, for a person to look at. Not here: painting a page (``pdf``, ``pictures``).

Runs in the child; its boxes are those of words, on the page turned upright.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from dagster_project.sources.document import Box, Kind
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.wire import Picture

MAX_PIXELS = 8_000_000
"""Of what is shown: a whole page at 200 dpi has 4 million."""


WEIGHTS = (29, 150, 77)
"""Of blue, green and red in the light of a pixel, in 256 parts (ITU-R BT.601)."""


class Parts(NamedTuple):
    """Parts of a page: its number, the right angles it was turned clockwise, pixels an inch, boxes in points.

    ``is_small``: four greys at no more than ``dpi``, a twentieth of the bytes.
    """

    number: int
    turn: int
    dpi: int
    is_small: bool
    boxes: tuple[Box, ...]


def pictures_of(data: bytes, kind: Kind, parts: Parts) -> Iterator[Picture]:
    """Each part of a page as PNG, in order; an empty picture where the page has nothing there.

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
    pixels, dpi = painted(data, parts.number, parts.dpi)
    pixels = np.rot90(pixels, -parts.turn)
    if parts.is_small:
        pixels, dpi = _four_greys(pixels, dpi, parts.dpi)
    for box in parts.boxes:
        cut = _cut(pixels, box, dpi / 72)
        png = b"" if cut is None else _png(_packed(cut), cut.shape[1], (2, 0)) if parts.is_small else _coloured(cut)
        yield Picture(base64.b64encode(png).decode())


def _cut(pixels: Any, box: Box, scale: float) -> Any:
    """The pixels of a box; None where there are none, or too many."""
    height, width = pixels.shape[:2]
    x0, y0 = max(0, int(box.x0 * scale)), max(0, int(box.y0 * scale))
    x1, y1 = min(width, round(box.x1 * scale)), min(height, round(box.y1 * scale))
    if x1 <= x0 or y1 <= y0 or (x1 - x0) * (y1 - y0) > MAX_PIXELS:
        return None
    return pixels[y0:y1, x0:x1]


def _four_greys(pixels: Any, dpi: int, wanted: int) -> tuple[Any, int]:
    """Pixels as 0 to 3, and how many stand on an inch: whole blocks of them are one where there are more than wanted.

    The lightest quarter is white, so that the noise of a scan's paper costs no bytes.
    """
    import numpy as np

    light = (pixels.astype(np.uint16) @ np.array(WEIGHTS, np.uint16)) >> 8
    side = max(1, dpi // wanted)
    if side > 1:
        height, width = (length // side * side for length in light.shape)
        blocks = light[:height, :width].reshape(height // side, side, width // side, side)
        light = blocks.mean(axis=(1, 3)).astype(np.uint16)
    return (light >> 6).astype(np.uint8), dpi // side


def _packed(greys: Any) -> Any:
    """Four pixels a byte, the first in its highest bits."""
    import numpy as np

    padded = np.pad(greys, ((0, 0), (0, -greys.shape[1] % 4)))
    return padded[:, 0::4] << 6 | padded[:, 1::4] << 4 | padded[:, 2::4] << 2 | padded[:, 3::4]


def _coloured(pixels: Any) -> bytes:
    """Pixels (height, width, 3; blue, green, red) as PNG."""
    return _png(pixels[:, :, ::-1], pixels.shape[1], (8, 2))


def _png(lines: Any, width: int, kind: tuple[int, int]) -> bytes:
    """Lines of bytes as PNG of a depth and type of colour; Pillow comes with the extra alone."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, len(lines), *kind, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + line.tobytes() for line in lines), 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
