"""``avance publish --to``: the published version once more, in a PostgreSQL database.

Not here: how it gets there (``warehouse.postgres``). Publishing itself is the load's, behind its checks.
"""

from __future__ import annotations

import duckdb
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.home import TEMPORARY
from dagster_project.warehouse.postgres import Copied, CopyError, copy_version
from dagster_project.warehouse.publish.publication import PointerError, publicacion_vigente


def publish_to(console: Console, url: str | None) -> int:
    """Copy the current version to the database of an address, or of ``AVANCE_POSTGRES``.

    Returns 0 where the database shows it, 1 where it does not, 2 where there is nothing to copy or nowhere.
    """
    settings = get_settings()
    if not (target := url or settings.postgres):
        console.print("Give the database with --to postgresql://user@host/database, or set AVANCE_POSTGRES.")
        return 2
    try:
        version = publicacion_vigente(settings.published)
        if version is None:
            console.print(f"Nothing is published in {escape(str(settings.published))} yet: run avance run first.")
            return 2
        copied = copy_version(target, version, settings.published, settings.home / TEMPORARY)
    except (CopyError, PointerError, duckdb.Error, OSError) as error:
        console.print(f"[bold red]Not copied[/]: {escape(str(error))}", highlight=False, soft_wrap=True)
        console.print("What the database held before is as it was; so is the published version.")
        return 1
    console.print(said_of(copied), highlight=False, soft_wrap=True)
    return 0


def said_of(copied: Copied) -> str:
    """What a database holds now, or why not, in markup."""
    if copied.error:
        return f"[yellow]no copy[/]: {escape(copied.error)}; avance publish --to tries again"
    done = "new" if copied.is_new else "there already"
    return f"{escape(copied.place)}: [green]{copied.version}[/], {done}" + "".join(
        f"; {escape(n)}" for n in copied.notes
    )
