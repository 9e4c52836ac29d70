"""``avance approve`` and ``avance retire``: what the register of extracts says of one file, written for a person.

Belongs here: the line of ``seeds/extractos.csv`` and what is said of it. Does not belong here: what follows from it
(``tmm_f004.reconcile.reports``, ``warehouse.years.pages_in_force``); the next run does it.
"""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path

import duckdb
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.reference.registry import REJECTED, load_registry
from dagster_project.reference.seed_writer import put_line
from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import WarehouseBusyError
from dagster_project.warehouse.db.migrations import NewerWarehouseError
from dagster_project.warehouse.files.extract_folder import INBOX, ruta_of
from dagster_project.warehouse.files.extracts import stored_paths

NAMED = 5
"""Files that a message names."""


def approve(console: Console, file: str, published: date) -> int:
    """Register a publication date: where reports differ, that of the latest date counts. 0; 2: nothing was written."""
    return _write(console, file, published.isoformat(), "", f"counts as published on {published.isoformat()}")


def retire(console: Console, file: str, reason: str) -> int:
    """Take an extract out of the marts; what was read of it stays in raw. 0; 2: nothing was written."""
    if not reason.strip():
        console.print("A file is retired for a reason: give it with [bold]--reason[/]. Nothing was written.")
        return 2
    return _write(console, file, REJECTED, reason.strip(), "is out of the marts; its lines stay in raw")


def undo(console: Console, file: str) -> int:
    """Take back what the register says of when an extract was published, or that it is retired, by any of its paths."""
    return _write(console, file, "", "", "is in the marts again, as a file of no known date")


def _write(console: Console, file: str, published: str, reason: str, said: str) -> int:
    settings = get_settings()
    try:
        known = _known_paths(settings)
        ruta = _path_of(settings, file)
        if ruta not in known:
            near = sorted(known)[:NAMED]
            console.print(
                f"No file {escape(repr(file))} was loaded into {escape(str(settings.home))}; there "
                f"{'are ' + escape(', '.join(near), one_line=True) if near else 'is none'}"
                f"{' …' if len(known) > NAMED else ''}. Nothing was written.",
                highlight=False,
            )
            return 2
        # A line on any path of the same bytes holds for them all.
        copies = sorted(path for path, key in known.items() if key == known[ruta] and path != ruta)
        named = load_registry(settings.seeds)
        paths = [ruta] if published else [path for path in (ruta, *copies) if path in named]
        why = {"fuente": reason} if reason else {}
        for path in paths:
            put_line(settings.seeds_to_write, "extractos.csv", path, {"publicado_en": published, **why})
    except WarehouseBusyError as busy:
        console.print(f"[bold red]Not done[/]: {escape(str(busy))}. Wait for it to end.", highlight=False)
        return 2
    except (OSError, ValueError, duckdb.Error, NewerWarehouseError) as error:
        console.print(f"[bold red]Not done[/]: {escape(str(error))}", highlight=False)
        return 2
    register = settings.seeds / "extractos.csv"
    if not paths:
        console.print(
            f"{escape(str(register))} says nothing of {escape(ruta, one_line=True)}. Nothing was written.",
            highlight=False,
            soft_wrap=True,
        )
        return 0
    console.print(
        f"{escape(ruta, one_line=True)} {said} from the next [bold]avance run[/] on ({escape(str(register))}).",
        highlight=False,
        soft_wrap=True,
    )
    if copies:
        said = escape(", ".join(copies[:NAMED]), one_line=True) + (" …" if len(copies) > NAMED else "")
        console.print(f"The same holds for its copies: {said}.", highlight=False, soft_wrap=True)
    return 0


def _known_paths(settings: Settings) -> dict[str, str]:
    """Every path that was loaded, as the register has it, with its extract."""
    if not settings.warehouse.exists():
        return {}
    with open_warehouse(settings.warehouse, read_only=True) as con:
        return {unicodedata.normalize("NFC", ruta): key for ruta, key in stored_paths(con).items()}


def _path_of(settings: Settings, file: str) -> str:
    """A path as the register has it: below its folder, whatever way it was given."""
    path = Path(file)
    for prefix, folder in ((INBOX, settings.inbox), ("", settings.extracts)):
        if not file.startswith(INBOX) and os.path.lexists(path):
            there = path.parent.resolve() / path.name  # a link goes by its own name
            if there.is_relative_to(folder.resolve()):
                file = prefix + ruta_of(there.relative_to(folder.resolve()).parts)
                break
    return unicodedata.normalize("NFC", file)
