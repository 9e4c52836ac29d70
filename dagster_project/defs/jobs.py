"""The one job: the whole load, from the extract files to the published version.

Not here: when it runs (``schedules``, ``sensors``) and who starts it by hand (``cli``).
"""

from __future__ import annotations

import dagster as dg

carga = dg.define_asset_job(
    name="carga",
    selection=dg.AssetSelection.all(),
    description=(
        "La carga entera: extractos, lectura por ejercicio, dbt, controles y publicación. "
        "Se corre para un ejercicio o para un rango de ejercicios en una sola corrida."
    ),
    # Processes cost more than the work: two steps took 68 s in the multiprocess executor.
    executor_def=dg.in_process_executor,
)
