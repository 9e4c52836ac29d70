"""``avance tidy``: records of old runs and pages of documents half read go, and what that freed is said.

Not here: which go (``defs.records``, ``warehouse.files.looked_pages``).
"""

from __future__ import annotations

import time

from rich.console import Console

from dagster_project.command.dagster_instance import open_instance, release_and_tell
from dagster_project.command.terminal_text import escape
from dagster_project.notices.machine_errors import diagnose, error_chain
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock
from dagster_project.warehouse.files.looked_pages import let_go


def tidy_home(console: Console, runs: int, days: float) -> int:
    """Tidy between two runs; returns 0, or 2 where the home is at work or cannot be used."""
    from dagster_project.defs.records import Retention, tidy

    settings = get_settings()
    try:
        with writer_lock(settings.home), open_instance(settings) as instance:
            release_and_tell(settings, instance)
            freed = tidy(instance, settings.dagster_home, Retention(runs=runs, days=days), time.time())
            left = let_go(settings.originals, time.time())
    except WarehouseBusyError as busy:
        console.print(f"[bold red]Not tidied[/]: {escape(str(busy))}. Wait for it to end; nothing was touched.")
        return 2
    except Exception as error:
        said = error_chain(error)
        console.print(f"[bold red]Not tidied[/]: {escape(diagnose(settings, said) or said)}", highlight=False)
        return 2
    console.print(
        f"{freed.runs} runs let go, {freed.kept} kept; Dagster's records of {escape(str(settings.home))}: "
        f"{_megabytes(freed.before)}, now {_megabytes(freed.after)}.",
        highlight=False,
        soft_wrap=True,
    )
    if left:
        console.print(f"Pages of {left} documents that were never read to their end let go.")
    if freed.in_use:
        console.print(f"In use by somebody, so not made smaller: {escape(', '.join(freed.in_use))}. Repeat it later.")
    return 0


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
