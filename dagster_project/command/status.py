"""``avance status``: what is loaded, what is missing, what was found, how old it is.

Reads the published version alone, so it answers while a run writes. Not here: the queries.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table

from dagster_project.command.published import ask_published
from dagster_project.command.published_summary import FINDING, SET_ASIDE, PublishedSummary, read_published
from dagster_project.settings import get_settings


def status(console: Console) -> int:
    """Show the state of the published version; 0, or 1 where there is none that can be read."""
    answer = ask_published(console, read_published)
    if answer is None:
        return 1
    version, published = answer
    age = datetime.now(UTC) - datetime.fromisoformat(version.creada_en)
    console.print(f"Version [bold]{version.version}[/], published {_ago(age)} ({version.creada_en})")
    console.print(str(version.path(get_settings().published)), soft_wrap=True, highlight=False)
    console.print(_coverage_table(published))
    for situacion, said in SET_ASIDE.items():
        if situacion in published.paginas:
            pages, rows = published.paginas[situacion]
            console.print(f"[yellow]{pages} pages[/] with {rows} action rows {said}: finding {FINDING[situacion]}")
    console.print(_findings_table(published))
    return 0


def _coverage_table(published: PublishedSummary) -> Table:
    cortes = sorted({c.corte for c in published.cobertura})
    table = Table("Unidad", *cortes, title="Quarters reported, by unit", title_justify="left")
    reported = {(c.ente_codigo, c.unidad_codigo, c.corte): c.reportado for c in published.cobertura}
    for ente, unidad in sorted({(c.ente_codigo, c.unidad_codigo) for c in published.cobertura}):
        cells = [_word(reported.get((ente, unidad, corte))) for corte in cortes]
        table.add_row(f"{ente}/{unidad}", *cells)
    return table


def _word(reported: bool | None) -> str:
    if reported is None:
        return "[dim]-[/]"
    return "[green]loaded[/]" if reported else "[yellow]missing[/]"


def _findings_table(published: PublishedSummary) -> Table:
    table = Table("Severidad", "Regla", title="Findings", title_justify="left")
    table.add_column("Count", justify="right")
    for severidad, regla, cuantos in published.hallazgos:
        table.add_row(severidad, regla, f"{cuantos:,}")
    return table


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 2880 else f"{minutes // 1440} days ago"
