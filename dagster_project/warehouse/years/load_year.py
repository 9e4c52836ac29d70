"""Loading one ejercicio: its action rows, their readings, links and chosen values.

Belongs here: the order of things for ``raw.renglones``, ``lecturas``, ``vinculos`` and
``elegidas``, rewritten for one year in one transaction. Does not belong here: which forms
count (``vigentes``), reading and choosing (``tmm_f004``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import duckdb

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.model import ActionRow, Catalogs, Form, FormRead
from dagster_project.tmm_f004.reconcile.corrections import Decisions, line_hash
from dagster_project.tmm_f004.text.fold import plain
from dagster_project.warehouse import rows
from dagster_project.warehouse.db.bulk_insert import Row, insert
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.files.extracts import lines_of
from dagster_project.warehouse.files.other_prints import as_seen
from dagster_project.warehouse.limits import storable_form
from dagster_project.warehouse.reader import Reader, tmm_f004_reader
from dagster_project.warehouse.results import EjercicioLoad, ResultadoEjercicio
from dagster_project.warehouse.state.fingerprint import catalog_fingerprint, extract_fingerprint, fingerprint
from dagster_project.warehouse.years.current_reports import FormRef, forms_of
from dagster_project.warehouse.years.decisions_on_rows import Decided, decisions_on

TABLES = ("renglones", "lecturas", "vinculos", "elegidas")
NO_DECISIONS = Decisions()
BATCH = 10_000
"""Rows kept in memory before they go to the table."""


class StaleExtractsError(RuntimeError):
    """The extracts must be settled again (``load_extracts``) before a year can be read from them."""


def pending_ejercicios(con: duckdb.DuckDBPyConnection, decisions: Decisions = NO_DECISIONS) -> list[int]:
    """The years whose rows are missing or no longer follow from the extracts, in order."""
    known = {
        year
        for (year,) in con.execute(
            "select ejercicio from raw.formatos where ejercicio is not null union select ejercicio from raw.ejercicios"
        ).fetchall()
    }
    stored = _stored(con)
    return [year for year in sorted(known) if stored.get(year) != year_fingerprint(con, year, decisions)]


def year_fingerprint(con: duckdb.DuckDBPyConnection, ejercicio: int, decisions: Decisions = NO_DECISIONS) -> str:
    """What a year's rows follow from as things stand; ``raw.ejercicios`` keeps what they were made from."""
    return _huella(con, ejercicio, forms_of(con, ejercicio), decisions)


def load_ejercicio(
    con: duckdb.DuckDBPyConnection,
    ejercicio: int,
    catalogs: Catalogs,
    *,
    reader: Reader | None = None,
    decisions: Decisions = NO_DECISIONS,
) -> EjercicioLoad:
    """Rewrite the rows of one ejercicio, all or none; the same inputs again write nothing.

    A form whose cells cannot be read keeps its printed rows and is named in ``fallas``.

    Raises:
        ContradictedDecisionError: a person's decision names a printed value that is not printed there.
        StaleExtractsError: an extract was settled with other code or catalogues than these.
        duckdb.Error: the warehouse cannot be written; the year's rows are as they were.
    """
    refs = forms_of(con, ejercicio)
    _refuse_stale(con, refs, catalogs)
    huella = _huella(con, ejercicio, refs, decisions)
    unchanged = _stored(con).get(ejercicio) == huella
    fallas: list[str] = []
    if not unchanged:
        with transaction(con):
            _clear(con, ejercicio)
            if refs:
                writer = _YearWriter(con, ejercicio, catalogs, reader or tmm_f004_reader(), decisions)
                fallas = writer.write(refs)
                # With failures the year stays pending: the next load tries, and says so, again.
                if not fallas:
                    con.execute(
                        "insert into raw.ejercicios values (?, ?, ?)",
                        [ejercicio, huella, datetime.now(UTC).isoformat()],
                    )
    if not refs:
        return EjercicioLoad(ejercicio, ResultadoEjercicio.EMPTY)
    return EjercicioLoad(
        ejercicio,
        ResultadoEjercicio.UNCHANGED if unchanged else ResultadoEjercicio.LOADED,
        huella,
        extractos=len({ref.extracto_id for ref in refs}),
        formatos=len(refs),
        cortes=tuple(sorted({ref.corte for ref in refs if ref.corte})),
        reportes_superados=len({(r.extracto_id, r.unit, r.corte) for r in refs if r.unit and not r.vigente}),
        renglones_superados=sum(r.renglones for r in refs if r.unit and not r.vigente),
        renglones_sin_reporte=sum(r.renglones for r in refs if not r.unit),
        fallas=tuple(fallas),
        **_counts(con, ejercicio),
    )


def _refuse_stale(con: duckdb.DuckDBPyConnection, refs: list[FormRef], catalogs: Catalogs) -> None:
    wanted = {ref.extracto_id for ref in refs}
    of_catalogs = catalog_fingerprint(catalogs)
    for key, ruta, ente, published, huella in con.execute(
        "select extracto_id, ruta, ente_codigo, publicado_en, huella from raw.extractos"
    ).fetchall():
        if key in wanted and huella != extract_fingerprint(of_catalogs, RegistroExtracto(ente, published)):
            raise StaleExtractsError(
                f"{ruta} was settled with other rules or catalogues than today's: load raw/extractos first"
            )


class _YearWriter:
    """Reads the forms of a year extract by extract and reconciles each unit once all of it is read."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, ejercicio: int, catalogs: Catalogs, reader: Reader, decisions: Decisions
    ) -> None:
        self.con, self.ejercicio, self.catalogs, self.reader = con, ejercicio, catalogs, reader
        self.decided = Decided(decisions)
        self.fallas: list[str] = []
        self.hashes: list[str] = []
        self.buffers: dict[str, list[Row]] = {table: [] for table in TABLES}

    def write(self, refs: list[FormRef]) -> list[str]:
        """Write every table; returns the forms whose cells could not be read."""
        awaited = Counter(ref.unit for ref in refs if ref.vigente and ref.unit)
        read: dict[rows.Unit, list[tuple[str, FormRead]]] = defaultdict(list)
        for ref, leido in self._read(refs):
            hashes = {r.linea: self.hashes[r.linea - 1] for r in leido.formato.renglones}
            self._put("renglones", rows.action_rows(ref.extracto_id, leido, hashes))
            self._put("lecturas", list(rows.reading_rows(ref.extracto_id, leido)))
            if ref.vigente and ref.unit:
                read[ref.unit].append((ref.extracto_id, self.decided.corrected(leido, ref.extracto_id, hashes)))
                awaited[ref.unit] -= 1
                if not awaited[ref.unit]:
                    self._reconcile(ref.unit, read.pop(ref.unit))
        for table in TABLES:
            self._flush(table)
        return self.fallas

    def _read(self, refs: list[FormRef]) -> Iterator[tuple[FormRef, FormRead]]:
        for extracto_id, group in groupby(refs, key=lambda ref: ref.extracto_id):
            forms = self._settled(extracto_id)
            for ref in group:
                yield ref, self._cells(extracto_id, forms[ref.formato])

    def _settled(self, extracto_id: str) -> dict[int, Form]:
        [(ente, vistos)] = self.con.execute(
            "select ente_codigo, vistos::varchar from raw.extractos where extracto_id = ?", [extracto_id]
        ).fetchall()
        supposed = replace(
            self.catalogs, ente_supuesto=ente or self.catalogs.ente_supuesto, vistos=as_seen(vistos)
        )  # fmt: skip
        lines = lines_of(self.con, extracto_id)
        self.hashes = [line_hash(line) for line in lines]
        settled = self.reader.settle(lines, supposed)
        return {formato.formato: formato for formato in settled.formatos}

    def _cells(self, extracto_id: str, formato: Form) -> FormRead:
        try:
            return storable_form(self.reader.read(formato, self.catalogs))
        except Exception as error:  # one form must not cost the year its other forms
            self.fallas.append(
                f"extract {extracto_id}, form {formato.formato} (line {formato.linea_inicio}): "
                f"{type(error).__name__}: {error}"
            )
            return FormRead(formato, None, ())

    def _reconcile(self, unit: rows.Unit, read: list[tuple[str, FormRead]]) -> None:
        read.sort(key=lambda r: (r[1].formato.corte or "", r[0], r[1].formato.formato))
        printed = {
            (key, row.linea): (row, leido.formato.plan.valor, self._is_ratio(row))
            for key, leido in read
            for row in leido.formato.renglones
        }
        reportes = [self.reader.reporte(key, leido) for key, leido in read]
        said = self.decided.links_among(set(printed))
        try:
            links, chosen = self.reader.reconcile(reportes, said) if said else self.reader.reconcile(reportes)
        except Exception as error:  # nor one unit the others; its rows without a choice fail the checks
            self.fallas.append(f"unit {unit[1]}, {unit[2]}: {type(error).__name__}: {error}")
            return
        self._put("vinculos", [rows.link_row(unit, link) for link in links])
        self._put("elegidas", [rows.chosen_row(unit, c, *printed[(c.extracto_id, c.linea)]) for c in chosen])

    def _is_ratio(self, row: ActionRow) -> bool:
        return plain(row.unidad_medida) in self.catalogs.razones

    def _put(self, table: str, new: list[Row]) -> None:
        self.buffers[table] += new
        if len(self.buffers[table]) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        insert(self.con, table, self.buffers[table])
        self.buffers[table] = []


def _clear(con: duckdb.DuckDBPyConnection, ejercicio: int) -> None:
    """Drop the year's rows, and rows that a page of this year left under another when read before."""
    for table in TABLES:
        con.execute(
            f"""
            delete from raw.{table} t where t.ejercicio = $1 or exists (
                select 1 from raw.formatos f
                where f.ejercicio = $1 and f.extracto_id = t.extracto_id
                    and t.linea between f.linea_inicio and f.linea_fin
            )
            """,
            [ejercicio],
        )
    con.execute("delete from raw.ejercicios where ejercicio = ?", [ejercicio])


def _huella(con: duckdb.DuckDBPyConnection, ejercicio: int, refs: list[FormRef], decisions: Decisions) -> str:
    """Hash of what the year's rows follow from: its forms, which count, what settled them, what people decided."""
    if not refs:
        return ""
    settled = dict(con.execute("select extracto_id, concat(huella, vistos::varchar) from raw.extractos").fetchall())
    return fingerprint(
        [ejercicio]
        + [[r.extracto_id, r.formato, r.unit, r.corte, r.vigente, settled[r.extracto_id]] for r in refs]
        + decisions_on(con, {r.extracto_id for r in refs}, decisions)
    )


def _stored(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    return dict(con.execute("select ejercicio, huella from raw.ejercicios").fetchall())


def _counts(con: duckdb.DuckDBPyConnection, ejercicio: int) -> dict[str, int]:
    counts = {}
    for table in TABLES:
        found = con.execute(f"select count(*) from raw.{table} where ejercicio = ?", [ejercicio]).fetchone()
        counts[table] = found[0] if found else 0
    return counts
