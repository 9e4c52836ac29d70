"""How often links between cuts, and cells settled with another cut's help, are right on unseen histories.

``python -m benchmarks.histories`` draws the cuts of one ejercicio for each of many made-up units: the
plan carried on, re-authorised from the second quarter of 2022, reprogrammed, renumbered, actions ended
and begun, texts rewritten; damaged as the generator of extracts does. Seeds change from run to run
unless ``--seed`` names one; the seed is printed.

Belongs here: running ``read`` and ``reconcile`` over histories and counting. Does not: what happens to a
plan over a year (``benchmarks.synthetic.history``).
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.corpus import catalogs, rate_set
from benchmarks.intervals import share_text
from benchmarks.synthetic.history import Historia, history
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import CAMPOS, ActionLink, ChosenReading, Estado, FormRead, RowReading
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.reconcile.unit_year import LINK_FIRST, LINK_REPEATED, LINK_UNSURE, Report, reconcile
from dagster_project.tmm_f004.settle.pages import settle_extract

SETS = ("none", "mild", "real", "harsh", "random")
QUICK, FULL = 60, 600
"""Histories (a unit's year) a set of rates."""

EXTRACT = "historia"


@dataclass(slots=True)
class Score:
    """What was counted over histories: rows, links and cells by verdict, and examples of what is wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def score_history(one: Historia, known: Catalogs, score: Score) -> None:
    """Read and reconcile a history and count what became of its rows."""
    forms = [read_form(f, known) for f in settle_extract(one.text.splitlines(), known).formatos]
    unit = [f for f in forms if f.formato.unidad.valor == one.unidad and f.formato.corte in one.cortes]
    begun = time.perf_counter()
    links, chosen, _ = reconcile([Report(EXTRACT, f) for f in unit])
    score.seconds += time.perf_counter() - begun
    truth = {row["linea"]: row for row in one.truth}
    rows = {r.renglon.linea: (r, f) for f in unit for r in f.renglones}
    sure = {line for line in truth if line in rows and _cut_is_right(truth[line], rows[line][1])}
    score.counts["rows"] += len(truth)
    score.counts["rows out"] += len(truth) - len(sure)
    _score_links([v for v in links if v.linea in sure], truth, score)
    for c in chosen:
        if c.linea in sure:
            _score_cells(c, rows[c.linea][0], truth[c.linea], score)


def _cut_is_right(truth: dict[str, Any], form: FormRead) -> bool:
    """Whether the page's year and quarter were settled right: else no link and no cell can be held against it."""
    return form.formato.corte == f"{truth['anio']}-T{truth['trimestre']}"


def _score_links(links: list[ActionLink], truth: dict[int, dict[str, Any]], score: Score) -> None:
    of_action: dict[str, Any] = {}
    for link in links:
        of_action.setdefault(link.accion_id, truth[link.linea]["historia"])
    seen: set[Any] = set()
    for link in links:
        action = truth[link.linea]["historia"]
        score.counts["linkable"] += action in seen
        if link.regla not in (LINK_FIRST, LINK_UNSURE):
            score.counts["links made"] += link.regla != LINK_REPEATED
            if of_action[link.accion_id] != action:
                score.counts["links wrong"] += 1
                score.wrong.append(f"link {link.regla} {link.puntaje} {truth[link.linea]}")
        elif action in seen:
            score.counts["links left open" if link.regla == LINK_UNSURE else "links missed"] += 1
        seen.add(action)


def _score_cells(chosen: ChosenReading, read: RowReading, truth: dict[str, Any], score: Score) -> None:
    if read.estado == Estado.DUDOSA:
        score.counts["doubtful rows"] += 1
        score.counts["doubtful rows settled"] += chosen.estado != Estado.DUDOSA
    for name in CAMPOS:
        if name in chosen.corroborada_por:
            score.counts["cells settled with help"] += 1
            if (chosen.valores[name] or 0) != (_true(truth, name) or 0):
                score.counts["cells wrong"] += 1
                score.wrong.append(f"cell {name} {chosen.valores} {chosen.corroborada_por} {truth}")
        elif read.estados[name] == Estado.DUDOSA:
            score.counts["cells left open"] += 1


def _true(truth: dict[str, Any], name: str) -> int | None:
    if name[1:].isdigit():
        figure: int | None = truth["programado" if name[0] == "p" else "avance"][int(name[1:]) - 1]
        return figure
    whole: int | None = truth[name]
    return whole


def main(
    sets: Annotated[list[str] | None, typer.Option("--set", help="Set of rates; may be repeated.")] = None,
    histories: Annotated[int | None, typer.Option(help="Histories a set of rates.")] = None,
    full: Annotated[bool, typer.Option("--full", help=f"{FULL} histories instead of {QUICK}.")] = False,
    seed: Annotated[int | None, typer.Option(help="First seed; drawn and printed if not given.")] = None,
    errors: Annotated[int, typer.Option(help="Show this many wrong links and cells of each set.")] = 0,
) -> None:
    """Score links and joint readings on fresh histories."""
    console = Console(width=200)
    first = secrets.randbelow(1_000_000_000) if seed is None else seed
    console.print(f"seed {first}")
    table = Table("rates", "rows", "links wrong, of links made", "links left open", "links missed",
                  "cells wrong, of settled with help", "cells left open", "rows/s")  # fmt: skip
    known = catalogs()
    for name in sets or SETS:
        score = Score()
        for k in range(histories or (FULL if full else QUICK)):
            score_history(history(first + k, rate_set(name, first + k)), known, score)
        c = score.counts
        doubt = c["cells settled with help"] + c["cells left open"]
        table.add_row(
            name, f"{c['rows']:,} ({c['rows out']} on pages of no cut)",
            share_text(c["links wrong"], c["links made"]) + f" of {c['links made']:,}",
            share_text(c["links left open"], c["linkable"]), share_text(c["links missed"], c["linkable"]),
            share_text(c["cells wrong"], c["cells settled with help"]) + f" of {c['cells settled with help']:,}",
            share_text(c["cells left open"], doubt), f"{c['rows'] / score.seconds:,.0f}",
        )  # fmt: skip
        for text in score.wrong[:errors]:
            console.print(text, markup=False)
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
