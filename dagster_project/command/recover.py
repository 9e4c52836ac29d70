"""Freeing what a killed run left behind in Dagster's records.

Only whoever holds the writer lock may call this: then no other run is at work on this home,
so a claimed slot and a run said to be going on are leftovers. Not here: the warehouse, whose
transactions look after themselves.
"""

from __future__ import annotations

import dagster as dg

from dagster_project.defs.resources import POOL


def release_stale(instance: dg.DagsterInstance) -> list[str]:
    """Free the pool's slots and mark runs of the command that never ended as failed; returns their ids."""
    storage = instance.event_log_storage
    for slot in storage.get_concurrency_info(POOL).claimed_slots:
        storage.free_concurrency_slots_for_run(slot.run_id)
    stale = instance.get_runs(
        dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED], tags={"avance/origen": "avance run"})
    )
    for run in stale:
        instance.report_run_failed(run, "The process of this run ended before the run did.")
    return [run.run_id for run in stale]
