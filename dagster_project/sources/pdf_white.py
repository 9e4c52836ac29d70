"""Letters of a PDF's page in white on white, which nobody who reads the print sees.

Not here: what becomes of them (``pdf_words``). What lies under them is not painted to be looked at: where anything but
white, an image or a form stands, they are read. A gradient is told for white by the library, as letters and under them.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

WHITE = 250
"""Of 255, from which on a colour is paper's."""

BAND = 3.0
"""Points of width from which on a stroke may lie under letters: rules of tables are a tenth of that to one."""

MOST_COMPARED = 3_000_000
"""Pairs of letters and colours (0.5 s): of a page with more, all letters are read."""


def address(handle: Any) -> int:
    """What tells an object from another."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def white_on_white(page: Any) -> set[int]:
    """The text objects of a PDF's page, by address, that are painted in white where no colour or image lies."""
    texts, colours = [], []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        part = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(part)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if is_white(part) and pdfium.FPDFTextObj_GetTextRenderMode(part) == pdfium.FPDF_TEXTRENDERMODE_FILL:
                texts.append((address(part), _bounds(part)))
        elif kind != pdfium.FPDF_PAGEOBJ_PATH or _is_colour(part):
            colours.append(_bounds(part))
    if len(texts) * len(colours) > MOST_COMPARED:
        return set()
    return {text for text, box in texts if not any(_is_within(box, colour) for colour in colours)}


def is_white(part: Any) -> bool:
    """Whether an object of a PDF's page is filled with white."""
    parts = [ctypes.c_uint() for _ in range(4)]
    return bool(pdfium.FPDFPageObj_GetFillColor(part, *parts)) and min(one.value for one in parts[:3]) >= WHITE


def _is_colour(path: Any) -> bool:
    """Whether a path is filled with anything but white, or stroked as wide as a band."""
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
        return True
    is_band = stroke.value and pdfium.FPDFPageObj_GetStrokeWidth(path, width) and width.value >= BAND
    return bool(is_band) or (bool(fill.value) and not is_white(path))


def _bounds(part: Any) -> tuple[float, ...]:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(part, *edges)
    return tuple(edge.value for edge in edges)


def _is_within(box: tuple[float, ...], colour: tuple[float, ...]) -> bool:
    """Whether the middle of a box (left, bottom, right, top) lies on a colour."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return colour[0] <= x <= colour[2] and colour[1] <= y <= colour[3]
