"""``avance backup`` and ``avance restore``: a home copied between two runs, and brought back.

Belongs here: what is said, exit codes. Does not belong here: copying and comparing (``warehouse.backup``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.notices.machine_errors import diagnose, full
from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.backup import restore as restoring
from dagster_project.warehouse.backup.manifest import INBOX, BackupError, below
from dagster_project.warehouse.backup.take import take
from dagster_project.warehouse.db.home import HomeRefusedError
from dagster_project.warehouse.db.lock import HomeGoneError, WarehouseBusyError
from dagster_project.warehouse.db.migrations import NewerWarehouseError


def backup(console: Console, to: Path | None, wait: float) -> int:
    """Copy the home: 0; 1: what it holds, or the copy, is damaged; 2: it could not begin or be written."""
    settings = get_settings()
    folder = (to.expanduser().absolute() if to else _beside(settings)).resolve()

    def work() -> int:
        try:
            taken = take(settings, folder)
        except WarehouseBusyError as busy:
            if wait <= 0:
                raise
            console.print(f"{escape(str(busy))}. Waiting up to {wait:g} s for it to end.", highlight=False)
            taken = take(settings, folder, wait)
        found = taken.manifest
        console.print(
            f"Backup of {escape(str(settings.home))}: [bold]{escape(str(folder))}[/], {len(found.files)} files, "
            f"{found.bytes:,} bytes, {f'version {found.version}' if found.version else 'nothing published'}. Each file "
            "was read again and is as it was.",
            highlight=False,
            soft_wrap=True,
        )
        for said in taken.left_out:
            console.print(f"[bold yellow]Left out[/]: {escape(said)}", highlight=False, soft_wrap=True)
        console.print("Keep it on another disk; [bold]avance restore[/] brings it back (docs/backup.md).")
        return 0

    return _said(console, "No backup was made", folder, work)


def restore(console: Console, source: Path, replace: bool) -> int:
    """Make the home from a backup: 0; 1: the backup is damaged or the home holds something; 2: it cannot be written."""
    settings = get_settings()

    def work() -> int:
        done = restoring.restore(settings, source.expanduser().resolve(), replace)
        version = f"version {done.manifest.version}" if done.manifest.version else "nothing published"
        console.print(
            f"{escape(str(settings.home))} is as {escape(done.manifest.home)} was on {done.manifest.created_at}: "
            f"{len(done.manifest.files)} files, {version}. Each file was compared with its hash.",
            highlight=False,
            soft_wrap=True,
        )
        if done.aside:
            console.print(
                f"What stood there is in {escape(str(done.aside))}; remove it when all is well.",
                highlight=False,
                soft_wrap=True,
            )
        if done.seeds:
            console.print(
                f"[bold yellow]Decisions and catalogues differ[/]: the backup's are in {escape(str(done.seeds))}, "
                f"those in use in {escape(str(settings.seeds))}. Set AVANCE_SEEDS to the ones that are to count.",
                highlight=False,
                soft_wrap=True,
            )
        if any(file.path.startswith(f"{INBOX}/") for file in done.manifest.files):
            inbox = settings.inbox if below(settings.home, settings.inbox) else settings.home / INBOX
            console.print(
                f"{escape(str(inbox))} is closed to others, as all of the home: if they hand files in there, let them "
                "again (chmod).",
                highlight=False,
                soft_wrap=True,
            )
        console.print("[bold]avance run[/] goes on from here.")
        return 0

    return _said(console, "Not restored", settings.home, work)


def _said(console: Console, what: str, written: Path, work: Callable[[], int]) -> int:
    """Do the work and say what hindered it; ``written`` is the folder that files are copied to."""
    code = 2
    try:
        return work()
    except BackupError as error:
        code, said = 1, f"{str(error).rstrip('.')}."
    except (WarehouseBusyError, HomeGoneError) as error:
        said = f"{error}."
    except (HomeRefusedError, NewerWarehouseError) as error:
        said = str(error)
    except duckdb.Error as error:  # of the home's: a backup's is a BackupError
        said = diagnose(get_settings(), str(error)) or f"the warehouse cannot be read: {error}."
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        said = full(written, str(error)) or f"{error.strerror or error}{where}."
        said = f"{said} What stood there still does."
    console.print(f"[bold red]{what}[/]: {escape(said)}", highlight=False, soft_wrap=True)
    return code


def _beside(settings: Settings) -> Path:
    """Where a backup goes that nobody gave a place: a folder of its own beside the home."""
    return settings.home.with_name(f"{settings.home.name}-backups") / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
