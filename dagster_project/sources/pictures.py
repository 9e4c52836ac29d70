"""Images by themselves (PNG, JPEG, TIFF of several pages) as pictures to look at. Not here: looking (``scan``)."""

from __future__ import annotations

import importlib.util
import io
import warnings
from collections.abc import Iterator
from typing import Any

from dagster_project.sources.pdf_survey import MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.scan import MAX_PAGES, MAX_PIXELS, MOST_DPI, NO_ENGINE, Scans, numbers
from dagster_project.sources.wire import Count, Message

FORMATS = ("PNG", "JPEG", "TIFF")
LONG_SIDES = (8.0, 25.0)
"""Inches of the longer side of a page, from half a letter to A2: what an image says of itself beyond them is untrue."""

LETTER = 11.0
"""Inches of the longer side where an image does not say: all that hangs on it is what a point is."""


def read_pictures(data: bytes, only: frozenset[int] | None = None) -> Iterator[Message]:
    """The pages of an image file, named alone, or looked at where ``only`` they are asked for.

    Raises:
        RefusedFileError: damaged, too many pixels or pages, or nothing to look at them with.
    """
    with _opened(data) as image:
        pages = _count(image)
        yield Count(pages)
        scans = Scans(only)
        for number in numbers(pages, only):
            image.seek(number - 1)
            _refuse_size(image, number)
            yield from scans.page(number, lambda: _picture(image))


def painted(data: bytes, number: int, dpi: int) -> tuple[Any, int]:
    """The pixels of a page (height, width, 3; blue, green, red), and how many stand on an inch, at most 300."""
    with _opened(data) as image:
        if not 1 <= number <= MAX_PAGES:
            raise RefusedFileError("documento_danado", f"has no page {number}")
        image.seek(number - 1)
        _refuse_size(image, number)
        return _picture(image)


def _opened(data: bytes) -> Any:
    """An image of a format that is read; no pixel of it is unpacked yet."""
    if importlib.util.find_spec("PIL") is None:
        raise RefusedFileError("sin_lector_de_imagenes", NO_ENGINE)
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # ours is asked of each page
    warnings.simplefilter("ignore")
    return Image.open(io.BytesIO(data), formats=FORMATS)


def _count(image: Any) -> int:
    """The pages of an image, found one by one and no further than allowed."""
    pages = 1
    if image.format != "TIFF":
        return pages
    while pages <= MAX_PAGES:
        try:
            image.seek(pages)
        except EOFError:
            return pages
        pages += 1
    raise RefusedFileError(
        "documento_demasiado_caro", f"has more than the {MAX_PAGES} pages allowed of an image; part it"
    )


def _refuse_size(image: Any, number: int) -> None:
    width, height = image.size
    if max(width, height) > MAX_IMAGE_SIDE or width * height > MAX_IMAGE_PIXELS:
        raise RefusedFileError(
            "documento_demasiado_caro",
            f"page {number} has {width:,} × {height:,} pixels, more than the {MAX_IMAGE_SIDE:,} a side or "
            f"{MAX_IMAGE_PIXELS // 10**6} million allowed; scan it at 300 dpi",
        )


def _picture(image: Any) -> tuple[Any, int]:
    """The pixels of a page (height, width, 3; blue, green, red), upright as its camera says, and pixels an inch."""
    import numpy as np
    from PIL import Image, ImageOps

    inches = _inches(image)
    shrink = max(max(image.size) / inches / MOST_DPI, (image.size[0] * image.size[1] / MAX_PIXELS) ** 0.5, 1.0)
    if image.format == "JPEG":
        image.draft("RGB", (int(image.size[0] / shrink), int(image.size[1] / shrink)))
    page = ImageOps.exif_transpose(image)
    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        page = page.convert("RGBA")
        page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
    if page.mode.startswith("I;16") or page.mode == "I":
        page = page.point(lambda value: value / 256).convert("L")
    dpi = max(page.size) / inches
    if dpi > MOST_DPI or page.size[0] * page.size[1] > MAX_PIXELS:
        factor = min(MOST_DPI / dpi, (MAX_PIXELS / (page.size[0] * page.size[1])) ** 0.5)
        page = page.convert("RGB").resize((max(1, round(page.size[0] * factor)), max(1, round(page.size[1] * factor))))
    pixels = np.asarray(page.convert("RGB"))[:, :, ::-1]
    return np.ascontiguousarray(pixels), max(1, round(max(page.size) / inches))


def _inches(image: Any) -> float:
    """The longer side of a page in inches, as the image says or as paper has it."""
    said = image.info.get("dpi", (0, 0))
    try:
        dpi = float(max(said))
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    inches = max(image.size) / dpi if dpi > 0 else 0.0
    return inches if LONG_SIDES[0] <= inches <= LONG_SIDES[1] else LETTER
