"""The published version as an asset: made only where every blocking check has passed on exactly what it would hold.

Not here: how a version is written and swapped in (``warehouse.publish``).
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from dagster_project.defs.assets.dbt import NODES, dbt_models
from dagster_project.defs.failures import at_work
from dagster_project.defs.gate import gate
from dagster_project.defs.metadata import OWNERS, materialization_metadata, page_url
from dagster_project.defs.resources import POOL, Warehouse
from dagster_project.defs.tables import of_stages
from dagster_project.settings import PUBLISHED_PAGE, with_csv
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.postgres import copy_if_asked
from dagster_project.warehouse.publish.ask import ask_current
from dagster_project.warehouse.publish.publication import SITE_NAME, PointerError, publicacion_vigente
from dagster_project.warehouse.publish.versions import publish
from dagster_project.warehouse.state.counts import quarters_found, sources_hash
from dagster_project.warehouse.state.marts_numbers import findings_by_severity, pages_by_situation

MARTS = sorted(key for key in dbt_models.keys if key.path[0] == "marts")


@dg.asset(
    name="avance",
    key_prefix="published",
    # All marts: a failing blocking check on any of them leaves the published version as it was.
    deps=MARTS,
    group_name="publicacion",
    owners=OWNERS,
    kinds={"python", "duckdb", "parquet"},
    pool=POOL,
    description="La versión publicada de los marts: DuckDB de sólo lectura, Parquet y CSV, y su puntero.",
)
def published_version(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Publish the checked marts; content that did not change stays the version it was."""
    with at_work(context, warehouse) as settings:
        with open_warehouse(settings.warehouse) as con:
            sources, quarters = sources_hash(con), quarters_found(con)
            findings, pages = findings_by_severity(con), pages_by_situation(con)
        before = _findings_before(settings.published)
        version = publish(settings.warehouse, settings.published, context.run_id, gate(NODES), with_csv=with_csv())
        copied = copy_if_asked(settings, version)
        if copied.error:  # a database that is down holds up nobody: the version is published
            context.log.warning(f"PostgreSQL has no copy of this version: {copied.error}")
    return dg.MaterializeResult(
        metadata=materialization_metadata(
            sum(version.filas.values()),
            sources,
            [quarter.corte for quarter in quarters],
            code=__file__,
            version=version.version,
            nueva=version.nueva,
            hallazgos=dg.MetadataValue.json(findings),
            hallazgos_antes=dg.MetadataValue.json(before),
            paginas_apartadas=pages.get("apartada", 0),
            enmienda="; ".join(version.enmienda) or "ninguna",
            creada_en=version.creada_en,
            archivo_publicado=page_url(PUBLISHED_PAGE, version.path(settings.published), settings.published),
            sitio=dg.MetadataValue.url(f"{PUBLISHED_PAGE}/{SITE_NAME}/"),
            postgres=dg.MetadataValue.json(asdict(copied)),
            **of_stages(_seconds(context)),
            filas_por_tabla=dg.MetadataValue.json(dict(version.filas)),
        )
    )


VIEWS = {
    "sitio": ("html", "El sitio de la versión publicada: unidades, acciones y dudas, en páginas que no piden nada."),
    "libros": ("xlsx", "Los libros de Excel de la versión publicada: avance por trimestre y formato del portal."),
    "archivos": ("parquet", "Los mismos marts como Parquet y CSV, con su datapackage.json."),
}
"""What else stands in a version for readers, by the suffix of its files."""


@dg.multi_asset(
    name="vistas_publicadas",
    specs=[
        dg.AssetSpec(
            ["published", name],
            deps=[["published", "avance"]],
            description=description,
            group_name="publicacion",
            owners=OWNERS,
            kinds={"python", kind},
        )
        for name, (kind, description) in VIEWS.items()
    ],
    pool=POOL,
)
def published_views(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult]:
    """Say what of the current version is for whom: how many files, how large, where the first stands."""
    with at_work(context, warehouse) as settings:
        version = publicacion_vigente(settings.published)
    assert version is not None  # the step before has published or confirmed it
    for name, (suffix, _) in VIEWS.items():
        files = [file for file in version.archivos if file.ruta.endswith(f".{suffix}")]
        metadata: dict[str, Any] = {
            "version": version.version,
            "archivos": len(files),
            "bytes": sum(file.bytes for file in files),
        }
        where = {"primero": dg.MetadataValue.path(files[0].ruta)} if files else {}
        yield dg.MaterializeResult(["published", name], metadata={**metadata, **where})


def _findings_before(published: Path) -> dict[str, int]:
    """The findings by severity of the version that this one may take the place of; empty where none can be read."""
    try:
        answer = ask_current(published, findings_by_severity)
    except (PointerError, duckdb.Error):
        return {}
    return answer[1] if answer else {}


def _seconds(context: dg.AssetExecutionContext) -> dict[str, float]:
    """How long each step of the run took that has ended by now, by its name."""
    stats = context.instance.get_run_step_stats(context.run_id)
    return {s.step_key: s.end_time - s.start_time for s in stats if s.start_time and s.end_time}
