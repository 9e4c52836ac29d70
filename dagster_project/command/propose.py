"""``avance propose``: the catalogue lines that what was read calls for, shown with their evidence, or appended.

Not in here: which lines those are, and how a file grows by them (``proposals``).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import groupby

import duckdb
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.proposals.proposal import Proposal
from dagster_project.proposals.propose import append_lines, propose, read_seeds
from dagster_project.proposals.seen import pages_seen
from dagster_project.proposals.waiting import note_waiting
from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock
from dagster_project.warehouse.db.migrations import NewerWarehouseError

WORDS = {
    "entes.csv": ("municipality", "municipalities"),
    "planes.csv": ("plan", "plans"),
    "programas.csv": ("programme", "programmes"),
    "unidades.csv": ("unit", "units"),
    "unidades_medida.csv": ("measure", "measures"),
    "lineas_accion.csv": ("línea de acción", "líneas de acción"),
}
"""What a line of each catalogue is of, one and several."""


def propose_lines(console: Console, ente: str | None, write: bool) -> int:
    """Show the lines, or append those that are in no doubt.

    0: shown or written, also where there are none. 1: nothing was read into this home yet, or nothing of ``ente``. 2: a
    run is at work, or a file cannot be read or written; nothing was written.
    """
    settings = get_settings()
    try:
        if not settings.warehouse.exists():
            console.print(f"Nothing was read into {escape(str(settings.home))} yet: run [bold]avance run[/] first.")
            return 1
        with writer_lock(settings.home, what="avance propose"):
            return _propose(console, settings, ente, write)
    except WarehouseBusyError as busy:
        console.print(
            f"[bold red]Not done[/]: {escape(str(busy))}. Wait for it to end, then ask again.", highlight=False
        )
    except NewerWarehouseError as error:
        console.print(f"[bold red]Not done[/]: {escape(str(error))}", highlight=False)
    except duckdb.Error as error:  # of an older release: its tables are brought up to date by a run
        said = escape(str(error))
        console.print(f"[bold red]Not done[/]: {said}. Run [bold]avance run[/], then ask again.", highlight=False)
    except (OSError, ValueError, csv.Error) as error:
        console.print(f"[bold red]Not done[/]: {escape(str(error))}", highlight=False)
    return 2


def waiting_line(found: dict[str, int], ente: str | None = None) -> str | None:
    """What waits for the catalogues and how to see it, in a sentence; None where nothing does."""
    if not found:
        return None
    said = ", ".join(f"{count} {WORDS[name][count > 1]}" for name, count in found.items())
    return f"Not in the catalogues yet: {said}. avance propose{f' --ente {ente}' if ente else ''} shows the lines."


def _propose(console: Console, settings: Settings, ente: str | None, write: bool) -> int:
    with open_warehouse(settings.warehouse, read_only=True) as con:
        pages = pages_seen(con)
    if ente is not None and ente not in (there := sorted({page.ente for page in pages if page.ente})):
        console.print(
            f"No page of municipality {escape(ente)} was read; there are pages of {', '.join(there) or 'nobody known'}."
        )
        return 1
    seeds = read_seeds(settings.seeds)
    everything = propose(pages, seeds)
    asked = [p for p in everything if ente is None or p.ente in (ente, None)]
    if ente is not None:
        # A measure is everybody's: of one municipality are those that its own pages print.
        own = {p.key for p in propose([page for page in pages if page.ente == ente], seeds)}
        asked = [p for p in asked if p.ente or p.key in own]
    if not asked:
        console.print("The catalogues hold all that was read: there is nothing to propose.")
        return 0
    if not write:
        _show(console, settings, asked)
        return 0
    _show(console, settings, [p for p in asked if p.doubt])
    written = append_lines(settings.seeds_to_write, asked)
    done = {(p.file, p.key) for p in asked if not p.doubt}
    note_waiting(settings.home, [p for p in everything if (p.file, p.key) not in done])
    _show_written(console, settings, written, [p for p in asked if p.check and not p.doubt])
    return 0


def _show(console: Console, settings: Settings, proposals: Sequence[Proposal]) -> None:
    """Each line under its file, its evidence above it; a line in doubt is commented out."""
    for name, of_file in groupby(proposals, key=lambda p: p.file):
        console.print(f"\n[bold]{escape(str(settings.seeds / name))}[/]", soft_wrap=True)
        for proposal in of_file:
            for said in (proposal.evidence, proposal.check, proposal.doubt and f"NOT WRITTEN: {proposal.doubt}"):
                if said:
                    console.print(f"# {escape(said, one_line=True)}", highlight=False, soft_wrap=True)
            mark = "#" if proposal.doubt else ""
            console.print(f"{mark}{escape(proposal.line(), one_line=True)}", highlight=False, soft_wrap=True)
    if open_lines := [p for p in proposals if not p.doubt]:
        console.print(
            f"\n[bold]avance propose --write[/] appends the {len(open_lines)} lines that are not commented out.",
            highlight=False,
        )


def _show_written(console: Console, settings: Settings, written: dict[str, int], to_check: Sequence[Proposal]) -> None:
    if not written:
        console.print("\nNothing was written: no line is sure enough to go in without a person.")
        return
    console.print(f"\nAppended in {escape(str(settings.seeds))}", soft_wrap=True, highlight=False)
    for name, count in written.items():
        console.print(f"  {name:<20} {count:>3} {WORDS[name][count > 1]}", highlight=False)
    for proposal in to_check:
        line = escape(proposal.line(), one_line=True)
        console.print(f"  look at {proposal.file}: {line}: {proposal.check}", highlight=False, soft_wrap=True)
    console.print("Then [bold]avance run[/] reads everything again with them.")
