"""Loading the ejercicios: the pages of each settled, read, linked and chosen, whatever files they came in.

Belongs here: the order of things for ``raw.formatos``, ``campos``, ``renglones``, ``lecturas``, ``vinculos`` and
``elegidas``, rewritten for one year in one transaction. Does not belong here: which pages there are
(``pages_in_force``), settling, reading and choosing (``read_pool``), and doing so elsewhere (``pools_ahead``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.tmm_f004.reconcile.reports import IN_FORCE, PageKey
from dagster_project.warehouse.db.bulk_insert import Row, insert
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.reader import Reader, tmm_f004_reader
from dagster_project.warehouse.results import EjercicioLoad, ResultadoEjercicio
from dagster_project.warehouse.spread.said import NO_DECISIONS
from dagster_project.warehouse.spread.seam import Spread
from dagster_project.warehouse.state.fingerprint import catalog_fingerprint, extract_fingerprint, fingerprint
from dagster_project.warehouse.years.decisions_on_rows import decisions_on
from dagster_project.warehouse.years.pages_in_force import (
    lines_of_pages,
    load_pages,
    pages_by_ente,
    pages_in_force,
)
from dagster_project.warehouse.years.pools_ahead import PoolsAhead, insert_pool
from dagster_project.warehouse.years.read_pool import TABLES, PoolReader

BATCH = 10_000
"""Rows kept in memory before they go to the table."""

OF_THE_YEAR = "ejercicio is not distinct from nullif(?, 0)"


class StaleExtractsError(RuntimeError):
    """The extracts must be parsed again (``load_extracts``) before a year can be read from them."""


class YearLoader:
    """The ejercicios of a warehouse as its live extracts, the catalogues and people's decisions make them."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        catalogs: Catalogs,
        decisions: Decisions = NO_DECISIONS,
        reader: Reader | None = None,
    ) -> None:
        self.con, self.catalogs, self.decisions, self.reader = con, catalogs, decisions, reader
        self.pages = pages_in_force(con, catalogs, decisions)
        self.ahead: PoolsAhead | None = None

    def read_ahead(self, years: Iterable[int], spread: Spread) -> None:
        """Begin to read the pending ones of some years elsewhere; ``load``, in this order, takes what comes of it."""
        wanted = set(years)
        pending = {year: self.fingerprint(year) for year in self.pending() if year in wanted}
        if sum(len(self.pages.of_year.get(year, ())) for year in pending) >= spread.from_pages:
            self.ahead = PoolsAhead(self.con, self.pages, self.catalogs, self.decisions, spread, pending)

    def known(self) -> list[int]:
        """The years that a page is of, or of which rows are still written, in order; ``NO_EJERCICIO`` first."""
        return sorted({*self.pages.of_year, *_stored(self.con)})

    def pending(self) -> list[int]:
        """The known years whose rows are missing or no longer follow from the extracts, in order."""
        stored = _stored(self.con)
        return [year for year in self.known() if stored.get(year) != self.fingerprint(year)]

    def fingerprint(self, year: int) -> str:
        """What a year's rows follow from as things stand; ``raw.ejercicios`` keeps what they were made from.

        Its pages, their files and ranks, what settled them, what people decided; empty where there is no page.
        """
        inputs = self.pages.inputs(year)
        if not inputs:
            return ""
        extracts = {key[0] for key in self.pages.of_year[year]}
        return fingerprint([year, *inputs, *decisions_on(self.con, extracts, self.decisions)])

    def forget(self, years: Sequence[int]) -> None:
        """Let these ejercicios be read, and their marts be built, as if for the first time."""
        with transaction(self.con):
            for table in ("ejercicios", "ejercicios_construidos"):
                self.con.execute(f"delete from raw.{table} where ejercicio in (select unnest(?))", [list(years)])

    def load(self, year: int) -> EjercicioLoad:
        """Rewrite the rows of one ejercicio, all or none; the same inputs again write nothing.

        A form whose cells cannot be read keeps its printed rows and is named in ``fallas``.

        Raises:
            ContradictedDecisionError: a person's decision names a printed value that is not printed there.
            StaleExtractsError: an extract was parsed with other code or catalogues than these.
            LostPoolError: what read ahead ended again and again.
            duckdb.Error: the warehouse cannot be written; the year's rows are as they were.
        """
        self._refuse_stale(year)
        huella = self.fingerprint(year)
        unchanged = _stored(self.con).get(year, "") == huella
        fallas: list[str] = []
        if not unchanged:
            found = self.ahead.of_year(year) if self.ahead else []  # none where nobody read it ahead
            with transaction(self.con):
                fallas = self._rewrite(year, found)
                if huella:  # with failures the year stays pending: the next load tries, and says so, again
                    row = [year, f"fallas {huella}" if fallas else huella, datetime.now(UTC).isoformat()]
                    self.con.execute("insert into raw.ejercicios values (?, ?, ?)", row)
        if not huella:
            return EjercicioLoad(year, ResultadoEjercicio.EMPTY)
        return EjercicioLoad(
            year,
            ResultadoEjercicio.UNCHANGED if unchanged else ResultadoEjercicio.LOADED,
            huella,
            extractos=len({key[0] for key in self.pages.of_year[year]}),
            fallas=tuple(fallas),
            **_counts(self.con, year),
        )

    def _rewrite(self, year: int, found: Sequence[Path]) -> list[str]:
        """Put in place of a year's rows those that were ``found`` ahead, or else those that its pages are read to."""
        keys = self.pages.of_year.get(year, [])
        _clear(self.con, year, keys)
        if found:
            return [falla for part in found for falla in insert_pool(self.con, part)]
        pages = [self.pages.placed.get(page.place, page) for page in load_pages(self.con, keys)]
        to_tables = _Tables(self.con)
        reader = self.reader or tmm_f004_reader()
        read = PoolReader(self.pages.files, self.catalogs, self.decisions, reader, to_tables.put)
        fallas = [falla for ente, pool in pages_by_ente(pages) for falla in read.read(ente, pool)]
        to_tables.flush()
        return fallas

    def _refuse_stale(self, year: int) -> None:
        of_catalogs = catalog_fingerprint(self.catalogs)
        for extracto_id in {key[0] for key in self.pages.of_year.get(year, [])}:
            file = self.pages.files[extracto_id]
            if file.huella != extract_fingerprint(of_catalogs, file.registered):
                raise StaleExtractsError(
                    f"{file.ruta} was parsed with other rules or catalogues than today's: load raw/extractos first"
                )


class _Tables:
    """Takes rows by table and inserts them, many at once."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.rows: dict[str, list[Row]] = defaultdict(list)

    def put(self, table: str, rows: Iterable[Row]) -> None:
        self.rows[table] += rows
        if len(self.rows[table]) >= BATCH:
            insert(self.con, table, self.rows.pop(table))

    def flush(self) -> None:
        for table in (*TABLES, "rechazos"):
            insert(self.con, table, self.rows.pop(table, []))


def _clear(con: duckdb.DuckDBPyConnection, year: int, keys: list[PageKey]) -> None:
    """Drop the year's rows, and rows that one of its pages left under another year when it was settled before."""
    for table in TABLES:
        con.execute(f"delete from raw.{table} where {OF_THE_YEAR}", [year])
    con.execute("delete from raw.rechazos where ejercicio = ?", [year])
    con.execute("delete from raw.ejercicios where ejercicio = ?", [year])
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for extracto_id, first, last in lines_of_pages(con, keys):
        spans[extracto_id].append((first, last))
    moved = con.execute(
        "select f.extracto_id, f.formato, f.linea_inicio, f.linea_fin from raw.formatos f "
        "where f.extracto_id in (select unnest(?::varchar[]))",
        [sorted(spans)],
    ).fetchall()
    for extracto_id, formato, first, last in moved:
        if any(start <= last and first <= end for start, end in spans[extracto_id]):
            con.execute("delete from raw.formatos where extracto_id = ? and formato = ?", [extracto_id, formato])
            for table in TABLES[1:]:
                con.execute(
                    f"delete from raw.{table} where extracto_id = ? and linea between ? and ?",
                    [extracto_id, first, last],
                )


def _stored(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    return dict(con.execute("select ejercicio, huella from raw.ejercicios").fetchall())


def _counts(con: duckdb.DuckDBPyConnection, year: int) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    for table in TABLES:
        if table != "campos":
            found = con.execute(f"select count(*) from raw.{table} where {OF_THE_YEAR}", [year]).fetchone()
            counts[table] = found[0] if found else 0
    standing = con.execute(
        f"select situacion, count(*), sum(renglones)::integer from raw.formatos where {OF_THE_YEAR} group by all",
        [year],
    ).fetchall()
    cortes = con.execute(
        f"select distinct corte from raw.formatos where corte is not null and {OF_THE_YEAR} order by corte", [year]
    ).fetchall()
    cut = con.execute(
        "select format('{}, line {}: {} ({})', ruta, linea, razon, regla) from raw.rechazos where ejercicio = ? "
        "order by ruta, linea",
        [year],
    ).fetchall()
    aside = sum(n for what, _, n in standing if what not in IN_FORCE)
    return counts | {
        "cortes": tuple(corte for (corte,) in cortes),
        "paginas": {what: pages for what, pages, _ in sorted(standing)},
        "renglones_apartados": aside,
        "cortadas": tuple(said for (said,) in cut),
    }
