"""The raw layer as assets: what extract files say, and how each ejercicio is read.

Thin over ``warehouse``: which files, in which order, in which transaction is decided there.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import dagster as dg
import duckdb

# Private in name, but the only way to say that an output was made and its events already
# written: a run over a range of years would else mark every year of it as loaded, also those
# without a form. tests/defs/test_ejercicios.py holds it to that at every upgrade.
from dagster._core.definitions.source_asset import SYSTEM_METADATA_KEY_SOURCE_ASSET_OBSERVATION as YA_INFORMADA

from dagster_project.defs.assets.quarters import informar_trimestres
from dagster_project.defs.metadata import OWNERS, a_json, informe
from dagster_project.defs.partitions import ejercicios
from dagster_project.defs.resources import POOL, Almacen
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.decisions import load_decisions
from dagster_project.reference.registry import load_registry
from dagster_project.settings import Settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_ejercicio, load_folders, pending_ejercicios
from dagster_project.warehouse.files.moved_and_lost import INBOX, standing_losses
from dagster_project.warehouse.results import EjercicioLoad, ExtractLoad, Resultado, ResultadoEjercicio, Sustitucion
from dagster_project.warehouse.state.counts import TrimestreHallado, count_rows, quarters_found, sources_hash, states_of

TABLAS_EXTRACTO = {
    "extractos": "Una fila por archivo de extracto cargado, con su hash y sus fechas.",
    "lineas": "Una fila por línea de un extracto, tal como venía: el archivo se reconstruye byte por byte.",
    "formatos": "Una fila por página de formato: unidad, trimestre y plan, cada uno con cómo se asentó.",
    "campos": "Una fila por campo del encabezado o firma, como se imprimió y como se asentó.",
    "rechazos": "Una fila por pieza que no se pudo leer, con su línea, regla y razón.",
}
TABLAS_EJERCICIO = {
    "renglones": "Una fila por renglón de acción, con sus celdas como se imprimieron.",
    "lecturas": "Una fila por lectura candidata de un renglón, la más barata primero.",
    "vinculos": "Una fila por renglón de un reporte vigente: qué acción del ejercicio es.",
    "elegidas": "Una fila por renglón de un reporte vigente: la lectura elegida, con su estado.",
}


def _specs(tablas: dict[str, str], **mas: Any) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            ["raw", tabla],
            description=descripcion,
            group_name="raw",
            owners=OWNERS,
            kinds={"python", "duckdb"},
            **mas,
        )
        for tabla, descripcion in tablas.items()
    ]


@dg.multi_asset(name="raw_extractos", specs=_specs(TABLAS_EXTRACTO), pool=POOL)
def raw_extractos(context: dg.AssetExecutionContext, almacen: Almacen) -> Iterator[dg.MaterializeResult]:
    """Load the extract files, each in a transaction of its own, and report the quarters found."""
    settings = almacen.settings

    def avisar(carga: ExtractLoad) -> None:
        # A message is an event in Dagster's record: after some years nearly every file is one of before.
        if carga.resultado is not Resultado.UNCHANGED:
            context.log.info(f"{carga.ruta}: {carga.resultado}")

    with open_warehouse(settings.warehouse) as con:
        cargas = _cargar(con, settings, avisar)
        perdidas = standing_losses(con)
        filas = count_rows(con, [f"raw.{t}" for t in TABLAS_EXTRACTO])
        hallados, huella = quarters_found(con), sources_hash(con)
    informar_trimestres(context.instance, hallados)
    for tabla in TABLAS_EXTRACTO:
        yield dg.MaterializeResult(
            ["raw", tabla],
            metadata=informe(
                filas=filas[f"raw.{tabla}"],
                huella=huella,
                trimestres=[h.corte for h in hallados],
                archivo=__file__,
                **(_de_la_carga(cargas, perdidas, hallados) if tabla == "extractos" else {}),
            ),
        )
    if not filas["raw.formatos"]:
        # Empty marts would break no rule, and replace a version that holds something.
        raise dg.Failure(f"no file in {settings.extracts} holds a form that could be read; there is nothing to build")


def _de_la_carga(
    cargas: list[ExtractLoad], perdidas: list[Sustitucion], hallados: list[TrimestreHallado]
) -> dict[str, Any]:
    """What the command line says of a load, beside what every materialization reports."""
    return {
        "cargas": dg.MetadataValue.json(a_json(cargas)),
        "perdidas": dg.MetadataValue.json(a_json(perdidas)),
        "unidades": sorted({unidad for h in hallados for unidad in h.unidades}),
        "cortes": [h.corte for h in hallados],
    }


def _cargar(
    con: duckdb.DuckDBPyConnection, settings: Settings, avisar: Callable[[ExtractLoad], None]
) -> list[ExtractLoad]:
    """The extracts folder, then the inbox where there is one, kept apart by a prefix of their paths."""
    catalogs = load_catalogs(settings.seeds, settings.ente)
    registry = load_registry(settings.seeds)
    folders = {"": settings.extracts, INBOX: settings.inbox if settings.inbox.is_dir() else None}
    return load_folders(con, folders, catalogs, registry, on_file=avisar)


@dg.multi_asset(
    name="raw_ejercicios",
    specs=_specs(TABLAS_EJERCICIO, deps=[["raw", t] for t in TABLAS_EXTRACTO if t != "rechazos"]),
    partitions_def=ejercicios,
    # A range of years is one run, not one a year: a transaction each all the same.
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
def raw_ejercicios(context: dg.AssetExecutionContext, almacen: Almacen) -> Iterator[dg.MaterializeResult]:
    """Read the action rows of each ejercicio and choose their readings, a transaction a year."""
    settings = almacen.settings
    catalogs = load_catalogs(settings.seeds, settings.ente)
    decisiones = load_decisions(settings.seeds)
    with open_warehouse(settings.warehouse) as con:
        anios = [load_ejercicio(con, int(clave), catalogs, decisions=decisiones) for clave in context.partition_keys]
        estados = {a.ejercicio: states_of(con, a.ejercicio) for a in anios}
        con_formas = sorted({int(h.corte[:4]) for h in quarters_found(con)})
        fuera = [a for a in pending_ejercicios(con, decisiones) if str(a) not in ejercicios.get_partition_keys()]
    cargados = [a for a in anios if a.resultado is not ResultadoEjercicio.EMPTY]
    if not cargados:
        # The other years' figures would come out again, as if this one had been looked at.
        raise dg.Failure(_sin_formas(context.partition_keys, con_formas))
    for anio in cargados:
        context.log.info(f"{anio.ejercicio}: {anio.renglones} rows, {anio.resultado}")
        for tabla in TABLAS_EJERCICIO:
            context.log_event(_materializacion(anio, tabla, estados[anio.ejercicio]))
    if fuera:
        context.log.warning(f"forms of years outside the calendar are not loaded: {fuera}")
    for tabla in TABLAS_EJERCICIO:
        yield dg.MaterializeResult(["raw", tabla], metadata={YA_INFORMADA: True, "fuera_de_calendario": fuera})


def _sin_formas(pedidos: Sequence[str], con_formas: Sequence[int]) -> str:
    """Why nothing of the years asked for was loaded."""
    asked = pedidos[0] if len(pedidos) == 1 else f"{pedidos[0]} to {pedidos[-1]}"
    there = ", ".join(map(str, con_formas)) or "no year that is settled"
    return f"no extract holds a form of {asked}; there are forms of {there}"


def _materializacion(anio: EjercicioLoad, tabla: str, estados: dict[str, int]) -> dg.AssetMaterialization:
    return dg.AssetMaterialization(
        ["raw", tabla],
        partition=str(anio.ejercicio),
        metadata=informe(
            filas=getattr(anio, tabla),
            huella=anio.huella,
            trimestres=anio.cortes,
            archivo=__file__,
            carga=dg.MetadataValue.json(a_json([anio])[0]),
            estados=dg.MetadataValue.json(estados),
        ),
    )
