"""What ``avance run`` says at the end, of a run that published and of one that did not.

Not here: gathering it (``gather``, ``published``).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dagster_project.command.facts import FailedCheck, RunFacts
from dagster_project.command.published import Publicado, read_published
from dagster_project.settings import Settings
from dagster_project.warehouse.publicacion import PointerError, Publicacion, publicacion_vigente

MAX_LISTED = 20
"""Refusals and checks listed one by one; the rest is counted and stands in the log."""


def show_summary(
    console: Console,
    settings: Settings,
    facts: RunFacts,
    seconds: dict[str, float],
    *,
    confirmed_at: str | None = None,
    log: Path | None = None,
) -> None:
    """The summary of a run that published, or of the last one where nothing has changed since."""
    version = publicacion_vigente(settings.published)
    assert version is not None  # the caller has just published or confirmed it
    published = read_published(settings.published, version)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in _rows(facts, published, confirmed=bool(confirmed_at)):
        table.add_row(name, value)
    table.add_row("published", _version(facts, version, confirmed_at))
    table.add_row("seconds", _timings(seconds) + (" (of that run)" if confirmed_at else ""))
    console.print()
    console.print(table, highlight=False)
    _list_refusals(console, facts)
    _list_checks(console, "Warnings", facts.warned)
    console.print()
    _how_to_look(console, settings)
    if log:
        console.print(f"  log         {log}", soft_wrap=True, highlight=False)


def show_failure(console: Console, settings: Settings, facts: RunFacts | None, reason: str | None, log: Path) -> None:
    """What failed, where, what was kept, and what to do about it."""
    console.print()
    console.print("[bold red]Not published.[/]")
    if reason:
        console.print(escape(reason), highlight=False)
    if facts:
        _list_refusals(console, facts)
        _list_checks(console, "Checks that failed", facts.failed)
        for step, why in facts.failed_steps.items():
            console.print(f"  [bold]{step}[/]: {escape(why)}", highlight=False)
        if facts.outside:
            console.print(f"  forms of years outside the calendar were not loaded: {facts.outside}")
    console.print(f"\nKept: {_kept(settings)}", highlight=False)
    console.print("What to do: docs/a-check-failed.md; the whole story is in the log.")
    console.print(f"Log: {log}", soft_wrap=True, highlight=False)


def _rows(facts: RunFacts, published: Publicado, confirmed: bool) -> list[tuple[str, str]]:
    results = Counter(extract["resultado"] for extract in facts.extracts)
    if confirmed:  # the facts are of the run that loaded them; since then nothing has changed
        loaded = sum(results.pop(name, 0) for name in ("loaded", "resettled"))
        results["unchanged"] += loaded
    rows = [
        ("extracts", ", ".join(f"{n} {name}" for name, n in sorted(results.items()) if n) or "none"),
        ("forms", f"{_total(facts.years, 'formatos')} pages, {_total(facts.years, 'renglones')} action rows"),
        ("units", f"{len(facts.units)}: {', '.join(facts.units)}"),
        ("quarters", f"{len(facts.quarters)}: {', '.join(facts.quarters)}"),
        ("readings", ", ".join(f"{n} {name}" for name, n in sorted(facts.estados.items())) or "none"),
        ("dbt", f"{facts.models} seeds and models built, {facts.tests} tests"),
        ("checks", _checks(facts)),
        ("findings", ", ".join(f"{n} {name}" for name, n in published.por_severidad.items()) or "none"),
    ]
    if facts.outside:
        rows.append(("not loaded", f"forms of years outside the calendar: {facts.outside}"))
    return rows


def _checks(facts: RunFacts) -> str:
    total = facts.tests + facts.checks
    return f"{total - len(facts.warned)} passed, {len(facts.warned)} warned (tests of dbt among them)"


def _total(rows: list[dict[str, Any]], field: str) -> int:
    return sum(row[field] for row in rows)


def _version(facts: RunFacts, version: Publicacion, confirmed_at: str | None) -> str:
    if confirmed_at:
        return f"[green]{version.version}[/], confirmed: nothing has changed since the run of {confirmed_at}"
    if facts.publication["nueva"]:
        return f"[green]{version.version}[/], new"
    return f"[green]{version.version}[/], confirmed: the marts came out the same"


def _timings(seconds: dict[str, float]) -> str:
    total = sum(seconds.values())
    return f"{total:.1f}: " + ", ".join(f"{name} {took:.1f}" for name, took in seconds.items())


def _list_refusals(console: Console, facts: RunFacts) -> None:
    """Every file or piece of one that could not be read: file, line, reason."""
    lines = []
    for extract in facts.extracts:
        for refusal in extract["rechazos"]:
            where = f", line {refusal['linea']}" if refusal["linea"] else ""
            lines.append(f"{extract['ruta']}{where}: {refusal['razon']} ({refusal['regla']})")
    lines += [f"{year['ejercicio']}: {failure}" for year in facts.years for failure in year["fallas"]]
    _bounded(console, "Could not be read", lines)


def _list_checks(console: Console, title: str, checks: list[FailedCheck]) -> None:
    lines = []
    for check in checks:
        details = {k: v for k, v in check.details.items() if k in SHOWN_DETAILS}
        seen = "; ".join(f"{k}: {v}" for k, v in details.items())
        lines.append(f"{check.asset} {check.name}" + (f" ({seen})" if seen else ""))
    _bounded(console, title, lines)


SHOWN_DETAILS = ("observado", "esperado", "faltan", "fallas", "dagster_dbt/failed_row_count")


def _bounded(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"\n[bold]{title}[/]")
    for line in lines[:MAX_LISTED]:
        console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)
    if len(lines) > MAX_LISTED:
        console.print(f"  and {len(lines) - MAX_LISTED} more, in the log")


def _how_to_look(console: Console, settings: Settings) -> None:
    fixed = settings.published / "avance.duckdb"
    console.print("[bold]Look at it[/]")
    query = "from marts.fct_avance limit 5"
    line = f".venv/bin/python -c \"import duckdb; print(duckdb.connect('{fixed}', read_only=True).sql('{query}'))\""
    for name, command in (
        ("with SQL", line),
        ("status", ".venv/bin/avance status"),
        ("in the browser", "make ui"),
    ):
        console.print(f"  {name:<15} {escape(command)}", highlight=False, soft_wrap=True)
    console.print(f"  {'files':<15} {settings.published}", highlight=False, soft_wrap=True)


def _kept(settings: Settings) -> str:
    try:
        version = publicacion_vigente(settings.published)
    except PointerError as error:
        return f"the published version is damaged ({error})"
    if version is None:
        return "what was loaded stays in the warehouse; nothing was published before."
    return f"version {version.version} of {version.creada_en} is still the published one; what was loaded stays."
