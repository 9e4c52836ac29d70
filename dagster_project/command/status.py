"""``avance status``: what is loaded, what is missing, what was found, how old it is.

Reads the published version and what was told of the home, so it answers while a run writes; a silent daemon it tells.
Not here: the queries.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table

from dagster_project.command.dagster_instance import silence_of
from dagster_project.command.propose import waiting_line
from dagster_project.command.published import ask_published
from dagster_project.command.published_summary import FINDING, SET_ASIDE, PublishedSummary, read_published
from dagster_project.command.terminal_text import escape
from dagster_project.notices.ledger import undelivered
from dagster_project.notices.sayings import WATCH_OFF
from dagster_project.notices.tell import tell
from dagster_project.proposals.waiting import waiting
from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.state.coverage import Cobertura

YEARS_A_TABLE = 5
"""Years side by side that fit a terminal of 80 columns."""

MISSING = "--"


def status(console: Console, ente: str | None) -> int:
    """Show the state of the published version, of one municipality or of each.

    Returns 0, or 1 where there is none of it, or the daemon is silent that schedules or sensors count on, or its
    watch is turned off.
    """
    shown = _show_status(console, ente)
    return max(shown, _show_watch(console, get_settings()))


def _show_status(console: Console, ente: str | None) -> int:
    answer = ask_published(console, read_published)
    if answer is None:
        return 1
    version, published = answer
    if ente is not None and ente not in published.entes:
        there = ", ".join(f"{key} {name}" for key, name in published.entes.items())
        console.print(
            f"No report of municipality {escape(ente)} is published; there are those of {escape(there) or 'none'}."
        )
        return 1
    settings = get_settings()
    age = datetime.now(UTC) - datetime.fromisoformat(version.creada_en)
    console.print(f"Version [bold]{version.version}[/], published {_ago(age)} ({version.creada_en})")
    console.print(escape(str(version.path(settings.published))), soft_wrap=True, highlight=False)
    show_published(console, published, ente)
    if said := waiting_line(waiting(settings.home, ente), ente):
        console.print(f"\n{said}", highlight=False)
    return 0


def _show_watch(console: Console, settings: Settings) -> int:
    """What did not reach anybody, and a silent daemon or a watch turned off, which is told: 1 where there is one."""
    if lost := undelivered(settings.home):
        console.print(
            f"\n[yellow]{len(lost)} notices were not delivered[/], the last: {escape(lost[-1])}", highlight=False
        )
    try:
        silent = silence_of(settings)
    except ValueError as wrong:
        console.print(f"\n[bold red]{escape(str(wrong))}[/]: nobody can say whether the daemon is silent.")
        return 1
    if silent is None:
        return 0
    tell(settings, silent)
    said = "The watch is turned off." if silent.evento == WATCH_OFF else "The daemon is silent."
    console.print(f"\n[bold red]{said}[/] {escape(silent.texto)}", highlight=False)
    return 1


def show_published(console: Console, published: PublishedSummary, ente: str | None) -> None:
    """Quarters and findings by municipality, each table within 80 columns; then what belongs to none."""
    for key in [ente] if ente else published.entes:
        console.rule(f"{key} {published.entes[key]}", align="left")
        console.print(f"Quarters loaded ({MISSING} missing)")
        for table in _coverage_tables([c for c in published.cobertura if c.ente_codigo == key]):
            console.print(table)
        console.print()
        console.print(_findings_table(published, key))
    if ente:
        return
    found = {ente for ente, *_ in published.hallazgos}
    for other in sorted(key for key in found if key and key not in published.entes):
        console.rule(f"{other}, of no report in force", align="left")
        console.print(_findings_table(published, other))
    if None in found:
        console.rule("Of no settled municipality", align="left")
        console.print(_findings_table(published, None))
    for situacion, said in SET_ASIDE.items():
        if situacion in published.paginas:
            pages, rows = published.paginas[situacion]
            console.print(f"[yellow]{pages} pages[/] with {rows} action rows {said}: finding {FINDING[situacion]}")


def _coverage_tables(cobertura: list[Cobertura]) -> list[Table]:
    """Units of one municipality by year: the quarters that are loaded, those that are missing as dashes."""
    reported = {(c.unidad_codigo, c.corte): c.reportado for c in cobertura}
    ente = {c.unidad_codigo: c.ente_codigo for c in cobertura}
    years = sorted({c.corte[:4] for c in cobertura})
    tables = []
    for k in range(0, len(years), YEARS_A_TABLE):
        table = Table("Unidad", box=None, padding=(0, 2, 0, 0))
        shown = years[k : k + YEARS_A_TABLE]
        for year in shown:
            table.add_column(year, no_wrap=True)
        for unidad in sorted(ente):
            quarters = [[reported.get((unidad, f"{year}-T{n}")) for n in range(1, 5)] for year in shown]
            cells = [" ".join(_quarter(*pair) for pair in enumerate(of_year, start=1)) for of_year in quarters]
            table.add_row(f"{ente[unidad]}/{unidad}", *(cell.rstrip() for cell in cells))
        tables.append(table)
    return tables


def _quarter(number: int, reported: bool | None) -> str:
    if reported is None:
        return "  "
    return f"[green]T{number}[/]" if reported else f"[yellow]{MISSING}[/]"


def _findings_table(published: PublishedSummary, ente: str | None) -> Table:
    table = Table("Severidad", "Regla", title="Findings", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column("Count", justify="right")
    for found, severidad, regla, cuantos in published.hallazgos:
        if found == ente:
            table.add_row(severidad, regla, f"{cuantos:,}")
    return table


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 2880 else f"{minutes // 1440} days ago"
