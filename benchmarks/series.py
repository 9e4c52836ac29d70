"""How often an action is linked with the right one of an earlier ejercicio, on unseen histories over years.

``python -m benchmarks.series`` draws three ejercicios of each of many made-up units: renumbered, reworded, actions
ended, begun, paused, moved, measured otherwise; each year is read and reconciled, then its actions are linked. Ends
with exit code 1 where more than 1 link in 500 is wrong or less than 90 % of the possible ones are made.

Belongs here: running and counting. Does not: what happens between years (``benchmarks.synthetic.years``).
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.corpus import catalogs, rate_set
from benchmarks.histories import EXTRACT, SETS
from benchmarks.intervals import share_text
from benchmarks.synthetic.history import Historia
from benchmarks.synthetic.years import years
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.reconcile.action_series import SeriesLink, YearAction, link_years
from dagster_project.tmm_f004.reconcile.reports import Report
from dagster_project.tmm_f004.reconcile.unit_year import LINK_UNSURE, reconcile
from dagster_project.tmm_f004.reconcile.year_actions import ActionPrint, year_actions
from dagster_project.tmm_f004.settle.pages import settle_extract

QUICK, FULL = 60, 600
WRONG_AT_MOST, MADE_AT_LEAST = 1 / 500, 0.9


class Truth(NamedTuple):
    """Which action one truly is, and its measure: of two measures it is no series, and no link is possible."""

    historia: int
    medida: str


@dataclass(slots=True)
class Score:
    """Links over years by verdict, and examples of what is wrong or was not made."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def score_unit(told: list[Historia], known: Catalogs, score: Score) -> None:
    """Read the years of a unit, link them, and count what became of its actions."""
    by_year: dict[int, list[YearAction]] = {}
    truth_of: dict[str, Truth] = {}
    for one in told:
        actions, truths = _actions(one, known)
        by_year[int(one.cortes[0][:4])] = actions
        truth_of |= truths
    made = link_years([], by_year)
    texts = {a.accion_id: a for actions in by_year.values() for a in actions}
    latest: dict[int, Truth] = {}
    for year in sorted(by_year):
        links = [link for link in made if link.ejercicio == year]
        here = {t.historia: t for t in (truth_of[v.accion_id] for v in links)}
        possible = {t.historia for t in here.values() if latest.get(t.historia) == t}
        done = {truth_of[v.accion_id].historia for v in links if v.anterior and not _is_wrong(v, truth_of)}
        score.counts["possible"] += len(possible)
        score.counts["made right"] += len(possible & done)
        for link in links:
            _count(link, truth_of, possible - done, texts, score)
        latest |= here


def _count(
    link: SeriesLink, truth_of: dict[str, Truth], missed: set[int], texts: dict[str, YearAction], score: Score
) -> None:
    score.counts["actions"] += 1
    if link.anterior:
        score.counts["made"] += 1
        if _is_wrong(link, truth_of):
            score.counts["wrong"] += 1
            score.wrong.append(f"{link.regla} {link.puntaje} {texts[link.anterior]} -> {texts[link.accion_id]}")
    else:
        score.counts["unsure"] += link.regla == LINK_UNSURE
        if truth_of[link.accion_id].historia in missed:
            score.missed.append(
                f"{link.regla} {link.puntaje} {texts[link.accion_id]} {texts.get(link.propuesta or '')}"
            )


def _is_wrong(link: SeriesLink, truth_of: dict[str, Truth]) -> bool:
    return truth_of[str(link.anterior)].historia != truth_of[link.accion_id].historia


def _actions(one: Historia, known: Catalogs) -> tuple[list[YearAction], dict[str, Truth]]:
    """The actions of a year as its reports are read, and which each truly is."""
    forms = [read_form(f, known) for f in settle_extract(one.text.splitlines(), known).formatos]
    unit = [f for f in forms if f.formato.unidad.valor == one.unidad and f.formato.corte in one.cortes]
    links, _, _ = reconcile([Report(EXTRACT, f) for f in unit])
    rows = {r.renglon.linea: (r.renglon, f.formato) for f in unit for r in f.renglones}
    truth = {row["linea"]: Truth(row["historia"], row["unidad_medida"]) for row in one.truth}
    prints: list[ActionPrint] = []
    truths: dict[str, Truth] = {}
    for link in links:
        row, form = rows[link.linea]
        if link.linea in truth:
            truths.setdefault(link.accion_id, truth[link.linea])
            prints.append(ActionPrint.of(link, row, form.plan.valor))
    return year_actions(prints), truths


def main(
    sets: Annotated[list[str] | None, typer.Option("--set", help="Set of rates; may be repeated.")] = None,
    units: Annotated[int | None, typer.Option(help="Units a set of rates.")] = None,
    full: Annotated[bool, typer.Option("--full", help=f"{FULL} units instead of {QUICK}.")] = False,
    seed: Annotated[int | None, typer.Option(help="First seed; drawn and printed if not given.")] = None,
    errors: Annotated[int, typer.Option(help="Show this many wrong and missed links of each set.")] = 0,
) -> None:
    """Score links over years on fresh histories."""
    console = Console(width=200)
    first = secrets.randbelow(1_000_000_000) if seed is None else seed
    console.print(f"seed {first}")
    table = Table("rates", "actions", "wrong, of links made", "made, of those possible", "left unsure")
    known, whole = catalogs(), Counter[str]()
    for name in sets or SETS:
        score = Score()
        for k in range(units or (FULL if full else QUICK)):
            score_unit(years(first + k, rate_set(name, first + k)), known, score)
        c = score.counts
        whole += c
        table.add_row(
            name, f"{c['actions']:,}", share_text(c["wrong"], c["made"]) + f" of {c['made']:,}",
            share_text(c["made right"], c["possible"]) + f" of {c['possible']:,}", f"{c['unsure']:,}",
        )  # fmt: skip
        for text in (*score.wrong[:errors], *score.missed[:errors]):
            console.print(text, markup=False)
    console.print(table)
    if whole["wrong"] > WRONG_AT_MOST * whole["made"] or whole["made right"] < MADE_AT_LEAST * whole["possible"]:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
