"""The published version as an asset: made only where every blocking check has passed on exactly what it would hold.

Not here: how a version is written and swapped in (``warehouse.publish``).
"""

import dagster as dg

from dagster_project.defs.assets.dbt import NODES, dbt_models
from dagster_project.defs.gate import gate
from dagster_project.defs.metadata import OWNERS, materialization_metadata, page_url
from dagster_project.defs.resources import POOL, Warehouse
from dagster_project.settings import PUBLISHED_PAGE
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.publication import SITE_NAME
from dagster_project.warehouse.publish.versions import publish
from dagster_project.warehouse.state.counts import quarters_found, sources_hash

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
    settings = warehouse.settings
    with open_warehouse(settings.warehouse) as con:
        sources, quarters = sources_hash(con), quarters_found(con)
    version = publish(settings.warehouse, settings.published, context.run_id, gate(NODES))
    return dg.MaterializeResult(
        metadata=materialization_metadata(
            sum(version.filas.values()),
            sources,
            [quarter.corte for quarter in quarters],
            code=__file__,
            version=version.version,
            nueva=version.nueva,
            enmienda="; ".join(version.enmienda) or "ninguna",
            creada_en=version.creada_en,
            archivo_publicado=page_url(PUBLISHED_PAGE, version.path(settings.published), settings.published),
            sitio=dg.MetadataValue.url(f"{PUBLISHED_PAGE}/{SITE_NAME}/"),
            filas_por_tabla=dg.MetadataValue.json(dict(version.filas)),
        )
    )
