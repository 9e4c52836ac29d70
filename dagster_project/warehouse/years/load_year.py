"""Loading the ejercicios: the pages of each settled, read, linked and chosen, whatever files they came in.

Belongs here: the order of things for ``raw.formatos``, ``campos``, ``renglones``, ``lecturas``, ``vinculos`` and
``elegidas``, rewritten for one year in one transaction. Does not belong here: which pages there are
(``pages_in_force``), settling, reading and choosing (``tmm_f004``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import ActionRow, Form, FormRead, Refusal
from dagster_project.tmm_f004.reconcile.corrections import Decisions
from dagster_project.tmm_f004.reconcile.reports import IN_FORCE, PageKey, Rank, Report, Situacion, Standing
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse import rows
from dagster_project.warehouse.db.bulk_insert import Row, insert
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.limits import storable_form
from dagster_project.warehouse.reader import Reader, tmm_f004_reader
from dagster_project.warehouse.results import EjercicioLoad, ResultadoEjercicio
from dagster_project.warehouse.state.fingerprint import catalog_fingerprint, extract_fingerprint, fingerprint
from dagster_project.warehouse.years.decisions_on_rows import Decided, decisions_on
from dagster_project.warehouse.years.pages_in_force import (
    NO_EJERCICIO,
    PagesInForce,
    load_pages,
    pages_by_ente,
    pages_in_force,
)

TABLES = ("formatos", "campos", "renglones", "lecturas", "vinculos", "elegidas")
NO_DECISIONS = Decisions()
BATCH = 10_000
"""Rows kept in memory before they go to the table."""

ASIDE = Standing(Situacion.APARTADA)
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
            duckdb.Error: the warehouse cannot be written; the year's rows are as they were.
        """
        self._refuse_stale(year)
        huella = self.fingerprint(year)
        unchanged = _stored(self.con).get(year, "") == huella
        fallas: list[str] = []
        if not unchanged:
            with transaction(self.con):
                keys = self.pages.of_year.get(year, [])
                pages = [self.pages.placed.get(page.place, page) for page in load_pages(self.con, keys)]
                _clear(self.con, year, pages)
                writer = _YearWriter(self.con, self.pages, self.catalogs, self.reader or tmm_f004_reader())
                fallas = writer.write(pages, self.decisions) if pages else []
                if pages:  # with failures the year stays pending: the next load tries, and says so, again
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

    def _refuse_stale(self, year: int) -> None:
        of_catalogs = catalog_fingerprint(self.catalogs)
        for extracto_id in {key[0] for key in self.pages.of_year.get(year, [])}:
            file = self.pages.files[extracto_id]
            if file.huella != extract_fingerprint(of_catalogs, file.registered):
                raise StaleExtractsError(
                    f"{file.ruta} was parsed with other rules or catalogues than today's: load raw/extractos first"
                )


class _YearWriter:
    """Settles the pages of a year pool by pool, then reads and reconciles them unit by unit."""

    def __init__(self, con: duckdb.DuckDBPyConnection, known: PagesInForce, catalogs: Catalogs, reader: Reader) -> None:
        self.con, self.known, self.catalogs, self.reader = con, known, catalogs, reader
        self.fallas: list[str] = []
        self.buffers: dict[str, list[Row]] = {table: [] for table in (*TABLES, "rechazos")}

    def write(self, pages: Sequence[PlacedPage], decisions: Decisions) -> list[str]:
        """Write every table; returns the forms whose cells could not be read."""
        decided = Decided(decisions)
        for ente, pool in pages_by_ente(pages):
            units: dict[str, list[tuple[PlacedPage, Form]]] = defaultdict(list)
            for page, form, truncation in self.reader.settle(pool, ente, self.catalogs, decisions.of_pages):
                units[str(form.unidad.valor) if form.is_placed else ""].append((page, form))
                self._refuse(page, truncation)
            for unit, members in sorted(units.items()):
                self._unit(unit, members, decided)
        for table in self.buffers:
            self._flush(table)
        return self.fallas

    def _unit(self, unit: str, members: Sequence[tuple[PlacedPage, Form]], decided: Decided) -> None:
        """Read the pages of a unit and choose; ``unit`` is empty for pages of none that is settled."""
        read = [(page, self._cells(page, form)) for page, form in members]
        reports = [
            Report(page.extracto_id, decided.corrected(leido, page.extracto_id), page.printed.huella, self._rank(page))
            for page, leido in read
        ]
        standings = self._reconcile(reports, decided) if unit else {}
        for page, leido in read:
            self._put("formatos", [rows.form_row(page, leido.formato, standings.get(page.place, ASIDE))])
            self._put("campos", rows.field_rows(page, leido.formato))
            self._put("renglones", rows.action_rows(page, leido))
            self._put("lecturas", rows.reading_rows(page, leido))

    def _rank(self, page: PlacedPage) -> Rank:
        return self.known.files[page.extracto_id].rank

    def _cells(self, page: PlacedPage, form: Form) -> FormRead:
        try:
            return storable_form(self.reader.read(form, self.catalogs))
        except Exception as error:  # one form must not cost the year its other forms
            self.fallas.append(
                f"extract {page.extracto_id}, form {form.formato} (line {form.linea_inicio}): "
                f"{type(error).__name__}: {error}"
            )
            return FormRead(form, None, ())

    def _reconcile(self, reports: Sequence[Report], decided: Decided) -> Mapping[PageKey, Standing]:
        form = reports[0].leido.formato
        unit = str(form.ente.valor), str(form.unidad.valor), int(form.anio.valor or NO_EJERCICIO)
        printed = {
            (r.extracto_id, row.linea): (row, r.leido.formato.plan.valor, self._is_ratio(row))
            for r in reports
            for row in r.leido.formato.renglones
        }
        said = decided.links_among(set(printed))  # what contradicts the print stops the load
        try:
            links, chosen, standings = self.reader.reconcile(reports, said)
        except Exception as error:  # nor one unit the others; its rows without a choice fail the checks
            self.fallas.append(f"unit {unit[1]}, {unit[2]}: {type(error).__name__}: {error}")
            return {r.key: Standing(Situacion.VIGENTE) for r in reports}
        self._put("vinculos", [rows.link_row(unit, link) for link in links])
        self._put("elegidas", [rows.chosen_row(unit, c, *printed[c.extracto_id, c.linea]) for c in chosen])
        return standings

    def _is_ratio(self, row: ActionRow) -> bool:
        return not self.catalogs.adds_up(row.unidad_medida)

    def _refuse(self, page: PlacedPage, refusal: Refusal | None) -> None:
        if refusal:
            ruta, year = self.known.files[page.extracto_id].ruta, rows.pool_year(page) or NO_EJERCICIO
            self._put("rechazos", rows.refusal_rows(page.extracto_id, ruta, [refusal], year))

    def _put(self, table: str, new: Iterable[Row]) -> None:
        self.buffers[table] += new
        if len(self.buffers[table]) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        insert(self.con, table, self.buffers[table])
        self.buffers[table] = []


def _clear(con: duckdb.DuckDBPyConnection, year: int, pages: Sequence[PlacedPage]) -> None:
    """Drop the year's rows, and rows that one of its pages left under another year when it was settled before."""
    for table in TABLES:
        con.execute(f"delete from raw.{table} where {OF_THE_YEAR}", [year])
    con.execute("delete from raw.rechazos where ejercicio = ?", [year])
    con.execute("delete from raw.ejercicios where ejercicio = ?", [year])
    moved = con.execute(
        "select f.extracto_id, f.formato, f.linea_inicio, f.linea_fin from raw.formatos f "
        "where f.extracto_id in (select unnest(?::varchar[]))",
        [sorted({page.extracto_id for page in pages})],
    ).fetchall()
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for page in pages:
        spans[page.extracto_id].append((page.printed.linea_inicio, page.printed.linea_fin))
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
