"""The dbt project as assets: seeds, staging, intermediate, marts, and its tests as their checks.

Not here: what dbt builds (``dbt/``), and how a node becomes an asset (``dbt_translator``).
"""

import json
from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets

from dagster_project.defs.dbt_project import dbt_project, target_path
from dagster_project.defs.dbt_runner import construir, eventos_de_dagster
from dagster_project.defs.dbt_translator import AJUSTES, Traductor
from dagster_project.defs.metadata import codigo
from dagster_project.defs.resources import POOL, Almacen
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import check_home
from dagster_project.warehouse.state.counts import count_rows, quarters_found, sources_hash

PROYECTO = dbt_project()
NODOS = json.loads(PROYECTO.manifest_path.read_text(encoding="utf-8"))["nodes"]
TRADUCTOR = Traductor(AJUSTES)

# Unit tests try the SQL on made-up rows: they belong to the tests, not to every load.
EXCLUIDOS = "resource_type:unit_test"


@dbt_assets(
    name="dbt",
    manifest=PROYECTO.manifest_path,
    project=PROYECTO,
    dagster_dbt_translator=TRADUCTOR,
    exclude=EXCLUIDOS,
    pool=POOL,
)
def modelos(context: dg.AssetExecutionContext, almacen: Almacen) -> Iterator[Any]:
    """Build and test the selected nodes; report what was built also where a test fails."""
    settings = almacen.settings
    check_home(settings.home)  # dbt opens the file by its path, past our lock
    hecho = construir(context, settings, TRADUCTOR, context.log.info)
    eventos = list(eventos_de_dagster(hecho, context, TRADUCTOR, PROYECTO, target_path(settings)))
    # Counted when dbt is done, and the file is as it left it.
    with open_warehouse(settings.warehouse) as con:
        filas = count_rows(con, [_tabla(e) for e in eventos if isinstance(e, dg.Output)])
        comun = {
            "huella": sources_hash(con),
            "trimestres": ", ".join(h.corte for h in quarters_found(con)) or "ninguno",
        }
    for evento in eventos:
        yield _con_metadatos(evento, filas, comun) if isinstance(evento, dg.Output) else evento
    if hecho.fallo:
        raise hecho.fallo


def _tabla(output: dg.Output[Any]) -> str:
    return output.output_name.replace("__", ".", 1)


def _con_metadatos(output: dg.Output[Any], filas: dict[str, int], comun: dict[str, str]) -> dg.Output[Any]:
    """Add rows (of tables; a view is not counted), the hash of the sources, quarters and code."""
    tabla = _tabla(output)
    nodo = NODOS[str(output.metadata["unique_id"].value)]
    return output.with_metadata(
        {
            **output.metadata,
            **comun,
            **({"dagster/row_count": filas[tabla]} if tabla in filas else {}),
            "codigo": dg.MetadataValue.path(codigo(PROYECTO.project_dir / nodo["original_file_path"])),
        }
    )
