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
from dagster_project.sources.refused import RefusedFileError
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Form, FormRead, Refusal
from dagster_project.tmm_f004.page.header_fields import vocabulary_of
from dagster_project.tmm_f004.page.printed_page import parse
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.reconcile.reports import IN_FORCE, Report, Situacion, Standing
from dagster_project.tmm_f004.reconcile.unit_year import reconcile
from dagster_project.tmm_f004.rows_json import read_text
from dagster_project.tmm_f004.settle.pages import PoolKey, place_pages, pool_key, settle_extract, settle_pool
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse import rows
from dagster_project.warehouse.db.bulk_insert import insert
from dagster_project.warehouse.db.migrations import migrate
from dagster_project.warehouse.files.extract_file import DecodedFile, decode
from dagster_project.warehouse.years.pages_in_force import load_pages
from dagster_project.warehouse.years.read_pool import storable_form

SECONDS, SECONDS_PER_BYTE = 1.0, 200e-6
"""Processor time that one text may take: a second, and the dearest search for each thirty bytes that make a row."""

STORED_OF = 20
"""One text in so many is written to the tables too: that takes longer than reading it."""

ENTE = "02002"

KEY = "0" * 16
"""The id of the one extract there is."""


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
    pages, refused = _settled(lines)
    read = [(page, read_form(form, catalogs())) for page, form in pages]
    linked = _reconciled(read)
    took = time.process_time() - began
    if took > slack * (SECONDS + SECONDS_PER_BYTE * size):
        raise OutOfBoundsError(f"{took:.1f} s for {size:,} characters")
    if not reading_alone and zlib.crc32("\n".join(lines).encode()) % STORED_OF == 0:
        _store(decoded, refused, read, linked)
    if not reading_alone:
        beside = any(refusal.regla == "forma_al_lado" for refusal in refused)
        _same_as_the_command(lines, sum(len(form.renglones) for _, form in pages), beside)
    for refusal in refused:
        assert 0 <= refusal.linea <= len(lines)
        assert refusal.regla
        assert refusal.razon
    for _, form in pages:
        assert 1 <= form.linea_inicio <= form.linea_fin <= len(lines)
        assert all(form.linea_inicio <= r.linea <= form.linea_fin for r in form.renglones)
    return f"{len(pages)} forms"


def _settled(lines: list[str]) -> tuple[list[tuple[PlacedPage, Form]], list[Refusal]]:
    """The pages as a load settles them where there is no other file, each with its form; and what was refused."""
    printed, refused = parse(lines, vocabulary_of(catalogs()))
    pools: dict[PoolKey, list[PlacedPage]] = defaultdict(list)
    for page in place_pages(KEY, printed, catalogs()):
        pools[pool_key(page)].append(page)
    settled = [one for key, pages in pools.items() for one in settle_pool(pages, key[0], catalogs())]
    return [(page, form) for page, form, _ in settled], refused + [cut for _, _, cut in settled if cut]


def _reconciled(read: list[tuple[PlacedPage, FormRead]]) -> list[tuple[rows.Unit, list, list]]:
    units: dict[rows.Unit, list[Report]] = defaultdict(list)
    for page, leido in read:
        form = leido.formato
        if form.is_placed:
            unit = str(form.ente.valor), str(form.unidad.valor), int(form.anio.valor or 0)
            units[unit].append(Report(KEY, leido, page.printed.huella))
    found = []
    for unit, reports in units.items():
        links, chosen, standings = reconcile(reports)
        in_force = [r for r in reports if standings[r.key].situacion in IN_FORCE]
        assert sum(len(r.leido.renglones) for r in in_force) == len(links) == len(chosen)
        found.append((unit, links, chosen))
    return found


def _store(
    decoded: DecodedFile,
    refused: list[Refusal],
    read: list[tuple[PlacedPage, FormRead]],
    linked: list[tuple[rows.Unit, list, list]],
) -> None:
    """Write all of it to the raw tables and take it back; the pages come out as they went in."""
    con = warehouse()
    con.begin()
    try:
        insert(con, "lineas", rows.line_rows(KEY, decoded.lineas))
        pages = sorted((page for page, _ in read), key=lambda page: page.place)
        insert(con, "paginas", rows.page_rows(pages))
        assert load_pages(con, [page.place for page in pages]) == pages
        insert(con, "rechazos", rows.refusal_rows(KEY, "x.txt", refused))
        printed = {}
        for page, leido in ((page, storable_form(leido)) for page, leido in read):
            insert(con, "formatos", [rows.form_row(page, leido.formato, Standing(Situacion.VIGENTE))])
            insert(con, "campos", rows.field_rows(page, leido.formato))
            insert(con, "renglones", rows.action_rows(page, leido))
            insert(con, "lecturas", list(rows.reading_rows(page, leido)))
            printed |= {r.linea: (r, leido.formato.plan.valor) for r in leido.formato.renglones}
        for unit, links, chosen in linked:
            insert(con, "vinculos", [rows.link_row(unit, link) for link in links])
            insert(con, "elegidas", [rows.chosen_row(unit, c, *printed[c.linea], False) for c in chosen])
    finally:
        con.rollback()


def _same_as_the_command(lines: list[str], wanted: int, beside: bool) -> None:
    """``avance read`` gives an object for every row, and JSON as the standard has it.

    Also for those ``beside`` another on one line, which a load, whose rows go by their line, refuses by name.
    """
    objects = list(read_text("\n".join(lines), catalogs()))
    assert len(objects) > wanted if beside else len(objects) == wanted
    for one in objects:
        json.dumps(one, allow_nan=False)
