"""Freeing what killed runs left behind in Dagster's records.

Only whoever holds the writer lock may call this: then no other run of the command is at work
on this home, and one that the web UI or the daemon started either waits for the lock, alive,
or is dead. Not here: the warehouse, whose transactions look after themselves.
"""

from __future__ import annotations

import os

import dagster as dg

from dagster_project.defs.resources import POOL

OF_THE_COMMAND = ("avance/origen", "avance run")
UNDER_WAY = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def release_stale(instance: dg.DagsterInstance) -> list[str]:
    """Mark runs whose process is gone as failed and free the pool's slots they held; returns their ids.

    Left as they are, such runs would count as going on for ever: of one run at a time, the
    queue would start none.
    """
    dead = []
    alive = set()
    for run in instance.get_runs(dg.RunsFilter(statuses=UNDER_WAY)):
        key, value = OF_THE_COMMAND
        if run.tags.get(key) != value and _alive(_process(instance, run.run_id)):
            alive.add(run.run_id)
            continue
        instance.report_run_failed(run, "The process of this run ended before the run did.")
        dead.append(run.run_id)
    storage = instance.event_log_storage
    for slot in storage.get_concurrency_info(POOL).claimed_slots:
        if slot.run_id not in alive:
            storage.free_concurrency_slots_for_run(slot.run_id)
    return dead


def _process(instance: dg.DagsterInstance, run_id: str) -> int | None:
    """The process that began a run, as its first event says."""
    for entry in instance.all_logs(run_id, of_type=dg.DagsterEventType.RUN_START):
        if entry.dagster_event and entry.dagster_event.pid:
            return entry.dagster_event.pid
    return None


def _alive(process: int | None) -> bool:
    if process is None:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, and alive
        return True
    return True
