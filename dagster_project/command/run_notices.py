"""What the end of a run lists one by one: what could not be read, was ignored, was lost, did not pass.

Lines of plain text, and lists of them under a title. Not here: the summary around them (``run_summary``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from rich.console import Console

from dagster_project.command.published_summary import PublishedSummary
from dagster_project.command.terminal_text import escape
from dagster_project.notices.run_facts import FailedCheck, RunFacts, is_refused
from dagster_project.settings import REPORTS_PAGE

MAX_LISTED = 20
"""Lines of one list; the rest is counted and stands in the log."""

MAX_NAMED = 3
"""Files named in one line; the rest is counted."""

SHOWN_DETAILS = ("observado", "esperado", "faltan", "fallas", "filas_que_fallan", "dagster_dbt/failed_row_count")


def show(console: Console, title: str, lines: list[str]) -> None:
    """Print a list under its title; nothing where it is empty."""
    if not lines:
        return
    console.print(f"\n[bold]{title}[/]")
    for line in lines[:MAX_LISTED]:
        console.print(f"  {escape(line, one_line=True)}", highlight=False, soft_wrap=True)
    if len(lines) > MAX_LISTED:
        console.print(f"  and {len(lines) - MAX_LISTED} more, in the log")


def show_files(console: Console, facts: RunFacts) -> None:
    """Print the files that were not loaded, or are not there as they were."""
    show(console, "Could not be read", _refusals(facts))
    show(console, "Ignored", _reasons(facts, "ignored"))
    show(console, "Left for the next run", _reasons(facts, "waiting"))
    show(console, "No longer there", _gone(facts))
    show(console, "Overwritten", _standing(facts))


def outcome(extract: dict[str, Any]) -> str:
    """What became of a file, in a word."""
    return "refused" if is_refused(extract) else str(extract["resultado"])


def _refusals(facts: RunFacts) -> list[str]:
    """Every file or piece of one that could not be read: file, line, reason."""
    lines = []
    for extract in facts.extracts:
        for refusal in extract["rechazos"]:
            where = f", line {refusal['linea']}" if refusal["linea"] else ""
            lines.append(f"{extract['ruta']}{where}: {refusal['razon']} ({refusal['regla']})")
    lines += [said for year in facts.years for said in year["cortadas"]]
    return lines + [f"{year['ejercicio']}: {failure}" for year in facts.years for failure in year["fallas"]]


def _reasons(facts: RunFacts, result: str) -> list[str]:
    """Every file of which this became, and why."""
    return [f"{e['ruta']}: {e['razon']}" for e in facts.extracts if e["resultado"] == result]


def _standing(facts: RunFacts) -> list[str]:
    """Extracts that count without a file: overwritten by bytes that hold not all of their reports."""
    lines = [f"{e['ruta']} counts on: {e['razon']}" for e in facts.extracts if e["resultado"] == "stands"]
    if lines:
        lines.append("  put the old file back or add the new one under another name; if the new bytes are right,")
        lines.append("  avance approve FILE lets them count, avance retire FILE@id --reason … takes the old ones out")
    return lines


def _gone(facts: RunFacts) -> list[str]:
    """Files of earlier loads that are no longer there, a line a folder."""
    folders: dict[str, list[str]] = {}
    for extract in facts.extracts:
        if extract["ausente"]:
            folder, _, name = extract["ruta"].rpartition("/")
            folders.setdefault(folder, []).append(name)
    return [
        f"{folder or '.'}/: {', '.join(names[:MAX_NAMED])}"
        + (f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else "")
        + "; what was loaded from there stays"
        for folder, names in folders.items()
    ]


OPEN = {
    "ente": "whose it is",
    "unidad": "which unit's",
    "ejercicio": "of which year",
    "trimestre": "of which quarter",
}
"""What of a page is not settled, in words."""


def set_aside(facts: RunFacts) -> list[str]:
    """Of a run with no row to publish, every file with what is not settled of its pages."""
    return [
        f"{file['ruta']}: {file['renglones']} action rows; not settled: {', '.join(OPEN[f] for f in file['abiertos'])}"
        for file in facts.aside
    ]


def next_steps(facts: RunFacts, proposed: str | None) -> list[str]:
    """What to do where no row is left to publish; ``proposed`` is what waits for the catalogues, in a sentence."""
    opened = {fact for file in facts.aside for fact in file["abiertos"]}
    lines = [proposed] if proposed else []
    if "ente" in opened:
        lines.append(
            "whose it is: a line of seeds/entes.csv for a municipality that it lacks (avance propose shows it)"
        )
        lines.append("  or, where titles name none, or one that several states have, lines of seeds/extractos.csv")
    if "unidad" in opened:
        lines.append("which unit's: avance propose --write takes units that are printed whole; then avance run")
    if opened & {"ejercicio", "trimestre"}:
        lines.append("year, quarter: avance read FILE shows what is printed; a line of seeds/paginas.csv decides it")
    return lines if facts.aside else []


def losses(facts: RunFacts) -> list[str]:
    """Files whose bytes were replaced, in this run or before, and the reports that left with the old ones."""
    lines = []
    lost = {loss["extracto_id"]: loss for loss in facts.losses}
    for path, old in ((e["ruta"], e["retirado"]) for e in facts.extracts if e["retirado"]):
        lines.append(f"{path}: its bytes were replaced; the old extract {old} was retired")
        lines += _reports(lost.pop(old)["perdidos"] if old in lost else [])
    for loss in lost.values():
        lines.append(f"{loss['ruta']}: its bytes were replaced by an earlier run (old extract {loss['extracto_id']})")
        lines += _reports(loss["perdidos"])
    if facts.losses:
        lines.append("  to have them back, restore the file (or add the old one under another name) and run again;")
        lines.append("  if the new bytes are right, there is nothing to do")
    return lines


def _reports(lost: list[dict[str, Any]]) -> list[str]:
    return [
        f"  {report['unidad']} {report['corte']} was in the old bytes ({report['renglones']} action rows) and is "
        f"{_left(report['quedan'])}"
        for report in lost
    ]


def errors(published: PublishedSummary) -> list[str]:
    """The findings of severity ``error``, by rule, each with where the first one stands."""
    return [
        f"{rule}: {count} of severity error, first {path or 'no file'}:{line or 0}"
        for rule, count, path, line in published.errores
    ]


def checks(failed: list[FailedCheck], reports: Path) -> list[str]:
    """Checks that did not pass, with what they saw; a page of the web UI as the file below ``reports`` that it is."""
    lines = []
    for check in failed:
        seen = "; ".join(f"{k}: {_on_disk(v, reports)}" for k, v in check.details.items() if k in SHOWN_DETAILS)
        lines.append(f"{check.asset} {check.name}" + (f" ({seen})" if seen else ""))
    return lines


def _on_disk(value: object, reports: Path) -> object:
    page = str(value).removeprefix(f"{REPORTS_PAGE}/")
    return value if page == str(value) else reports / unquote(page)


def _left(rows: int) -> str:
    return f"in the extracts now with {rows} only" if rows else "in no extract now"
