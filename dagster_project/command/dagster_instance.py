"""The Dagster instance of a home: its configuration file, opening it, and ending on record what was killed.

Imports of Dagster stand inside: they are seconds. Not here: what runs on the instance (``run``), serving it
(``ui``), and where it keeps its records (``dagster_internals``).
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from dagster_project.notices.sayings import LOAD, Notice
from dagster_project.notices.watch import silence, watch_off
from dagster_project.reference.seed_file import place
from dagster_project.settings import Settings, patience
from dagster_project.warehouse.db.home import ensure_home

if TYPE_CHECKING:
    from dagster import DagsterInstance

ORIGIN = {"avance/origen": "avance run"}
"""The tag of the command's own runs, which hold the writer lock while they live."""

CLOCK_SECONDS = 5.0
"""How far the clock of the events and that of the processes may lie apart."""

CONFIG_NAME = "dagster.yaml"
CONFIG = """\
# Written by avance where it is missing; edit it freely, it is never overwritten.
telemetry:
  enabled: false
nux:
  enabled: false

# One run at a time: DuckDB takes one writer. The writer lock binds runs started by hand too.
concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    # granularity: run would let simultaneous runs overlap in spite of the limit.
    granularity: op
    default_limit: 1

# Looks for a run that waits every other second, not each five.
run_queue:
  dequeue_interval_seconds: 2

# A run that never began, or ended without giving back its place, must not hold up the next.
run_monitoring:
  enabled: true
  free_slots_after_run_end_seconds: 60

# Each look of a sensor is a row: two a minute of the inbox's alone.
retention:
  sensor:
    purge_after_days: {skipped: 1, success: 90, failure: 90, started: 90}
  schedule:
    purge_after_days: 90
"""


STORAGE_VARIABLE = "AVANCE_DAGSTER_POSTGRES"
POSTGRES = f"""
# Dagster's records on a server, for several runs at once and processes on several machines (deploy/README.md).
storage:
  postgres:
    postgres_url:
      env: {STORAGE_VARIABLE}
"""


def prepare_dagster_home(settings: Settings) -> Path:
    """Make the Dagster home with its configuration, and point ``DAGSTER_HOME`` at it.

    Raises:
        HomeRefusedError: the home is another's, or others may write to it.
    """
    ensure_home(settings.home)
    home = settings.dagster_home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = home / CONFIG_NAME
    # Whole or not at all: half of it would be taken for somebody's own.
    place(config, (CONFIG + (POSTGRES if os.environ.get(STORAGE_VARIABLE) else "")).encode())
    os.environ["DAGSTER_HOME"] = str(home)
    # Of dagster, dbt, Great Expectations and others: no tool sends anything anywhere.
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    return home


class ConfigDamagedError(ValueError):
    """``dagster.yaml`` of the home cannot be used; the message says why and what to do."""


def open_instance(settings: Settings) -> DagsterInstance:
    """Open the persistent instance of this home, so that the web UI shows what ran here.

    Raises:
        ConfigDamagedError: its ``dagster.yaml`` is no YAML, or not what Dagster takes.
    """
    from dagster import DagsterInvalidConfigError

    from dagster_project.dagster_internals import instance_of

    home = prepare_dagster_home(settings)
    file = home / CONFIG_NAME
    try:
        config = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        if not isinstance(config, dict):
            raise ConfigDamagedError(_damaged(file, f"it holds a {type(config).__name__}, not settings by name"))
        has_storage = any("storage" in str(name) for name in config)
        if os.environ.get(STORAGE_VARIABLE) and not has_storage:
            raise ConfigDamagedError(_damaged(file, f"{STORAGE_VARIABLE} is set, and it names no storage"))
        return instance_of(home, CONFIG_NAME, own_storage=not has_storage)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigDamagedError(_damaged(file, f"is no YAML{line}: {error.problem}")) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise ConfigDamagedError(_damaged(file, "is no text in YAML")) from None
    except DagsterInvalidConfigError as error:
        said = (error.errors[0].message if error.errors else str(error)).partition(" Expected: ")[0].rstrip(".")
        raise ConfigDamagedError(_damaged(file, said)) from None


def _damaged(file: Path, why: str) -> str:
    return (
        f"{file} cannot be used ({why}). Correct it, or move it away and run again: avance writes its own where there "
        "is none. Nothing was touched."
    )


def release_stale(instance: DagsterInstance) -> list[str]:
    """Mark runs whose process is gone as failed and free the pool's slots they held; returns their ids.

    Left as they are, such runs would count as going on for ever: of one run at a time, the queue would start
    none. Only whoever holds the writer lock may call this: then no other run of the command is at work on this
    home, and one that the web UI or the daemon started either waits for the lock, alive, or is dead.
    """
    import dagster as dg

    from dagster_project.dagster_internals import free_pool_slots
    from dagster_project.defs.resources import POOL

    dead, alive = [], set()
    under_way = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    for run in instance.get_runs(under_way):
        if not ORIGIN.items() <= run.tags.items() and _is_alive(*_process_of(instance, run.run_id)):
            alive.add(run.run_id)
            continue
        instance.report_run_failed(run, "The process of this run ended before the run did.")
        dead.append(run.run_id)
    free_pool_slots(instance, POOL, alive)
    return dead


def release_and_tell(settings: Settings, instance: DagsterInstance) -> None:
    """``release_stale``, and tell whoever is told of the runs that were killed: afterwards nobody finds them."""
    from dagster_project.defs.inbox_watch import ASKED_TAG
    from dagster_project.notices.run_facts import facts_from_events
    from dagster_project.notices.tell import tell_run

    for run_id in release_stale(instance):
        run = instance.get_run_by_id(run_id)
        asked, job = (run.tags.get(ASKED_TAG), run.job_name) if run else (None, LOAD)
        events = [entry.dagster_event for entry in instance.all_logs(run_id) if entry.dagster_event]
        tell_run(settings, facts_from_events(run_id, False, events), asked, job)


def silence_of(settings: Settings) -> Notice | None:
    """That the daemon is silent, or that its watch was turned off, which looks alike; None where it gave a sign.

    Raises:
        ValueError: ``AVANCE_SILENT_MINUTES`` is no such number.
    """
    silent = silence(settings.home, datetime.now(UTC), patience())
    if silent is None:
        return None
    with suppress(Exception):  # records that cannot be opened say nothing of the watch
        from dagster_project.defs.notices import is_watch_off

        with open_instance(settings) as instance:
            return watch_off(settings.home) if is_watch_off(instance) else silent
    return silent


def _process_of(instance: DagsterInstance, run_id: str) -> tuple[int, float] | tuple[None, None]:
    """The process that began a run and when (seconds since the epoch), as its first event says."""
    import dagster as dg

    for entry in instance.all_logs(run_id, of_type=dg.DagsterEventType.RUN_START):
        if entry.dagster_event and entry.dagster_event.pid:
            return entry.dagster_event.pid, entry.timestamp
    return None, None


def _is_alive(process: int | None, began: float | None) -> bool:
    """Whether the process is there and was when the run began: the system gives the numbers of the dead again."""
    if process is None or began is None:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, and alive
        pass
    started = _started_at(process)
    return started is None or started <= began + CLOCK_SECONDS


def _started_at(process: int) -> float | None:
    """When a process began, in seconds since the epoch (proc(5): starttime, btime); None where it cannot be known."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        ticks = int(stat.rpartition(")")[2].split()[19])
        boot = next(line for line in Path("/proc/stat").read_text("ascii").splitlines() if line.startswith("btime "))
        return int(boot.split()[1]) + ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, StopIteration, ValueError, IndexError):
        return None
