"""The quarters people ask about: an external asset with a partition for each quarter found.

Not here: finding them (reading does) and what is missing (check ``cobertura``).
"""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg

from dagster_project.defs.metadata import OWNERS
from dagster_project.defs.partitions import trimestres
from dagster_project.warehouse.state.counts import TrimestreHallado

CLAVE = dg.AssetKey("trimestre_reportado")

trimestre_reportado = dg.AssetSpec(
    CLAVE,
    description="Los trimestres de los que habla algún extracto vigente; la carga informa cada uno que halla.",
    group_name="raw",
    owners=OWNERS,
    deps=[["raw", "formatos"]],
    partitions_def=trimestres,
)


def informar_trimestres(instance: dg.DagsterInstance, hallados: Sequence[TrimestreHallado]) -> None:
    """Add a partition and report a materialization for each quarter found, unless it stands reported as is."""
    instance.add_dynamic_partitions(str(trimestres.name), [h.corte for h in hallados])
    for hallado in hallados:
        if _informado(instance, hallado):
            continue
        instance.report_runless_asset_event(
            dg.AssetMaterialization(
                CLAVE,
                partition=hallado.corte,
                metadata={
                    "formatos": hallado.formatos,
                    "unidades": ", ".join(hallado.unidades),
                    "extractos": ", ".join(hallado.extractos),
                },
            )
        )


def _informado(instance: dg.DagsterInstance, hallado: TrimestreHallado) -> bool:
    """Whether the last report of this quarter says the same: loading again reports nothing new."""
    filtro = dg.AssetRecordsFilter(asset_key=CLAVE, asset_partitions=[hallado.corte])
    registros = instance.fetch_materializations(filtro, limit=1).records
    if not registros or not (ultima := registros[0].asset_materialization):
        return False
    dicho = {clave: valor.value for clave, valor in ultima.metadata.items()}
    return (
        dicho.get("formatos") == hallado.formatos
        and dicho.get("unidades") == ", ".join(hallado.unidades)
        and dicho.get("extractos") == ", ".join(hallado.extractos)
    )
