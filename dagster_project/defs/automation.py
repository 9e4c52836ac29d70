"""The one job, and what starts it: by the clock, or as extracts arrive. Both stopped until somebody turns them on.

Not here: what the load does (``assets``, ``checks``) and who starts it by hand (``command.run``). A request names
no ejercicios: those that changed follow from what the extracts hold.
"""

from __future__ import annotations

import time
from pathlib import Path

import dagster as dg

from dagster_project.settings import get_settings, time_zone
from dagster_project.warehouse.files.extract_folder import find_extract_files, folder_state
from dagster_project.warehouse.state.fingerprint import fingerprint

SETTLED_SECONDS = 5.0
"""A file that was written to more recently than this may still be on its way in."""

load_job = dg.define_asset_job(
    name="carga",
    selection=dg.AssetSelection.all(),
    description="La carga entera: extractos, lectura por ejercicio, dbt, controles y publicación.",
    # Processes cost more than the work: two steps took 68 s in the multiprocess executor.
    executor_def=dg.in_process_executor,
)


@dg.schedule(
    name="carga_diaria",
    job=load_job,
    # Units report once a quarter, but on no fixed day; a load that finds nothing new is cheap.
    cron_schedule="30 6 * * *",
    execution_timezone=time_zone(),
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Carga completa cada día a las 06:30; detenida hasta que se encienda.",
)
def daily_load() -> dg.RunRequest:
    """Ask for the whole load, once a tick."""
    return dg.RunRequest()


@dg.sensor(
    name="bandeja_de_entrada",
    job=load_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Arranca la carga cuando llegan extractos a la bandeja de entrada (AVANCE_INBOX).",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for one load for each new state of the inbox; the cursor holds the state last seen.

    Without a run key: Dagster takes each key once for ever, and an inbox may come back to a state it had before.
    """
    inbox = get_settings().inbox
    files = find_extract_files(inbox)[0] if inbox.is_dir() else []
    if not files:
        return dg.SkipReason(f"no extracts in {inbox}")
    if any(_just_written(file.path) for file in files):
        return dg.SkipReason("an extract is still being written; looking again at the next tick")
    # Names and contents, so that the same files again ask for nothing.
    state = fingerprint(folder_state(inbox))
    if state == context.cursor:
        return dg.SkipReason(f"nothing new among the {len(files)} extracts in {inbox}")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=state)


def _just_written(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime < SETTLED_SECONDS
    except OSError:  # it has just gone, or cannot be looked at: the load will say so
        return False
