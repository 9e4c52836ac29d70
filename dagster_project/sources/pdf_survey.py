"""What a page of a PDF is made of: letters to read, or a picture to look at. Not here: reading either.

A page-wide image is a scan whatever text lies over it: that text is somebody's reading of it, and may be wrong.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from dagster_project.sources.pdf_white import address, is_white, white_on_white
from dagster_project.sources.refused import RefusedFileError

PAGE_WIDE = 0.6
"""The share of a page that images cover, from which on it is a scan: margins cut off, A4 on legal paper."""

DRAWN = 200
"""Paths on a page without a letter, from which on letters are drawn as lines; a form's own grid has some 60."""

UNNAMED = 0.1
"""The share of letters whose font does not say which they are, from which on the page is looked at."""

MAX_IMAGE_SIDE, MAX_IMAGE_PIXELS = 20_000, 120_000_000
"""Of an image: A3 at 600 dpi has 70 million pixels; what is beyond costs memory before it shows anything."""

INVISIBLE = 3
"""The rendering mode of text that is neither filled nor stroked (ISO 32000-1, table 106)."""

DEEP = 4
"""Forms within forms: pages of imposed scans have two."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Survey:
    """Share of a page that images cover, pixels an inch of the largest, texts that are not painted, paths."""

    covered: float = 0.0
    dpi: float = 0.0
    images: int = 0
    paths: int = 0
    unpainted: set[int] = field(default_factory=set)
    has_white: bool = False
    _largest: float = 0.0


def survey_of(page: Any, area: float, number: int) -> Survey:
    """What a page holds.

    Args:
        page: its raw handle.
        area: of the page, in square points.
        number: of the page, for the reason.

    Raises:
        RefusedFileError: an image of it has too many pixels.
    """
    found = Survey()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _look(pdfium.FPDFPage_GetObject(page, index), (1, 0, 0, 1, 0, 0), found, number, 0)
    found.covered = min(1.0, found.covered / area) if area else 0.0
    if found.has_white:
        found.unpainted |= white_on_white(page)
    return found


def is_picture(survey: Survey, letters: int, unnamed: int) -> bool:
    """Whether a page is to be looked at: an image, letters drawn as lines, or of fonts that do not name them."""
    if survey.covered >= PAGE_WIDE:
        return True
    if letters:
        return unnamed > UNNAMED * letters
    return survey.images > 0 or survey.paths > DRAWN


def _look(part: Any, outer: Matrix, found: Survey, number: int, depth: int) -> None:
    """Count one object of a page in, and those of a form in it."""
    kind = pdfium.FPDFPageObj_GetType(part)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        if pdfium.FPDFTextObj_GetTextRenderMode(part) == INVISIBLE:
            found.unpainted.add(address(part))
        elif depth == 0 and is_white(part):
            found.has_white = True
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        found.paths += 1
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        _look_at_image(part, outer, found, number)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEP:
        inner = _matrix(part, outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(part)):
            _look(pdfium.FPDFFormObj_GetObject(part, index), inner, found, number, depth + 1)


def _look_at_image(part: Any, outer: Matrix, found: Survey, number: int) -> None:
    across, down = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(part, across, down)
    pixels = across.value * down.value
    if max(across.value, down.value) > MAX_IMAGE_SIDE or pixels > MAX_IMAGE_PIXELS:
        raise RefusedFileError(
            "documento_demasiado_caro",
            f"page {number} holds an image of {across.value:,} × {down.value:,} pixels, more than the "
            f"{MAX_IMAGE_SIDE:,} a side or {MAX_IMAGE_PIXELS // 10**6} million allowed; scan it at 300 dpi",
        )
    a, b, c, d, _, _ = _matrix(part, outer)  # an image is the unit square, so placed
    size = abs(a * d - b * c)
    found.images += 1
    found.covered += size
    if size > found._largest:
        found._largest, found.dpi = size, 72 * (pixels / size) ** 0.5


def _matrix(part: Any, outer: Matrix) -> Matrix:
    """Where an object stands on the page: its own matrix, then that of what it stands in."""
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(part, own):
        return outer
    a, b, c, d, e, f = outer
    return (
        own.a * a + own.b * c,
        own.a * b + own.b * d,
        own.c * a + own.d * c,
        own.c * b + own.d * d,
        own.e * a + own.f * c + e,
        own.e * b + own.f * d + f,
    )
