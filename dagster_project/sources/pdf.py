"""A PDF, page by page: words where it holds letters, what the engine sees where it is a picture.

Not here: how letters make words (``pdf_words``) and rules cells (``pdf_grid``), what makes a page a picture
(``pdf_survey``). Scripts and links of a PDF are never run: the library is built without an engine for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from dagster_project.sources.document import Notice, Page
from dagster_project.sources.pdf_grid import in_grid
from dagster_project.sources.pdf_survey import is_picture, survey_of
from dagster_project.sources.pdf_words import PageText, page_text
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.scan import MAX_PAGES as MAX_SCANNED
from dagster_project.sources.scan import Scans, dpi_for, numbers
from dagster_project.sources.wire import Count, Engine, Message

MAX_PAGES = 1_000
"""Twelve units with three pages a quarter make 144 a year; a thousand is a mistake, or a book."""

MAX_SIDE = 5_000
"""Points of a page's side: A0 has 3,370."""

TAIL = 2048
"""Bytes within which a PDF says that it ends; the standard has 1,024, and servers add some."""

LOCKED = 4
"""FPDF_ERR_PASSWORD."""


def engine() -> str:
    """The library that reads, and the version of pdfium in it."""
    return f"pypdfium2 {pypdfium2.PYPDFIUM_INFO} pdfium {pypdfium2.PDFIUM_INFO}"


def read_pdf(data: bytes, only: frozenset[int] | None = None) -> Iterator[Message]:
    """The pages of a PDF; those that are pictures are named alone, or looked at where ``only`` they are asked for.

    Raises:
        RefusedFileError: locked, damaged, too many or too large pages, or nothing to read on any.
    """
    with _opened(data) as document:
        yield Count(len(document))
        yield Engine(engine())
        scans = Scans(only)
        found = 0
        for number in numbers(len(document), only):
            for message in _page(document, number, scans):
                found += not isinstance(message, Notice)
                yield message
        if not found:
            raise RefusedFileError("documento_sin_texto", "holds neither text nor images on any page")


def painted(data: bytes, number: int, dpi: int) -> tuple[Any, int]:
    """The pixels of a page (height, width, 3; blue, green, red) as it is shown, and how many stand on an inch."""
    with _opened(data) as document:
        if not 1 <= number <= len(document):
            raise RefusedFileError("documento_danado", f"has no page {number}")
        page = document[number - 1]
        width, height = page.get_size()
        survey_of(page.raw, width * height, number)
        within = dpi_for(dpi, width, height)
        return _picture(page, within), within


def _opened(data: bytes) -> Any:
    """A document, whole and within bounds."""
    if b"%%EOF" not in data[-TAIL:]:  # pdfium mends it, and gives the pages that are left as all there are
        raise RefusedFileError("documento_danado", "is cut off: it does not say that it ends; get it again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == LOCKED:
            raise RefusedFileError(
                "protegido", "is locked by a password; open it, print it to a PDF without one and load that"
            ) from error
        raise
    document.init_forms()
    _refuse_size(document)
    return document


def _refuse_size(document: Any) -> None:
    """Refuse too many pages, and pages of a size that no printer takes."""
    if len(document) > MAX_PAGES:
        raise RefusedFileError(
            "documento_demasiado_caro", f"has {len(document):,} pages, more than the {MAX_PAGES:,} allowed; part it"
        )
    for index in range(len(document)):
        width, height = document.get_page_size(index)
        if max(width, height) > MAX_SIDE:
            raise RefusedFileError(
                "documento_demasiado_caro",
                f"page {index + 1} measures {width / 72:,.0f} × {height / 72:,.0f} inches, more than the "
                f"{MAX_SIDE / 72:.0f} a side allowed; print it to paper size",
            )


def _page(document: Any, number: int, scans: Scans) -> Iterator[Message]:
    """What is said of a page; nothing where it is blank."""
    page = document[number - 1]
    if _is_flattened(page.raw):
        page.close()
        page = document[number - 1]
    width, height = page.get_size()
    survey = survey_of(page.raw, width * height, number)
    text_page = page.get_textpage()  # named: the handle dies with its object
    text = page_text(page.raw, text_page.raw, width, height, survey.unpainted)
    if is_picture(survey, text.letters, text.unnamed):
        if number > MAX_SCANNED:
            raise RefusedFileError(
                "documento_demasiado_caro", f"has images beyond page {MAX_SCANNED}, more than allowed; part it"
            )
        dpi = dpi_for(survey.dpi, width, height)
        yield from scans.page(number, lambda: (_picture(page, dpi), dpi))
        return
    if text.hidden:
        yield _hidden(number, text)
    if text.words:
        words = in_grid(text.words, page.raw, width, height, text.turn)
        yield Page(number, None, round(text.width, 2), round(text.height, 2), text.turn, 0, words)
    text_page.close()
    page.close()


def _is_flattened(page: Any) -> bool:
    """Whether what was filled in or written on a page is now a part of it; it stands beside the page, and shows."""
    if not pdfium.FPDFPage_GetAnnotCount(page):
        return False
    return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


def _hidden(number: int, text: PageText) -> Notice:
    return Notice("texto_invisible", f"page {number}: {text.hidden} letters that are not shown are left out", number)


def _picture(page: Any, dpi: int) -> Any:
    """The pixels of a page (height, width, 3; blue, green, red)."""
    import numpy as np

    pixels = page.render(scale=dpi / 72, prefer_bgrx=False).to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(pixels[:, :, :3])
