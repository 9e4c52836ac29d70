"""What keeps a home small over the years: Dagster's records of runs that nobody will ask for again.

Belongs here: which runs go, the job and the schedule that let them go. Does not belong here: the tables that Dagster
has no call for (``dagster_internals``), versions, logs and failing rows, of which whoever writes them keeps the last
few, and the command (``command.tidy``).
"""

import shutil
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from dagster_project.dagster_internals import forget_run, runs_of_last_checks
from dagster_project.settings import Settings, get_settings, time_zone

DAYS = 7
"""How long the record of a run is kept at least."""

NEWEST = 20
"""Runs that are kept however old they are: the history that a check's page shows."""

FAILURE_DAYS = 90
"""How long a failed run is kept: a quarter, until the next form comes from whoever sent the one that failed."""

PAGE = 500
BUSY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Freed:
    """What tidying did: records of runs let go and kept, bytes of the home's records before and after."""

    runs: int
    kept: int
    before: int
    after: int


def let_go(
    records: Iterable[dg.RunRecord], needed: Collection[str], now: datetime, days: int, newest: int
) -> list[str]:
    """The ids of the runs whose records go: ended, older than ``days``, and none of those that are kept.

    Kept are the ``newest``, failures of ``FAILURE_DAYS``, and the ``needed``: those that made what stands.
    """
    ordered = sorted(records, key=lambda record: record.create_timestamp, reverse=True)
    gone = []
    for record in ordered[newest:]:
        run, age = record.dagster_run, now - record.create_timestamp.astimezone(UTC)
        failed = run.status is dg.DagsterRunStatus.FAILURE
        if run.is_finished and run.run_id not in needed and age > timedelta(days=FAILURE_DAYS if failed else days):
            gone.append(run.run_id)
    return gone


def tidy(instance: dg.DagsterInstance, settings: Settings, days: int = DAYS, newest: int = NEWEST) -> Freed:
    """Let the records of old runs go and give their space back to the disk.

    A file that somebody else writes to for a minute keeps its size until the next time.
    """
    before = _size(settings.dagster_home)
    keys = instance.get_asset_keys()
    made = [record.asset_entry.last_materialization_record for record in instance.get_asset_records(keys)]
    needed = {record.run_id for record in made if record} | runs_of_last_checks(instance)
    records = _all_runs(instance)
    gone = let_go(records, needed, datetime.now(UTC), days, newest)
    for run_id in gone:
        forget_run(instance, run_id)
        shutil.rmtree(settings.dagster_home / "storage" / run_id, ignore_errors=True)
    for file in sorted(settings.dagster_home.rglob("*.db")):
        if file.parent.parent == settings.dagster_home or file.stem == "index":
            _vacuum(file)
    return Freed(len(gone), len(records) - len(gone), before, _size(settings.dagster_home))


def _all_runs(instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    records: list[dg.RunRecord] = []
    while page := instance.get_run_records(limit=PAGE, cursor=records[-1].dagster_run.run_id if records else None):
        records += page
    return records


def _vacuum(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@dg.op(name="ordenar", description="Retira el registro de las corridas viejas y devuelve su espacio al disco.")
def tidy_op(context: dg.OpExecutionContext) -> None:
    """Tidy the home that this run is of."""
    freed = tidy(context.instance, get_settings())
    context.log.info(f"{freed.runs} corridas retiradas, {freed.kept} quedan")
    context.add_output_metadata({"retiradas": freed.runs, "quedan": freed.kept, "bytes": freed.after})


@dg.job(
    name="ordenar_la_casa",
    description=f"Retira el registro de las corridas de hace más de {DAYS} días, salvo las últimas {NEWEST}, las que "
    f"hicieron lo que hoy está en pie y las fallidas de {FAILURE_DAYS} días. No toca datos ni versiones.",
    executor_def=dg.in_process_executor,
)
def tidy_job() -> None:
    """Tidy, and nothing else."""
    tidy_op()


weekly_tidy = dg.ScheduleDefinition(
    name="orden_semanal",
    job=tidy_job,
    cron_schedule="0 5 * * 0",
    execution_timezone=time_zone(),
    # Of its own accord: it reads and changes no data, and a home that nobody tidies fills the disk.
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Ordena la casa cada domingo a las 05:00.",
)
