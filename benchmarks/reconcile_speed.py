"""How many action rows a second ``reconcile`` handles: links across cuts and the joint choice, one core.

``python -m benchmarks.reconcile_speed`` draws a unit's year many times, reads it, and times ``reconcile``
alone, in processor seconds. Exit code 1 where a set of rates stays under the floor.

Belongs here: that time. Does not: whether what it links and settles is right (``histories``).
"""

from __future__ import annotations

import secrets
from statistics import median
from time import process_time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.corpus import catalogs, rate_set
from benchmarks.synthetic.history import history
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.reconcile.unit_year import Report, reconcile
from dagster_project.tmm_f004.settle.pages import settle_extract

FLOOR = 2000
"""Rows a second at least."""

SETS = ("none", "mild", "real", "harsh")
QUICK, FULL = 60, 600
"""Histories (a unit's year) a set of rates."""

REPEATS = 3


def read_histories(name: str, number: int, seed: int, known: Catalogs) -> list[list[Report]]:
    """The reports of so many units' years, read but not reconciled."""
    units = []
    for k in range(seed, seed + number):
        one = history(k, rate_set(name, k))
        forms = [read_form(f, known) for f in settle_extract(one.text.splitlines(), known).formatos]
        units.append([Report("historia", f) for f in forms if f.formato.unidad.valor == one.unidad])
    return units


def rows_a_second(units: list[list[Report]]) -> tuple[float, int]:
    """Median of ``REPEATS`` passes in processor time, after one that warms up; and the rows of a pass."""
    rows = sum(len(report.leido.renglones) for unit in units for report in unit)
    speeds = []
    for _ in range(1 + REPEATS):
        begun = process_time()
        for unit in units:
            reconcile(unit)
        speeds.append(rows / (process_time() - begun))
    return median(speeds[1:]), rows


def main(
    full: Annotated[bool, typer.Option("--full", help=f"{FULL} histories instead of {QUICK}.")] = False,
    seed: Annotated[int | None, typer.Option(help="First seed; drawn and printed if not given.")] = None,
) -> None:
    """Time ``reconcile`` on fresh histories."""
    console = Console(width=120)
    first = secrets.randbelow(1_000_000_000) if seed is None else seed
    console.print(f"seed {first}")
    table = Table("rates", "action rows", "rows a second", f"times the floor of {FLOOR:,}")
    known, slowest = catalogs(), float("inf")
    for name in SETS:
        speed, rows = rows_a_second(read_histories(name, FULL if full else QUICK, first, known))
        table.add_row(name, f"{rows:,}", f"{speed:,.0f}", f"{speed / FLOOR:.1f}")
        slowest = min(slowest, speed)
    console.print(table)
    raise typer.Exit(0 if slowest >= FLOOR else 1)


if __name__ == "__main__":
    typer.run(main)
