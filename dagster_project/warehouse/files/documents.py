"""What the warehouse keeps of documents: their pages, words, cells' places, and the file itself by its hash.

Belongs here: SQL over ``raw.hojas``, ``raw.palabras`` and ``raw.celdas``, and the folder of originals. Does not belong
here: reading a document (``sources``) and the lines made of it (``extracts``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

import duckdb

from dagster_project.sources.document import Box, Document, GridCell, Kind, Notice, Page, PlacedLine, SheetCell, Word
from dagster_project.tmm_f004.model import Refusal
from dagster_project.warehouse.db.bulk_insert import Row, insert

Connection = duckdb.DuckDBPyConnection

BOX = ("x0", "y0", "x1", "y1")
CELL = ("fila", "columna", "fila_fin", "columna_fin")


def keep_original(folder: Path, sha256: str, data: bytes) -> None:
    """Keep a document's bytes as ``folder/<sha256>``; a file that is there already holds them.

    Raises:
        OSError: it cannot be written.
    """
    target = folder / sha256
    if target.exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{sha256}.part"
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def original_of(folder: Path, extracto_id: str) -> bytes | None:
    """The bytes of a document that was kept; None where they are gone."""
    kept = next(folder.glob(f"{extracto_id}*"), None)
    return kept.read_bytes() if kept else None


def write_document(con: Connection, extracto_id: str, document: Document, reading: str) -> None:
    """Keep what was read of a document, in place of what was there; ``reading`` is the hash of the code that did."""
    for table in ("hojas", "palabras"):
        con.execute(f"delete from raw.{table} where extracto_id = ?", [extracto_id])
    insert(con, "hojas", (
        {"extracto_id": extracto_id, "hoja": p.number, "nombre": p.name, "ancho": p.width, "alto": p.height,
         "giro": p.turn, "dpi": p.dpi}
        for p in document.pages
    ))  # fmt: skip
    insert(con, "palabras", _word_rows(extracto_id, document.pages))
    notices = [{"regla": n.regla, "razon": n.razon, "hoja": n.page} for n in document.notices]
    con.execute(
        "update raw.extractos set tipo = ?, motor = ?, avisos = ?, lectura = ? where extracto_id = ?",
        [document.kind.value, document.engine, notices, reading, extracto_id],
    )


def write_places(con: Connection, extracto_id: str, placed: Sequence[PlacedLine]) -> None:
    """Keep where the cells of a document's lines stand, in place of what was there."""
    con.execute("delete from raw.celdas where extracto_id = ?", [extracto_id])
    insert(con, "celdas", (
        {"extracto_id": extracto_id, "linea": n, "celda": k, "hoja": place.page, **_boxed(place.box),
         "confianza": place.confidence, "referencia": place.reference, "formula": place.formula}
        for n, line in enumerate(placed, start=1)
        for k, place in enumerate(line.places, start=1)
        if place is not None
    ))  # fmt: skip


def stored_document(con: Connection, extracto_id: str) -> Document:
    """A document as it was read, from the tables.

    Raises:
        KeyError: there is no such extract, or it is a text.
    """
    found = con.execute(
        "select tipo, motor, avisos from raw.extractos where extracto_id = ? and motor is not null", [extracto_id]
    ).fetchall()  # a result that is not read to its end keeps the connection from registering a frame
    if not found:
        raise KeyError(f"there is no document {extracto_id} in the warehouse")
    ((kind, engine, notices),) = found
    words: dict[int, list[Word]] = {}
    cells: dict[int, list[SheetCell]] = {}
    for page, text, x0, y0, x1, y1, confidence, row, column, last_row, last_column, reference, formula in con.execute(
        "select hoja, texto, x0, y0, x1, y1, confianza, fila, columna, fila_fin, columna_fin, referencia, formula "
        "from raw.palabras where extracto_id = ? order by hoja, palabra",
        [extracto_id],
    ).fetchall():
        if x0 is not None:
            drawn = None if row is None else GridCell(row, column, last_row, last_column)
            words.setdefault(page, []).append(Word(text, Box(x0, y0, x1, y1), confidence, drawn))
        else:
            cell = SheetCell(row, column, text, reference, formula, last_row, last_column)
            cells.setdefault(page, []).append(cell)
    pages = con.execute(
        "select hoja, nombre, ancho, alto, giro, dpi from raw.hojas where extracto_id = ? order by hoja", [extracto_id]
    ).fetchall()
    return Document(
        Kind(kind),
        tuple(
            Page(n, name, width, height, turn, dpi, tuple(words.get(n, ())), tuple(cells.get(n, ())))
            for n, name, width, height, turn, dpi in pages
        ),
        engine,
        tuple(Notice(n["regla"], n["razon"], n["hoja"]) for n in notices or ()),
    )


def notices_of(con: Connection, extracto_id: str) -> list[Refusal]:
    """What was left out of a document when it was read, as refusals of the whole file."""
    found = con.execute("select avisos from raw.extractos where extracto_id = ?", [extracto_id]).fetchall()
    return [Refusal(n["regla"], n["razon"], "", 0) for (notices,) in found for n in notices or ()]


def _word_rows(extracto_id: str, pages: Sequence[Page]) -> Iterator[Row]:
    for page in pages:
        number = 0
        for number, word in enumerate(page.words, start=1):
            yield {
                "extracto_id": extracto_id, "hoja": page.number, "palabra": number, "texto": word.text,
                **_boxed(word.box), "confianza": word.confidence, **_drawn(word.cell),
            }  # fmt: skip
        for k, cell in enumerate(page.cells, start=number + 1):
            yield {
                "extracto_id": extracto_id, "hoja": page.number, "palabra": k, "texto": cell.text, "fila": cell.row,
                "columna": cell.column, "fila_fin": cell.last_row, "columna_fin": cell.last_column,
                "referencia": cell.reference, "formula": cell.formula,
            }  # fmt: skip


def _drawn(cell: GridCell | None) -> Row:
    return dict(zip(CELL, cell, strict=True)) if cell else {}


def _boxed(box: Box | None) -> Row:
    return dict(zip(BOX, astuple(box), strict=True)) if box else {}
