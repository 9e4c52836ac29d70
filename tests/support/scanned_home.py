"""A home that holds a scan, on a machine without the engine: its words are stored, as a load with the engine left them.

Does not belong here: reading pictures (``tests/unit/sources/test_scan.py``), any expectation about pages.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ, get_settings
from dagster_project.sources import reading
from dagster_project.sources.document import Document, Kind
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_extracts

DIGITAL = RAIZ / "tests" / "data" / "documents" / "digital.pdf"
PAGES = 2
NAME = "escaneado.pdf"


def scan() -> bytes:
    """The first pages of a digital document as pictures, in a PDF without a letter."""
    with pypdfium2.PdfDocument(DIGITAL) as document:
        first, *others = (document[n].render(scale=150 / 72).to_pil().convert("L") for n in range(PAGES))
    out = io.BytesIO()
    first.save(out, "PDF", resolution=150, save_all=True, append_images=others)
    return out.getvalue()


def words() -> Document:
    """What an engine without a fault would read of it: the words of the digital document, nearly sure of each."""
    pages = reading.read_document(DIGITAL.read_bytes()).pages[:PAGES]
    looked_at = (
        replace(page, dpi=150, words=tuple(replace(word, confidence=0.97) for word in page.words)) for page in pages
    )
    return Document(Kind.SCAN, tuple(looked_at), "stored words")


def put_scan(home: Path, extracts: Path) -> None:
    """Lay a scan into a folder of extracts, and store its words in the warehouse of a home; the next run finds them."""
    file = extracts / "2022" / NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(scan())
    settings = get_settings({"AVANCE_HOME": str(home), "AVANCE_EXTRACTS": str(extracts)})
    read = words()
    with pytest.MonkeyPatch.context() as patch, open_warehouse(settings.warehouse) as con:
        patch.setattr(reading, "read_document", lambda *_, **__: read)
        load_extracts(con, extracts, load_catalogs(settings.seeds), {}, originals=settings.originals)
