"""Which of Dagster's records go, so that a home stays small, and their going.

Belongs here: what is kept (``Retention``) and the tidying itself. Does not belong here: when it is done
(``housekeeping``, ``command.tidy``), versions, reports of checks and logs, which their writers keep few.

Each changed load leaves 6 MB: its own file of events (2.8 MB) and the same again in the index. ``delete_run`` empties
both and gives no byte back to the disk; SQLite does when it is asked to (``vacuum``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

DAY = 86400.0
BUSY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Retention:
    """What stays: the newest ``runs``, all of the last ``days``, up to ``failures`` that failed in ``failure_days``,
    the runs that last made each asset, and what checks found in the newest ``checked_runs`` that checked."""

    runs: int = 10
    days: float = 0
    failures: int = 20
    failure_days: float = 90
    checked_runs: int = 20


@dataclass(frozen=True, slots=True)
class Freed:
    """What tidying did: runs that went and stayed, bytes before and after, files that others had in use."""

    runs: int
    kept: int
    before: int
    after: int
    in_use: tuple[str, ...] = ()


def tidy(instance: dg.DagsterInstance, dagster_home: Path, keep: Retention, now: float) -> Freed:
    """Delete the records that ``keep`` does not name and give the room back; runs under way stay, whatever their age.

    Once more after a kill: what was half deleted is deleted whole.
    """
    from dagster_project.dagster_internals import forget_checks, run_files  # Dagster's storages: 0.4 s of definitions

    before, files = _size(dagster_home), run_files(instance)  # before the runs: a run is on record before its file is
    records = instance.get_run_records()
    gone = outdated(records, _makers(instance), keep, now)
    for run_id in gone:
        instance.delete_run(run_id)
        instance.compute_log_manager.delete_logs(prefix=[run_id])
    forget_checks(instance, keep.checked_runs)
    stay = {record.dagster_run.run_id for record in records} - set(gone)
    for run_id in files.keys() - stay:
        for file in files[run_id].parent.glob(f"{run_id}.db*"):
            file.unlink(missing_ok=True)
    of_runs = set(run_files(instance).values())
    shared = [file for file in sorted(dagster_home.rglob("*.db")) if file not in of_runs]
    in_use = tuple(file.name for file in shared if not _vacuum(file))
    return Freed(len(gone), len(stay), before, _size(dagster_home), in_use)


def outdated(records: Sequence[dg.RunRecord], makers: set[str], keep: Retention, now: float) -> list[str]:
    """The ids of the runs that go, of ``records``, the newest first; ``makers`` last made some asset."""
    ended = [record for record in records if record.dagster_run.is_finished]
    failed = [
        record
        for record in ended
        if record.dagster_run.is_failure and now - record.create_timestamp.timestamp() < keep.failure_days * DAY
    ]
    stay = makers | {record.dagster_run.run_id for record in (*ended[: keep.runs], *failed[: keep.failures])}
    return [
        record.dagster_run.run_id
        for record in ended
        if record.dagster_run.run_id not in stay and now - record.create_timestamp.timestamp() >= keep.days * DAY
    ]


def _makers(instance: dg.DagsterInstance) -> set[str]:
    """The runs that last made or observed an asset: their events hold its metadata and data version."""
    entries = [record.asset_entry for record in instance.get_asset_records()]
    last = [event for entry in entries for event in (entry.last_materialization_record, entry.last_observation_record)]
    return {event.run_id for event in last if event}


def _vacuum(file: Path) -> bool:
    """Give a file's free pages back; False where somebody kept it busy: next time, then.

    Raises:
        sqlite3.OperationalError: another reason, such as a disk without room for the copy that SQLite makes.
    """
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.OperationalError as error:
        # the low byte is the primary code: https://www.sqlite.org/rescode.html
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    return True


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a server at work
            total += path.lstat().st_size if path.is_file() else 0
    return total
