"""What must hold of the reader on any text: it returns or refuses, within a bound, and what it returns fits the tables.

Not here: where the texts come from (``texts``, ``guided``).
"""

from __future__ import annotations

import json
import time
import zlib
from collections import defaultdict
from functools import cache

import duckdb

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.model import Catalogs, FormRead
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.reconcile.corrections import line_hash
from dagster_project.tmm_f004.reconcile.unit_year import Report, reconcile
from dagster_project.tmm_f004.rows_json import read_text
from dagster_project.tmm_f004.settle.pages import settle_extract
from dagster_project.warehouse import rows
from dagster_project.warehouse.db.bulk_insert import insert
from dagster_project.warehouse.db.migrations import migrate
from dagster_project.warehouse.files.extract_file import DecodedFile, RefusedFileError, decode
from dagster_project.warehouse.limits import storable_form

SECONDS, SECONDS_PER_BYTE = 1.0, 200e-6
"""Processor time that one text may take: a second, and the dearest search for each thirty bytes that make a row."""

STORED_OF = 20
"""One text in so many is written to the tables too: that takes longer than reading it."""

ENTE = "02002"


class OutOfBoundsError(AssertionError):
    """A text took longer than its size allows."""


@cache
def catalogs() -> Catalogs:
    """The catalogues of the seeds, read once."""
    return load_catalogs(RAIZ / "seeds", ENTE)


@cache
def warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse in memory, empty before and after each text."""
    con = duckdb.connect()
    migrate(con)
    return con


@cache
def warm_up() -> None:
    """Read the real extract once: the search compiles itself where it has not yet, which is no text's fault."""
    data = sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0].read_bytes()
    for form in settle_extract(data.decode().split("\n"), catalogs()).formatos:
        read_form(form, catalogs())


def check_bytes(data: bytes, slack: float = 1.0, reading_alone: bool = False) -> str:
    """What comes of a file of these bytes: the rule it is refused by, or how many forms it holds."""
    try:
        decoded = decode(data)
    except RefusedFileError as refused:
        return refused.regla
    return check(decoded, slack, reading_alone)


def check(decoded: DecodedFile, slack: float = 1.0, reading_alone: bool = False) -> str:
    """Read, settle and reconcile the text of a file, then store it and print it unless ``reading_alone``.

    ``slack`` times the bound: instrumented code takes longer.

    Raises:
        OutOfBoundsError: it took too long. Any other exception is the reader's own, and a defect.
    """
    warm_up()
    began = time.process_time()
    lines = [text for text, _ in decoded.lineas]
    size = sum(map(len, lines)) + len(lines)
    settled = settle_extract(lines, catalogs())
    read = [read_form(form, catalogs()) for form in settled.formatos]
    linked = _reconciled(read)
    took = time.process_time() - began
    if took > slack * (SECONDS + SECONDS_PER_BYTE * size):
        raise OutOfBoundsError(f"{took:.1f} s for {size:,} characters")
    if not reading_alone and zlib.crc32("\n".join(lines).encode()) % STORED_OF == 0:
        _store(decoded, lines, settled, read, linked)
    if not reading_alone:
        _same_as_the_command(lines, sum(len(form.renglones) for form in settled.formatos))
    for refusal in settled.rechazos:
        assert 0 <= refusal.linea <= len(lines)
        assert refusal.regla
        assert refusal.razon
    for form in settled.formatos:
        assert 1 <= form.linea_inicio <= form.linea_fin <= len(lines)
        assert all(form.linea_inicio <= r.linea <= form.linea_fin for r in form.renglones)
    return f"{len(settled.formatos)} forms"


def _reconciled(read: list[FormRead]) -> list[tuple[rows.Unit, list, list]]:
    units: dict[rows.Unit, list[FormRead]] = defaultdict(list)
    for leido in read:
        form = leido.formato
        if form.ente.valor and form.unidad.valor and form.corte and form.ejercicio:
            units[form.ente.valor, form.unidad.valor, form.ejercicio].append(leido)
    return [(unit, *reconcile([Report("0" * 16, r) for r in reports])) for unit, reports in units.items()]


def _store(decoded: DecodedFile, lines: list[str], settled, read: list[FormRead], linked) -> None:  # type: ignore[no-untyped-def]
    """Write all of it to the raw tables and take it back."""
    key, con = "0" * 16, warehouse()
    hashes = {number: line_hash(text) for number, text in enumerate(lines, start=1)}
    con.begin()
    try:
        insert(con, "lineas", rows.line_rows(key, decoded.lineas))
        insert(con, "formatos", rows.form_rows(key, settled))
        insert(con, "campos", rows.field_rows(key, settled))
        insert(con, "rechazos", rows.refusal_rows(key, "x.txt", settled.rechazos))
        printed = {}
        for leido in map(storable_form, read):
            insert(con, "renglones", rows.action_rows(key, leido, hashes))
            insert(con, "lecturas", list(rows.reading_rows(key, leido)))
            printed |= {r.linea: (r, leido.formato.plan.valor) for r in leido.formato.renglones}
        for unit, links, chosen in linked:
            insert(con, "vinculos", [rows.link_row(unit, link) for link in links])
            insert(con, "elegidas", [rows.chosen_row(unit, c, *printed[c.linea], False) for c in chosen])
    finally:
        con.rollback()


def _same_as_the_command(lines: list[str], wanted: int) -> None:
    """``avance read`` gives an object for every row, and JSON as the standard has it."""
    objects = list(read_text("\n".join(lines), catalogs()))
    assert len(objects) == wanted
    for one in objects:
        json.dumps(one, allow_nan=False)
