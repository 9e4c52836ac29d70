"""Sensors that tell what happened, and that watch: on from the start, each message once a home.

Thin over ``notices``. Not here: what the command tells of its own runs (``command.run``), which the sensors know to be
told. Without a daemon the command alone tells, of runs and of what is late; who watches the daemon is whoever looks
next (``avance run``, ``avance status``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import dagster as dg

from dagster_project.defs.inbox_watch import ASKED_TAG
from dagster_project.notices.run_facts import facts_from_events
from dagster_project.notices.sayings import of_delays
from dagster_project.notices.tell import tell, tell_run
from dagster_project.notices.watch import delays, note_alive, watch_off
from dagster_project.settings import CODE_LOCATION, get_settings, patience, today

OWN = ("avisa_fallas", "avisa_cargas", "vigia")

SECONDS = 60
"""Between two looks of a sensor: each costs the idle daemon and code server some 15 ms of processor time."""


def _tell(context: dg.RunStatusSensorContext) -> None:
    """Tell how a run ended. Never raises for a delivery: the tick is not what failed."""
    run = context.dagster_run
    entries = context.instance.all_logs(run.run_id)
    events = [entry.dagster_event for entry in entries if entry.dagster_event]
    facts = facts_from_events(run.run_id, run.is_success, events)
    tell_run(get_settings(), facts, run.tags.get(ASKED_TAG), run.job_name)
    if is_watch_off(context.instance):
        tell(get_settings(), watch_off(get_settings().home))


def is_watch_off(instance: dg.DagsterInstance) -> bool:
    """Whether somebody turned the watch off: it gives no sign then, though the daemon may be at work."""
    return any(state.name == OWN[2] and not state.is_running for state in _states(instance))


def _states(instance: dg.DagsterInstance) -> list[Any]:
    """What our schedules and sensors are set to."""
    return [s for s in instance.all_instigator_state() if s.origin.location_name == CODE_LOCATION]


# All locations: what the command runs in its own process is of none, and may be killed.
@dg.run_failure_sensor(
    name=OWN[0],
    minimum_interval_seconds=SECONDS,
    monitor_all_code_locations=True,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Avisa, una vez, de la corrida que falló o cuyo proceso murió (docs/told.md).",
)
def tell_failures(context: dg.RunFailureSensorContext) -> None:
    """Tell of a run that failed."""
    _tell(context)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name=OWN[1],
    minimum_interval_seconds=SECONDS,
    monitor_all_code_locations=True,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Avisa, una vez, de lo que una carga publicó o no pudo leer; de la que no cambió nada, no.",
)
def tell_loads(context: dg.RunStatusSensorContext) -> None:
    """Tell of a run that published, or could not read something."""
    _tell(context)


@dg.sensor(
    name=OWN[2],
    minimum_interval_seconds=SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Da señal de que el demonio vive, y una vez al día avisa de lo que se atrasó.",
)
def watch(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Leave the daemon's sign of life; look at the calendar where the day is another than at the last look."""
    settings, day = get_settings(), today()
    states = _states(context.instance)
    awaited = {state.instigator_name for state in states if state.status.value == "RUNNING"} - set(OWN)
    note_alive(settings.home, datetime.now(UTC), sorted(awaited))
    if context.cursor != day.isoformat():
        tell(settings, of_delays(delays(settings, day, patience())))
    return dg.SensorResult(skip_reason=dg.SkipReason("señal dejada en vigia.json"), cursor=day.isoformat())


SENSORS = [tell_failures, tell_loads, watch]
