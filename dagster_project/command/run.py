"""``avance run``: the whole load in this process, on the persistent Dagster instance of the home.

Belongs here: the order of a run and its exit code. Does not belong here: what the job does
(``defs``), what is shown (``progress``, ``run_summary``).
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from rich.console import Console

from dagster_project.command.dagster_instance import (
    ORIGIN,
    open_instance,
    prepare_dagster_home,
    release_and_tell,
    silence_of,
)
from dagster_project.command.progress import Progress, log_to_file
from dagster_project.command.run_summary import show_failure, show_summary
from dagster_project.command.skip_unchanged import last_good_run, read_stamp, remember
from dagster_project.command.terminal_text import escape
from dagster_project.defs.unchanged import inputs_hash
from dagster_project.notices.damaged_home import too_little_memory
from dagster_project.notices.machine_errors import diagnose, error_chain
from dagster_project.notices.run_facts import RunFacts, facts_from_events
from dagster_project.notices.sayings import of_delays, of_interruption, of_refusal
from dagster_project.notices.tell import tell, tell_run
from dagster_project.notices.watch import delays
from dagster_project.reference.entes import check_ente, load_entes
from dagster_project.reference.seed_folder import check_seeds
from dagster_project.settings import (
    RUN_LOGGER,
    Settings,
    engine,
    get_settings,
    patience,
    time_zone,
    today,
    with_csv,
    worker_count,
)
from dagster_project.warehouse.db.exchange import is_cut_off
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock
from dagster_project.warehouse.results import Resultado

LOOK_SECONDS = 1.0
"""Who only looks (the desk, ``avance propose``) holds the lock for 0.15 s; a run that begins just then waits for it."""


def run(console: Console, *, year: int | None, extracts: Path | None, force: bool, verbose: bool) -> int:
    """Load, build, check and publish; returns the exit code.

    0: a new version is published, or the current one is confirmed. 1: it is not, and
    whatever was published before still is. 2: the run could not begin.
    """
    if extracts:
        os.environ["AVANCE_EXTRACTS"] = str(extracts.expanduser().absolute())
    settings = get_settings()
    if refused := too_little_memory():
        console.print(f"[bold red]Not started[/]: {refused}. Nothing was touched.", highlight=False)
        return 2
    try:
        if not settings.extracts.is_dir():
            console.print(
                f"[bold red]There is no folder {escape(str(settings.extracts))}[/]: give the one that holds the "
                "extracts with --extracts or AVANCE_EXTRACTS. Nothing was touched."
            )
            return 2
        if is_cut_off(settings.home):
            with suppress(WarehouseBusyError), writer_lock(settings.home, wait=LOOK_SECONDS):
                pass  # who takes the lock puts the rest of the home in its place, the seeds perhaps
        check_seeds(settings.seeds, settings.shipped_seeds)
        check_ente(load_entes(settings.seeds), settings.ente)
        time_zone()
        patience()
        worker_count()
        with_csv()
        engine()
    except (ValueError, OSError) as refused:
        tell(settings, of_refusal(str(refused), date.today()))
        console.print(f"[bold red]Not started[/]: {escape(str(refused))}. Nothing was touched.", highlight=False)
        return 2
    try:
        tell(settings, silence_of(settings))
        with writer_lock(settings.home, wait=LOOK_SECONDS):
            touched = read_stamp(settings)
            inputs = inputs_hash(settings, year)
            if not force and (last := last_good_run(settings, inputs)):
                tell(settings, of_delays(delays(settings, today(), patience())))
                show_summary(console, settings, last.facts, last.seconds, confirmed_at=last.at)
                return 0
            return _load(console, settings, year, inputs, touched, verbose)
    except WarehouseBusyError as busy:
        console.print(
            f"[bold red]Not started[/]: {escape(str(busy))}. Wait for it to end, then run again; nothing was touched."
        )
        return 2
    except OSError as error:
        said = error_chain(error)
        tell(settings, of_refusal(diagnose(settings, said) or said, date.today()))
        show_failure(console, settings, None, "\n".join(filter(None, (diagnose(settings, said), said))), None)
        return 2


def _load(console: Console, settings: Settings, year: int | None, inputs: str, touched: str, verbose: bool) -> int:
    logger = logging.getLogger(RUN_LOGGER)
    prepare_dagster_home(settings)
    log = log_to_file(settings, logger, verbose)
    progress = Progress(console)
    logger.addHandler(progress)
    try:
        with progress.drawn():
            progress.begin_stage("start", "starting")
            facts = _execute(settings, progress, year)
    except Exception as error:
        logger.exception("the run could not go on")
        said = error_chain(error)
        tell(settings, of_interruption(diagnose(settings, said) or said, date.today()))
        show_failure(console, settings, None, diagnose(settings, said) or said, log)
        return 2
    finally:
        logger.removeHandler(progress)
    tell_run(settings, facts)
    if not facts.success or not facts.publication:
        show_failure(console, settings, facts, diagnose(settings, "\n".join(facts.failed_steps.values())), log)
        return 1
    # Of what changed while the run read it, nobody knows which of the two it read: the next run looks again, as it does
    # where this one left files for it. A note that cannot be written costs the next run its shortcut, nothing else.
    if read_stamp(settings) == touched and not any(file["resultado"] == Resultado.WAITING for file in facts.extracts):
        with suppress(OSError):
            remember(settings, inputs, facts, progress.seconds)
    show_summary(console, settings, facts, progress.seconds, log=log)
    return 0


def _execute(settings: Settings, progress: Progress, year: int | None) -> RunFacts:
    """Run the job in this process. Imports stand here: they are seconds of the first stage."""
    progress.begin_stage("definitions", "starting: loading Dagster, the dbt project and the asset graph")
    from dagster_project.definitions import defs

    job = defs.resolve_job_def("carga")
    progress.begin_stage("instance", "starting: opening the record of runs")
    with open_instance(settings) as instance:
        release_and_tell(settings, instance)
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            tags=ORIGIN,
            run_config={
                "loggers": {"avance": {}},
                "ops": {"raw_ejercicios": {"config": {"ejercicios": [year] if year else []}}},
            },
        )
        progress.begin_stage("record", "writing the record of the run")
        facts = facts_from_events(result.run_id, result.success, result.all_events)
    return facts
