"""The raw layer as assets: what extract files say, and how each ejercicio is read.

Thin over ``warehouse``: which files, in which order, in which transaction is decided there.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import duckdb
from pydantic import Field

from dagster_project.defs.assets.dbt import NODES
from dagster_project.defs.columns import column_schema
from dagster_project.defs.failures import at_work, failure
from dagster_project.defs.inbox_watch import LEFT_TAG
from dagster_project.defs.metadata import OWNERS, as_json, materialization_metadata
from dagster_project.defs.resources import POOL, Warehouse
from dagster_project.defs.tables import of_files
from dagster_project.notices.plain_failures import PlainFailure
from dagster_project.proposals.propose import propose, read_seeds
from dagster_project.proposals.seen import pages_seen
from dagster_project.proposals.waiting import note_waiting
from dagster_project.settings import today
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.results import ExtractLoad, Resultado, ResultadoEjercicio
from dagster_project.warehouse.state.counts import (
    count_rows,
    quarters_found,
    sources_hash,
    states_of,
)
from dagster_project.warehouse.state.set_aside import SetAside, files_set_aside, files_taken_out, rows_to_publish

EXTRACT_TABLES = {
    "extractos": "Una fila por archivo de extracto cargado, con su hash y sus fechas.",
    "rutas": "Una fila por ruta de archivo leída alguna vez, con el extracto que tenía la última vez.",
    "hojas": "Una fila por página de un PDF o de una imagen, o por hoja de un libro, que se leyó.",
    "palabras": "Una fila por palabra de una página, con su lugar, o por celda de una hoja, antes de mirar la forma.",
    "lineas": "Una fila por línea de un extracto: de un texto, tal como venía; de un documento, de sus palabras.",
    "celdas": "Una fila por celda de una línea que salió de un documento: en qué página y lugar está.",
    "paginas": "Una fila por página de formato de un extracto: sus campos, renglones y firmas como se imprimieron.",
    "rechazos": "Una fila por pieza que no se pudo leer, con su línea, regla y razón.",
}
YEAR_TABLES = {
    "formatos": "Una fila por página de formato: unidad, trimestre y plan, cada uno con cómo se asentó, y si cuenta.",
    "campos": "Una fila por campo del encabezado o firma, como se imprimió y como se asentó.",
    "renglones": "Una fila por renglón de acción, con sus celdas como se imprimieron.",
    "lecturas": "Una fila por lectura candidata de un renglón, la más barata primero.",
    "vinculos": "Una fila por renglón de un reporte vigente: qué acción del ejercicio es.",
    "elegidas": "Una fila por renglón de un reporte vigente: la lectura elegida, con su estado.",
    "series": "Una fila por acción de un ejercicio: qué acción de un ejercicio anterior continúa.",
}

# The law that has municipalities report programmes this way (Ley General de Contabilidad
# Gubernamental) is in force since 1 January 2009: no form can be older.
FIRST_EJERCICIO = 2009


NAMED = 3
"""Files that a message names."""


class ExtractosConfig(dg.Config):
    """Which files a run leaves for a later one."""

    en_espera: list[str] = Field(default=[], description="Rutas que todavía cambian; las lee la carga siguiente.")


class EjerciciosConfig(dg.Config):
    """Which ejercicios a run reads. None named: every one of which anything changed."""

    ejercicios: list[int] = Field(default=[], description="Ejercicios que se leen; ninguno: los que cambiaron.")
    de_nuevo: bool = Field(default=False, description="Leerlos aunque nada haya cambiado; ninguno nombrado: todos.")


def _specs(tables: dict[str, str], **more: Any) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            ["raw", table],
            description=description,
            group_name="raw",
            owners=OWNERS,
            kinds={"python", "duckdb"},
            **more,
        )
        for table, description in tables.items()
    ]


@dg.multi_asset(name="raw_extractos", specs=_specs(EXTRACT_TABLES), pool=POOL)
def raw_extractos(
    context: dg.AssetExecutionContext, config: ExtractosConfig, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult]:
    """Load the extract files, each in a transaction of its own."""

    def on_file(load: ExtractLoad) -> None:
        # A message is an event in Dagster's record: after some years nearly every file is one of before.
        if load.resultado is not Resultado.UNCHANGED:
            context.log.info(f"{load.ruta}: {load.resultado}")

    def on_page(ruta: str, page: int, pages: int) -> None:
        context.log.info(f"{ruta}: page {page}" + (f" of {pages}" if pages else ""))

    with at_work(context, warehouse) as settings, open_warehouse(settings.warehouse) as con:
        from dagster_project.defs.loading import load_files  # a run alone needs the reader, once it may write

        loads = load_files(con, settings, on_file, on_page, config.en_espera, context.log.warning)
        results = _results(con, EXTRACT_TABLES, None)  # of which quarters pages are, their year says
    if left := sum(r.resultado is Resultado.WAITING and r.ruta not in config.en_espera for r in loads):
        context.instance.add_run_tags(context.run_id, {LEFT_TAG: str(left)})
    results["extractos"] |= {"cargas": dg.MetadataValue.json(as_json(loads)), **of_files(as_json(loads))}
    for table, metadata in results.items():
        yield dg.MaterializeResult(["raw", table], metadata=metadata)
    if not results["paginas"]["dagster/row_count"]:
        # Empty marts would break no rule, and replace a version that holds something.
        said = f"no file in {settings.extracts} holds a form that could be read; there is nothing to build"
        raise failure(PlainFailure(said, "Ponga los extractos en esa carpeta (AVANCE_EXTRACTS) o en la bandeja."))


@dg.multi_asset(
    name="raw_ejercicios",
    specs=_specs(YEAR_TABLES, deps=[["raw", t] for t in EXTRACT_TABLES if t != "rechazos"]),
    pool=POOL,
)
def raw_ejercicios(
    context: dg.AssetExecutionContext, config: EjerciciosConfig, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult]:
    """Read the action rows of each ejercicio and choose their readings, a transaction a year; then link the years."""
    calendar = range(FIRST_EJERCICIO, today().year + 1)
    with at_work(context, warehouse) as settings, open_warehouse(settings.warehouse) as con:
        from dagster_project.defs.loading import read_ejercicios

        read = read_ejercicios(con, settings, config.ejercicios, calendar, anew=config.de_nuevo)
        states: Counter[str] = Counter()
        for year in read.years:
            states.update(states_of(con, year.ejercicio))
        found = quarters_found(con)
        results = _results(con, YEAR_TABLES, [quarter.corte for quarter in found])
        is_empty = not rows_to_publish(con)
        aside = files_set_aside(con) if is_empty else []
        taken_out = files_taken_out(con) if is_empty else []
        note_waiting(settings.home, propose(pages_seen(con), read_seeds(settings.seeds)))
    loaded = [year for year in read.years if year.resultado is not ResultadoEjercicio.EMPTY]
    if not aside and not taken_out and not any(year.ejercicio for year in loaded):
        # The other years' figures would come out again, as if this one had been looked at.
        said = _without_forms(config.ejercicios, [year for year in read.known if year in calendar])
        raise failure(PlainFailure(said, "Nombre un ejercicio del que haya formatos, o ninguno."))
    for year in loaded:
        context.log.info(f"{year.ejercicio or 'no settled year'}: {year.renglones} rows, {year.resultado}")
    if outside := read.outside:
        context.log.warning(f"forms of years outside the calendar are not loaded: {outside}")
    results["elegidas"] |= {
        "ejercicios": dg.MetadataValue.json(as_json(loaded)),
        "estados": dg.MetadataValue.json(dict(states)),
        "decisiones": dg.MetadataValue.json(read.decided),
        "perdidas": dg.MetadataValue.json(as_json(read.losses)),
        "unidades": sorted({unit for quarter in found for unit in quarter.unidades}),
        "cortes": [quarter.corte for quarter in found],
        "fuera_de_calendario": outside,
        "apartadas": dg.MetadataValue.json(as_json(aside)),
    }
    results["series"] |= {"vinculos": read.series.vinculos, "inciertos": read.series.inciertos}
    for table, metadata in results.items():
        yield dg.MaterializeResult(["raw", table], metadata=metadata)
    if is_empty:
        # Empty marts would break no rule, and replace a version that holds something.
        raise failure(_without_rows(aside, taken_out))


def _results(
    con: duckdb.DuckDBPyConnection, tables: dict[str, str], quarters: list[str] | None
) -> dict[str, dict[str, Any]]:
    """What every materialization reports, for each of the tables."""
    rows = count_rows(con, [f"raw.{table}" for table in tables])
    sources = sources_hash(con)
    schemas = {table: {"dagster/column_schema": column_schema(con, table, NODES)} for table in tables}
    return {
        table: materialization_metadata(rows[f"raw.{table}"], sources, quarters, code=__file__, **schemas[table])
        for table in tables
    }


def _without_rows(aside: Sequence[SetAside], taken_out: Sequence[str]) -> PlainFailure:
    """Why there is no row to publish, and what to do."""
    if aside:
        count = sum(file.paginas for file in aside)
        said = f"forms were read and all are set aside ({count}): no row to publish"
        return PlainFailure(said, "avance propose muestra qué les falta a los catálogos.")
    if taken_out:
        named = ", ".join(taken_out[:NAMED]) + (" …" if len(taken_out) > NAMED else "")
        said = f"every file that holds an action row is taken out by extractos.csv ({named}): no row to publish"
        return PlainFailure(said, "avance retire FILE --undo devuelve uno.")
    said = "forms were read and none of them has an action row that counts: no row to publish"
    return PlainFailure(said, "avance read FILE muestra lo que se lee de un archivo.")


def _without_forms(asked: Sequence[int], there: Sequence[int]) -> str:
    """Why nothing of the years asked for was loaded."""
    wanted = ", ".join(map(str, asked)) or "a year that can be loaded"
    return f"no extract holds a form of {wanted}; there are forms of {', '.join(map(str, there)) or 'no settled year'}"
