"""What ``dagster dev`` and the ``avance`` command load: everything in ``defs/``, nothing else."""

from __future__ import annotations

import warnings

import dagster as dg

# Of Dagster's own about code references: beta, and worth a link from each asset to its code.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

from dagster_project.defs import checks, jobs, schedules, sensors  # noqa: E402
from dagster_project.defs.assets import dbt, published, quarters, raw  # noqa: E402
from dagster_project.defs.resources import Almacen  # noqa: E402
from dagster_project.defs.run_logger import bitacora  # noqa: E402

ASSETS: list[dg.AssetsDefinition | dg.AssetSpec] = [
    raw.raw_extractos,
    raw.raw_ejercicios,
    quarters.trimestre_reportado,
    dbt.modelos,
    published.publicado,
]

defs = dg.Definitions(
    assets=dg.with_source_code_references(ASSETS),
    asset_checks=checks.todos,
    jobs=[jobs.carga],
    schedules=[schedules.carga_diaria],
    sensors=[sensors.bandeja_de_entrada],
    resources={"almacen": Almacen()},
    executor=dg.in_process_executor,
    loggers={"avance": bitacora},
)
