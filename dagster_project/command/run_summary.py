"""What ``avance run`` says at the end, of a run that published and of one that did not.

Not here: gathering it (``run_facts``, ``published_summary``), and what is listed one by one (``run_notices``).
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from dagster_project.command import run_notices as notices
from dagster_project.command.propose import waiting_line
from dagster_project.command.publish import said_of
from dagster_project.command.published_summary import SET_ASIDE, PublishedSummary, read_published
from dagster_project.command.terminal_text import escape
from dagster_project.notices.run_facts import RunFacts
from dagster_project.proposals.waiting import waiting
from dagster_project.settings import Settings
from dagster_project.warehouse.postgres import Copied, copy_if_asked
from dagster_project.warehouse.publish.publication import SITE_NAME, PointerError, Publicacion, publicacion_vigente


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
    with duckdb.connect(str(version.path(settings.published)), read_only=True) as con:
        published = read_published(con)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in _rows(facts, published, confirmed=bool(confirmed_at)):
        table.add_row(name, value)
    table.add_row("published", _version(facts, version, confirmed_at))
    if copied := _copied(settings, facts, version, confirmed=bool(confirmed_at)):
        table.add_row("postgres", said_of(copied))
    table.add_row("seconds", _timings(seconds) + (" (of that run)" if confirmed_at else ""))
    console.print()
    console.print(table, highlight=False)
    notices.show_files(console, facts)
    warnings = [*notices.losses(facts), *notices.errors(published), *notices.checks(facts.warned, settings.data_docs)]
    notices.show(console, "Warnings", warnings)
    console.print()
    if said := waiting_line(waiting(settings.home)):
        console.print(f"[bold]Next[/]\n  {said}\n", highlight=False, soft_wrap=True)
    _how_to_look(console, settings)
    if log:
        console.print(f"  log         {escape(str(log))}", soft_wrap=True, highlight=False)


def show_failure(
    console: Console, settings: Settings, facts: RunFacts | None, reason: str | None, log: Path | None
) -> None:
    """What failed, where, what was kept, and what to do about it."""
    console.print()
    console.print("[bold red]Not published.[/]")
    if reason:
        console.print(escape(reason), highlight=False)
    if facts:
        notices.show_files(console, facts)
        notices.show(console, "Warnings", notices.losses(facts))
        notices.show(console, "Checks that failed", notices.checks(facts.failed, settings.data_docs))
        for step, why in facts.failed_steps.items():
            console.print(f"  [bold]{escape(step)}[/]: {escape(why)}", highlight=False)
        if facts.outside:
            console.print(f"  forms of years outside the calendar were not loaded: {facts.outside}")
        notices.show(console, "Read, and counts nowhere", notices.set_aside(facts))
        notices.show(console, "Next", notices.next_steps(facts, waiting_line(waiting(settings.home))))
    console.print(f"\nKept: {escape(_kept(settings))}", highlight=False)
    if log is None:
        return
    guide = "add-a-municipality" if facts and facts.aside else "a-check-failed"
    console.print(f"What to do: docs/{guide}.md; the whole story is in the log.")
    console.print(f"Log: {escape(str(log))}", soft_wrap=True, highlight=False)


def _rows(facts: RunFacts, published: PublishedSummary, confirmed: bool) -> list[tuple[str, str]]:
    results = Counter(notices.outcome(extract) for extract in facts.extracts)
    if confirmed:  # the facts are of the run that loaded them; since then nothing has changed
        loaded = sum(results.pop(name, 0) for name in ("loaded", "resettled", "moved"))
        results["unchanged"] += loaded
    rows = [
        ("extracts", ", ".join(f"{n} {name}" for name, n in sorted(results.items()) if n) or "none"),
        ("forms", f"{_total(facts.years, 'formatos')} pages, {_total(facts.years, 'renglones')} action rows"),
        *_set_aside(facts),
        ("units", _units(published)),
        ("quarters", f"{len(facts.quarters)}: {', '.join(facts.quarters)}"),
        ("readings", ", ".join(f"{n} {name}" for name, n in published.estados.items()) or "none"),
        ("dbt", f"{facts.models} seeds and models built, {facts.tests} tests"),
        ("checks", _checks(facts)),
        ("findings", ", ".join(f"{n} {name}" for name, n in published.por_severidad.items()) or "none"),
    ]
    if facts.decisions:
        acting = sum(1 for acts_on in facts.decisions.values() if acts_on)
        rows.append(("decisions", f"{acting} of {len(facts.decisions)} act, on {sum(facts.decisions.values())} rows"))
    if facts.outside:
        rows.append(("not loaded", f"forms of years outside the calendar: {facts.outside}"))
    return rows


def _units(published: PublishedSummary) -> str:
    """How many reported and which; of several municipalities how many of each."""
    by_ente = published.unidades
    total = sum(map(len, by_ente.values()))
    if len(by_ente) > 1:
        return f"{total}: " + ", ".join(f"{len(u)} of {ente} {published.entes[ente]}" for ente, u in by_ente.items())
    return f"{total}: {', '.join(unit for units in by_ente.values() for unit in units)}"


def _set_aside(facts: RunFacts) -> list[tuple[str, str]]:
    """What stands between the action rows and the readings, where anything does."""
    pages: Counter[str] = Counter()
    for year in facts.years:
        pages.update(year["paginas"])
    said = [f"{pages[what]} {said_of_it}" for what, said_of_it in SET_ASIDE.items() if pages[what]]
    rows = _total(facts.years, "renglones_apartados")
    return [("set aside", f"{rows} action rows; pages: {', '.join(said)}")] if said else []


def _checks(facts: RunFacts) -> str:
    total = facts.tests + facts.checks
    return f"{total - len(facts.warned)} passed, {len(facts.warned)} warned (tests of dbt among them)"


def _total(rows: list[dict[str, Any]], field: str) -> int:
    return sum(row[field] for row in rows)


def _version(facts: RunFacts, version: Publicacion, confirmed_at: str | None) -> str:
    if confirmed_at:
        return f"[green]{version.version}[/], confirmed: nothing has changed since the run of {confirmed_at}"
    if (mended := facts.publication.get("enmienda", "ninguna")) != "ninguna":
        return f"[green]{version.version}[/], mended: {escape(str(mended))}"
    if facts.publication["nueva"]:
        return f"[green]{version.version}[/], new"
    return f"[green]{version.version}[/], confirmed: the marts came out the same"


def _copied(settings: Settings, facts: RunFacts, version: Publicacion, *, confirmed: bool) -> Copied | None:
    """What a database has of the version; where nothing was loaded, it is asked, and brought what it lacks."""
    copied = copy_if_asked(settings, version) if confirmed else Copied(**facts.publication["postgres"])
    return copied if copied.place else None


def _timings(seconds: dict[str, float]) -> str:
    total = sum(seconds.values())
    return f"{total:.1f}: " + ", ".join(f"{name} {took:.1f}" for name, took in seconds.items())


def _how_to_look(console: Console, settings: Settings) -> None:
    fixed = settings.published / "avance.duckdb"
    console.print("[bold]Look at it[/]")
    query = "from marts.fct_avance limit 5"
    programs = Path(sys.executable).parent  # of a checkout .venv/bin, of an installed wheel wherever that is
    if programs.is_relative_to(Path.cwd()):
        programs = programs.relative_to(Path.cwd())
    line = f"{programs}/python -c \"import duckdb; print(duckdb.connect('{fixed}', read_only=True).sql('{query}'))\""
    for name, command in (
        ("pages", f"{settings.published / SITE_NAME / 'index.html'}"),
        ("with SQL", line),
        ("status", f"{programs}/avance status"),
        ("in the browser", f"{programs}/avance ui"),
    ):
        console.print(f"  {name:<15} {escape(command)}", highlight=False, soft_wrap=True)
    console.print(f"  {'files':<15} {escape(str(settings.published))}", highlight=False, soft_wrap=True)


def _kept(settings: Settings) -> str:
    if not settings.warehouse.exists():
        return f"there is no warehouse in {settings.home} to keep anything; the extracts are as they were."
    try:
        version = publicacion_vigente(settings.published)
    except PointerError as error:
        return f"the published version is damaged ({error})"
    if version is None:
        return "what was loaded stays in the warehouse; nothing was published before."
    return f"version {version.version} of {version.creada_en} is still the published one; what was loaded stays."
