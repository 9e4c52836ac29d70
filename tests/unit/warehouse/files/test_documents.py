"""What is kept of documents: the words as they were read, the places of derived cells, the file by its hash."""

import hashlib
from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dagster_project.sources import reading
from dagster_project.sources.document import (
    Box,
    Document,
    GridCell,
    Kind,
    Notice,
    Page,
    Place,
    PlacedLine,
    SheetCell,
    Word,
)
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Refusal
from dagster_project.warehouse.files import documents, extracts, kept_lines, load_files
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.files.taken_file import TakenFile, as_text, take
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import Resultado

Con = duckdb.DuckDBPyConnection

SCAN = Document(
    Kind.PDF,
    (
        Page(
            1,
            None,
            842.0,
            595.0,
            0,
            300,
            (Word("FORMA", Box(1, 2, 3.5, 4), 0.98), Word("ñ", Box(5, 2, 6, 4), None, GridCell(3, 1, 3, 2))),
        ),
        Page(2, turn=3),
    ),
    "motor 1",
    (Notice("hoja_oculta", "sheet 'x' is hidden and was left out", 2),),
)
BOOK = Document(
    Kind.WORKBOOK, (Page(1, "54101", cells=(SheetCell(2, 3, "29%", "54101!C2", "=B2/A2", 2, 4),)),), "openpyxl"
)
LINES = (
    PlacedLine("FORMA 54101 2022 1", 1, (Place(1, Box(1, 2, 3, 4), None, 0.9),)),
    PlacedLine("", 1),
    PlacedLine("ACCION 100 10 1 2 3 4 1 . . .\tx", 2, (None, Place(2, None, "54101!C2", None, "=B2/A2"))),
)


@pytest.fixture
def loaded(con: Con, toy: Reader, catalogs: Catalogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Loads one file as a document that gives some lines; its words are taken once, its lines as often as asked."""
    folder, seen = tmp_path / "in", []
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF-1.7")

    def load(lines=LINES, kind=Kind.PDF, reader=toy):
        found = TakenFile(as_text(lines), replace(SCAN, kind=kind), lines)
        for module in (load_files, kept_lines):
            monkeypatch.setattr(
                module, "take", lambda data, on_page=None, before=None, **_: seen.append(before) or found
            )
            monkeypatch.setattr(module, "taken", lambda document: TakenFile(as_text(lines), document, lines))
        return load_extracts(con, folder, catalogs, {}, reader=reader, originals=tmp_path / "originals")

    return load, seen


@pytest.mark.parametrize("document", [SCAN, BOOK], ids=["words", "cells"])
def test_a_document_comes_back_as_it_was_read(con: Con, document: Document) -> None:
    extracts.add_extract(con, "aa", "aa", "a.pdf", 8, as_text(LINES))
    documents.write_document(con, "aa", document, "code")
    assert documents.stored_document(con, "aa") == document


def test_a_text_is_no_document(con: Con) -> None:
    extracts.add_extract(con, "aa", "aa", "a.txt", 8, as_text(LINES))
    with pytest.raises(KeyError, match="no document aa"):
        documents.stored_document(con, "aa")


def test_a_document_is_loaded_with_its_words_places_notices_and_itself(con: Con, loaded, tmp_path: Path) -> None:
    """Its rows are those of its lines; what was left out is told as a refusal of the file."""
    load, _ = loaded
    (done,) = load()
    assert (done.resultado, done.formatos, done.renglones, done.lineas) == (Resultado.LOADED, 1, 1, 3)
    assert done.rechazos == (Refusal("hoja_oculta", "sheet 'x' is hidden and was left out", "", 0),)
    assert con.execute("select linea, celda, hoja, x1, referencia, formula from raw.celdas order by 1").fetchall() == [
        (1, 1, 1, 3.0, None, None),
        (3, 2, 2, None, "54101!C2", "=B2/A2"),
    ]
    assert con.execute("select tipo, motor from raw.extractos").fetchall() == [("pdf", "motor 1")]
    kept = tmp_path / "originals" / hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert kept.read_bytes() == b"%PDF-1.7"


def test_a_document_is_read_once_and_its_lines_made_again_where_the_way_to_them_changed(
    con: Con, loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another way from words to lines: lines, places and rows are new, and nothing is recognised a second time."""
    load, seen = loaded
    load()
    assert [done.resultado for done in load()] == [Resultado.UNCHANGED]
    monkeypatch.setattr(load_files, "extract_fingerprint", lambda *_: "other code")
    (done,) = load(LINES[:1])
    assert (done.resultado, done.lineas, done.renglones) == (Resultado.RESETTLED, 1, 0)
    assert con.execute("select count(*) from raw.celdas").fetchall() == [(1,)]
    assert done.rechazos[0].regla == "hoja_oculta", "what was left out is still told"
    assert len(seen) == 1


def test_the_reader_is_told_which_lines_no_engine_looked_at(
    con: Con, loaded, toy: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first page was a picture, the second one letters; of a text nothing is known, whatever made it."""
    told: list[set[int]] = []

    def told_of(lines: Sequence[str], catalogs: Catalogs, typed: Container[int]):
        told.append({n for n in range(1, 9) if n in typed})
        return toy.parse(lines, catalogs, typed)

    load, _ = loaded
    load(reader=replace(toy, parse=told_of))
    monkeypatch.setattr(load_files, "extract_fingerprint", lambda *_: "other code")
    load(reader=replace(toy, parse=told_of))
    assert told == [{3}, {3}]
    assert TakenFile(as_text(LINES)).lines.typed == frozenset()


@pytest.mark.parametrize("kind", [Kind.PDF, Kind.WORKBOOK, Kind.SCAN])
def test_other_code_reads_a_document_again_from_the_file_that_was_kept(
    con: Con, loaded, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    """It is told what was read before, so that no page is looked at twice."""
    load, seen = loaded
    load(kind=kind)
    for module, name in ((load_files, "extract_fingerprint"), (kept_lines, "sources_fingerprint")):
        monkeypatch.setattr(module, name, lambda *_, name=name: f"other {name}")
    assert [done.resultado for done in load(kind=kind)] == [Resultado.RESETTLED]
    assert seen == [None, replace(SCAN, kind=kind)]
    assert con.execute("select lectura from raw.extractos").fetchall() == [("other sources_fingerprint",)]


def test_a_document_whose_file_was_not_kept_stays_as_it_was_read(
    con: Con, loaded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load, seen = loaded
    load()
    for kept in (tmp_path / "originals").iterdir():
        kept.unlink()
    for module, name in ((load_files, "extract_fingerprint"), (kept_lines, "sources_fingerprint")):
        monkeypatch.setattr(module, name, lambda *_: "other code")
    assert [(done.resultado, done.lineas) for done in load()] == [(Resultado.RESETTLED, 3)]
    assert len(seen) == 1


def test_pages_that_an_engine_looked_at_are_known_when_a_file_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those alone: a page of letters is read by the code of today."""
    asked = []

    def read(data: bytes, *, known, **_: object) -> Document:
        asked.append(set(known))
        return SCAN

    monkeypatch.setattr(reading, "read_document", read)
    take(b"%PDF-1.7")
    take(b"%PDF-1.7", before=SCAN)
    assert asked == [set(), {1}]
