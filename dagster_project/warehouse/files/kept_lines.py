"""What a load keeps of a document and its lines, and the lines of a stored extract, made again where the way changed.

Belongs here: which of a document's stored stages a load goes on from. Does not belong here: SQL (``extracts``,
``documents``), reading (``sources``) and the order of a load (``load_files``).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.sources.document import Document, Kind
from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files import documents
from dagster_project.warehouse.files import extracts as store
from dagster_project.warehouse.files.looked_pages import LookedPages
from dagster_project.warehouse.files.taken_file import Lines, TakenFile, take, taken
from dagster_project.warehouse.state.fingerprint import sources_fingerprint


def keep_document(con: duckdb.DuckDBPyConnection, key: str, found: TakenFile) -> None:
    """Keep what was read of a document; of a text nothing but its lines is kept."""
    if found.document:
        documents.write_document(con, key, found.document, sources_fingerprint())
        documents.write_places(con, key, found.placed)


def stored_lines(con: duckdb.DuckDBPyConnection, known: store.StoredExtract, originals: Path | None) -> Lines:
    """The lines of a stored extract; those of a document made again, since the way there changed."""
    if known.tipo is Kind.TEXT:
        return Lines(store.lines_of(con, known.extracto_id))
    before = documents.stored_document(con, known.extracto_id)
    again = _read_again(known, before, originals)
    found = again or taken(before)
    if again and again.document:
        documents.write_document(con, known.extracto_id, again.document, sources_fingerprint())
        LookedPages(originals, known.extracto_id).forget()
    documents.write_places(con, known.extracto_id, found.placed)
    store.replace_lines(con, known.extracto_id, found.text)
    return found.lines


def _read_again(known: store.StoredExtract, before: Document, originals: Path | None) -> TakenFile | None:
    """A document that other code read, or that waited for an engine, read again from the file kept; no page is
    looked at twice."""
    if known.lectura == sources_fingerprint() or originals is None:
        return None
    try:
        data = documents.original_of(originals, known.extracto_id)
        looked = LookedPages(originals, known.extracto_id)
        return take(data, before=before, looked=looked) if data else None
    except (OSError, RefusedFileError):
        return None  # what was read of it before stays
