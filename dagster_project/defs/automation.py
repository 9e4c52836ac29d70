"""The one job, and what starts it: by the clock, or as extracts arrive. Both stopped until somebody turns them on.

Not here: what the load does (``assets``, ``checks``) and who starts it by hand (``command.run``). A request names
no ejercicios: those that changed follow from what the extracts hold.
"""

from __future__ import annotations

import time
from dataclasses import replace

import dagster as dg

from dagster_project.defs.inbox_watch import ASKED_TAG, LEFT_TAG, Cursor, look, next_cursor, wait_after
from dagster_project.defs.unchanged import INPUTS_TAG, inputs_hash, why_unchanged
from dagster_project.settings import get_settings, time_zone
from dagster_project.warehouse.files.extract_folder import INBOX

NAMED = 5
"""Files that a tick names."""

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
def daily_load(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for the whole load, once a tick, unless it would only confirm what is published.

    Where a database gets a copy of each version the load is asked for: it alone looks whether the copy is there.
    """
    settings = get_settings()
    inputs = inputs_hash(settings, None)
    if not settings.postgres and (said := why_unchanged(context.instance, settings, inputs, load_job.name)):
        return dg.SkipReason(said)
    return dg.RunRequest(tags={INPUTS_TAG: inputs})


@dg.sensor(
    name="bandeja_de_entrada",
    job=load_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Arranca la carga cuando llegan extractos a la bandeja de entrada (AVANCE_INBOX).",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Ask for one load of each new state of the inbox's resting files, until one of that state has succeeded.

    Without a run key: Dagster takes each key once for ever, and what failed is asked for again.
    """
    inbox, before = get_settings().inbox, Cursor.parse(context.cursor)
    seen = look(inbox, before)
    cursor = next_cursor(before, seen, time.time())
    said = f"; still changing: {', '.join(seen.restless[:NAMED])}" if seen.restless else ""
    if not seen.resting:
        return _skip(cursor, f"no extract at rest in {inbox}{said}")
    if cursor.done == cursor.asked:
        return _skip(cursor, f"nothing new among the {len(seen.resting)} extracts in {inbox}{said}")
    runs = context.instance.get_run_records(dg.RunsFilter(tags={ASKED_TAG: cursor.asked}))
    if any(not run.dagster_run.is_finished for run in runs):
        return _skip(cursor, f"the load of what is in {inbox} is under way{said}")
    if loaded := [run for run in runs if run.dagster_run.is_success]:
        if not any(LEFT_TAG in run.dagster_run.tags for run in loaded):
            return _skip(replace(cursor, done=cursor.asked), f"what is in {inbox} was loaded{said}")
        cursor, runs = replace(cursor, asked=f"{seen.state} {time.time()!r}"), []
    if runs and (left := max(run.end_time or 0 for run in runs) + wait_after(len(runs)) - time.time()) > 0:
        return _skip(cursor, f"the load failed {len(runs)} times; asked for again in {left:.0f} s{said}")
    held = [INBOX + ruta for ruta in seen.restless]
    request = dg.RunRequest(
        tags={ASKED_TAG: cursor.asked}, run_config={"ops": {"raw_extractos": {"config": {"en_espera": held}}}}
    )
    return dg.SensorResult(run_requests=[request], cursor=str(cursor))


def _skip(cursor: Cursor, reason: str) -> dg.SensorResult:
    return dg.SensorResult(skip_reason=dg.SkipReason(reason), cursor=str(cursor))
