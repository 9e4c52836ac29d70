"""A PDF, page by page: words where it holds text. Not here: how characters make words (``pdf_words``), images."""

from __future__ import annotations

import pypdfium2

from dagster_project.sources.document import Document, Kind, Page
from dagster_project.sources.pdf_words import page_text

ENGINE = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO} pdfium {pypdfium2.PDFIUM_INFO}"


def read_pdf(data: bytes) -> Document:
    """The pages of a PDF that holds text."""
    pages = []
    with pypdfium2.PdfDocument(data) as document:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            text_page = page.get_textpage()  # named: the handle dies with its object
            text = page_text(page.raw, text_page.raw, width, height)
            pages.append(Page(number, None, text.width, text.height, text.words))
    return Document(Kind.PDF, tuple(pages), ENGINE)
