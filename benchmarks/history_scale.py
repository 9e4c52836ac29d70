"""What the load of one more quarter costs after twenty years of history, against after one.

``python -m benchmarks.history_scale`` loads three quarters of a year with ``avance run``, adds the
fourth quarter's extracts and loads again: the cost after one year. Then it gives the first home the
same year's rows and files under each of the years before (``replicate``), builds and publishes that
history, adds the fourth quarter and loads again. Prints both by stage, their ratio, and the share of
the checks in a full load. Quick by default (few units); ``--full`` is 500 units, a million facts.

Extracts are text, damaged and read like any. Belongs here: loads and their time. Does not: what
the extracts hold (``long_history``), and how a year is copied.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.long_history import History, project_of, write_quarter
from benchmarks.replicate import copy_year
from dagster_project.warehouse.db.connection import open_warehouse

BUDGET = 2.5
"""How many times its cost after one year the load of a quarter may cost after the whole history."""

CHECKS_BUDGET = 0.3
"""Of a full load's wall time beyond process start, how much the checks may take."""

START = ("start", "imports", "definitions", "instance")
"""The stages of ``avance run`` before its first step."""

READING = ("raw_extractos", "raw_ejercicios")

QUICK_UNITS, FULL_UNITS = 20, 500
FIRST_YEAR = "FIRST_EJERCICIO = 2009"


@dataclass(frozen=True, slots=True)
class Load:
    """One ``avance run``: wall seconds by stage and of the command, and its processor seconds."""

    stages: dict[str, float]
    wall: float
    processor: float

    def share_of_checks(self, read: Load, years: int) -> float:
        """Of a full load's wall time beyond process start, what the checks take.

        This load built and checked everything and read nothing; ``read`` read three quarters of one of
        the ``years``, so the reading of all is reckoned from it.
        """
        reading = sum(read.stages[name] for name in READING) * years * 4 / 3
        other = sum(s for name, s in self.stages.items() if name not in (*START, *READING))
        return self.stages["checks"] / (other + reading)


def load(project: Path, home: Path, extracts: Path | None = None) -> Load:
    """Run ``avance run`` of the project at a folder on a home, by default with the extracts in it.

    Raises:
        SystemExit: the run failed; the message holds what it printed.
    """
    folder = extracts or home / "extracts"
    env = {**os.environ, "AVANCE_HOME": str(home), "AVANCE_EXTRACTS": str(folder), "NO_COLOR": "1"}
    used, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", "from dagster_project.cli import app; app()", "run"]
    done = subprocess.run(command, env=env, cwd=project, capture_output=True, text=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"avance run failed on {home}:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    stages = json.loads((home / "confirmed.json").read_text(encoding="utf-8"))["seconds"]
    return Load(stages, wall, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime)


def prepare(folder: Path, of: History) -> Path:
    """A project that knows the units, its calendar beginning with the history's first year."""
    project = project_of(folder / "project", of.units)
    calendar = project / "dagster_project" / "defs" / "assets" / "raw.py"
    text = calendar.read_text(encoding="utf-8")
    if FIRST_YEAR not in text:
        raise SystemExit(f"the calendar no longer says {FIRST_YEAR!r}: set the first year some other way")
    # The law the calendar begins with is of 2009: twenty years of forms are not there yet.
    calendar.write_text(text.replace(FIRST_YEAR, f"FIRST_EJERCICIO = {of.ejercicios[0]}"), encoding="utf-8")
    return project


def warm(project: Path, home: Path) -> None:
    """Let the copied project compile the search over readings, as an installed one has: no load waits for it."""
    file = next((home / "extracts").rglob("*.txt"))
    command = [sys.executable, "-c", "from dagster_project.cli import app; app()", "read", str(file)]
    subprocess.run(command, cwd=project, capture_output=True, check=True)


def year_but_its_end(home: Path, of: History) -> Path:
    """A home whose extracts are the first three quarters of the last year; not loaded yet."""
    for quarter in (1, 2, 3):
        write_quarter(home / "extracts", of, of.last, quarter)
    return home


def with_years_before(home: Path, complete: Path, target: Path, of: History) -> Path:
    """A copy of ``home`` that holds, besides, the year of ``complete`` under each of the years before."""
    shutil.copytree(home, target, symlinks=True)
    with open_warehouse(target / "warehouse.duckdb") as con:
        for year in of.ejercicios[:-1]:
            copy_year(con, complete / "warehouse.duckdb", target / "extracts", of.last, year)
    return target


def one_more(project: Path, home: Path, of: History, repeats: int) -> tuple[list[Load], Path]:
    """The loads of the last quarter, each on the home as it was before; and the home as the last one left it."""
    loads = []
    after = home.with_name(f"{home.name}-complete")
    for _ in range(repeats):
        shutil.rmtree(after, ignore_errors=True)
        shutil.copytree(home, after, symlinks=True)
        write_quarter(after / "extracts", of, of.last, 4)
        loads.append(load(project, after))
    return loads, after


def facts_of(home: Path) -> int:
    """Rows of ``fct_avance_corte`` in a home's published file."""
    with duckdb.connect(str(home / "published" / "avance.duckdb"), read_only=True) as con:
        found = con.execute("select count(*) from marts.fct_avance_corte").fetchone()
    return int(found[0]) if found else 0


def show(console: Console, short: list[Load], whole: list[Load], facts: tuple[int, int], years: int) -> float:
    """Print the stages of both and return the ratio of their wall times (medians)."""
    table = Table("stage of the load of one more quarter", f"1 year ({facts[0]:,} facts)",
                  f"{years} years ({facts[1]:,} facts)", "times")  # fmt: skip
    for name in whole[0].stages:
        one, all_ = (median(x.stages.get(name, 0.0) for x in loads) for loads in (short, whole))
        table.add_row(name, f"{one:.1f} s", f"{all_:.1f} s", f"{all_ / one:.2f}" if one >= 0.05 else "")
    walls = [median(x.wall for x in loads) for loads in (short, whole)]
    used = [median(x.processor for x in loads) for loads in (short, whole)]
    table.add_row("whole command", f"{walls[0]:.1f} s", f"{walls[1]:.1f} s", f"{walls[1] / walls[0]:.2f}")
    table.add_row("its processor time", f"{used[0]:.1f} s", f"{used[1]:.1f} s", f"{used[1] / used[0]:.2f}")
    console.print(table)
    return walls[1] / walls[0]


def main(
    full: Annotated[bool, typer.Option("--full", help=f"{FULL_UNITS} units instead of {QUICK_UNITS}.")] = False,
    units: Annotated[int | None, typer.Option(help="Units that report each quarter.")] = None,
    years: Annotated[int, typer.Option(help="Years of the long history.")] = 20,
    rates: Annotated[str, typer.Option(help="Rates of damage: none, mild, real, harsh.")] = "mild",
    repeats: Annotated[int, typer.Option(help="Loads of the quarter on each home, one home after the other.")] = 1,
    folder: Annotated[Path | None, typer.Option(help="Work here and keep it; else in a temporary folder.")] = None,
) -> None:
    """Measure the load of one more quarter after one year and after many."""
    console = Console(width=160)
    of = History(units or (FULL_UNITS if full else QUICK_UNITS), years, date.today().year, rates)
    with tempfile.TemporaryDirectory(prefix="avance-history-") as scratch:
        place = folder or Path(scratch)
        project = prepare(place, of)
        home = year_but_its_end(place / "home", of)
        warm(project, home)
        read = load(project, home)
        short, complete = one_more(project, home, of, repeats)
        long = with_years_before(home, complete, place / "home-long", of)
        built = load(project, long)
        whole, after = one_more(project, long, of, repeats)
        facts = facts_of(complete), facts_of(after)
    ratio = show(console, short, whole, facts, years)
    share = built.share_of_checks(read, years)
    console.print(f"one more quarter after {years} years: {ratio:.2f} times its cost after one (budget {BUDGET})")
    console.print(f"checks of a full load: {share:.0%} of it beyond process start (budget {CHECKS_BUDGET:.0%})")
    raise typer.Exit(0 if ratio <= BUDGET and share <= CHECKS_BUDGET else 1)


if __name__ == "__main__":
    typer.run(main)
