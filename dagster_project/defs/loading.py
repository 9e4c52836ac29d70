"""What a run does for the raw layer: its folders loaded, its ejercicios read, over as many processes as are worth it.

Belongs here: the calls into ``warehouse``, and what of the seeds each is given. Does not belong here: what Dagster is
told of them (``assets.raw``).

Imported by a run, not with the definitions: the reader compiles its search (numba, 52 MB), and the code server of the
web UI, which runs nothing, would hold that for as long as it lives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import duckdb

from dagster_project.reference.action_lines import load_action_lines
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.decisions import load_decisions
from dagster_project.reference.registry import load_registry
from dagster_project.settings import SPARK, Settings, engine, worker_count
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.load_files import PageProgress, load_folders
from dagster_project.warehouse.files.moved_and_lost import standing_losses
from dagster_project.warehouse.files.old_bytes import let_go
from dagster_project.warehouse.results import EjercicioLoad, ExtractLoad, Sustitucion
from dagster_project.warehouse.spread.processes import over_processes
from dagster_project.warehouse.spread.seam import Spread
from dagster_project.warehouse.years.decisions_on_rows import rows_decided
from dagster_project.warehouse.years.load_series import SeriesLoad, load_series
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.overwritten import Read, keep_what_stood
from dagster_project.warehouse.years.pages_in_force import NO_EJERCICIO


def load_files(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    on_file: Callable[[ExtractLoad], None],
    on_page: PageProgress,
    held: Sequence[str],
    warn: Callable[[str], None],
) -> list[ExtractLoad]:
    """Load the extracts folder, then the inbox where there is one, kept apart by a prefix of their paths.

    Args:
        on_file: told of each file as it ends.
        on_page: told of each page of a scan.
        held: paths that still change, left for a later load.
        warn: told of what could not be done and hinders no load.

    Raises:
        SeedsError: a line of the seeds cannot be used; the message names file and line.
    """
    catalogs = load_catalogs(settings.seeds, settings.ente)
    registry = load_registry(settings.seeds)
    load_action_lines(settings.seeds)  # dbt reads the names; a row that cannot be used stops here, by file and line
    folders = {"": settings.extracts, INBOX: settings.inbox if settings.inbox.is_dir() else None}
    with _spread(settings, "archivos") as spread:
        loads = load_folders(
            con, folders, catalogs, registry,
            on_file=on_file, held=held, originals=settings.originals, on_page=on_page, spread=spread,
        )  # fmt: skip
        read = Read(catalogs, load_decisions(settings.seeds), registry, originals=settings.originals)
        loads = keep_what_stood(con, loads, read)
    try:
        let_go(con, settings.originals)
    except OSError as error:  # all is loaded by now
        warn(f"old bytes of the inbox's files are still kept, the next load does it: {error}")
    return loads


def _spread(settings: Settings, step: str) -> AbstractContextManager[Spread | None]:
    """How a step's tasks are spread: over the engine's own processes."""
    if engine() == SPARK:
        from dagster_project.warehouse.spark.spread_map import over_spark  # where it is asked for, it is installed

        return over_spark(settings.spark, settings.tasks / step)
    return over_processes(worker_count(), settings.tasks / step)


@dataclass(frozen=True)
class EjerciciosRead:
    """What became of the ejercicios that were asked for."""

    years: list[EjercicioLoad]
    known: list[int]
    """Every ejercicio of which there are pages, also those not asked for; 0 for pages of no settled year."""
    outside: list[int]
    """Those of them that are not of the calendar, and not read."""
    series: SeriesLoad
    decided: dict[str, int]
    """On how many rows each decision acts, by its file and line."""
    losses: list[Sustitucion]
    """Files that were replaced, with the reports that are missing since."""


def read_ejercicios(
    con: duckdb.DuckDBPyConnection, settings: Settings, asked: Sequence[int], calendar: range, *, anew: bool
) -> EjerciciosRead:
    """Read the ejercicios asked for, every one where none is, a transaction each; then link actions over the years.

    Args:
        calendar: the years that a form can be of.
        anew: also those of which nothing changed.

    Raises:
        SeedsError: a line of the seeds cannot be used; the message names file and line.
    """
    decisions = load_decisions(settings.seeds)
    loader = YearLoader(con, load_catalogs(settings.seeds, settings.ente), decisions)
    known = loader.known()
    if anew:
        loader.forget(asked or known)
    wanted = [year for year in asked or known if year in (NO_EJERCICIO, *calendar)]
    with _spread(settings, "ejercicios") as spread:
        if spread:
            loader.read_ahead(wanted, spread)
        years = [loader.load(year) for year in wanted]
    return EjerciciosRead(
        years,
        known,
        outside=[year for year in known if year not in (NO_EJERCICIO, *calendar)],
        series=load_series(con, decisions),
        decided=rows_decided(con, decisions),
        losses=standing_losses(con),
    )
