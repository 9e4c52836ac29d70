"""How often the reader is right, flags, or is wrong and sure, by kind of damage.

``python -m benchmarks.accuracy`` runs the quick mode (3,000 rows a set of rates); ``--full`` the
30,000 rows the project is held to. Seeds change from run to run unless ``--seed`` names one; the
seed is printed.

Belongs here: running the reader and the baselines over corpora. Does not: verdicts or counting.
"""

from __future__ import annotations

import secrets
from typing import Annotated

import typer
from rich.console import Console

from benchmarks import ambiguity, baselines, observer
from benchmarks.corpus import catalogs, extracts, rate_set
from benchmarks.scoring import Row
from benchmarks.tally import Tally, show
from dagster_project.tmm_f004.rows_json import read_text

SETS = ("none", "mild", "real", "harsh", "random")
QUICK, FULL = 3_000, 30_000


def run_reader(name: str, rows: int, seed: int) -> Tally:
    """The reader's verdicts over at least ``rows`` rows of a set of rates."""
    tally, known = Tally(), catalogs()
    for extract, (text, truth) in enumerate(extracts(rate_set(name, seed), rows, seed)):
        read = {r["linea"]: r for r in read_text(text, known)}
        for row in truth:
            tally.add(extract, row, read.get(row["linea"]))
    return tally


def dump(console: Console, wrong: list[tuple[Row, Row]], limit: int) -> None:
    """Print wrong-and-sure rows: what was printed, the truth, and what was read."""
    for truth, read in wrong[:limit]:
        console.rule(f"{truth['dano']} {truth['disposicion']}")
        console.print("printed", truth["impreso"], markup=False)
        for label, row in (("truth", truth), ("read", read)):
            keys = ("trimestre", "meta", "programado", "avance", "absoluto", "relativo_pct")
            console.print(label.ljust(7), {k: row[k] for k in keys}, markup=False)
        console.print("       ", {k: read[k] for k in ("estado", "costo", "margen", "operaciones")}, markup=False)


def main(
    sets: Annotated[list[str] | None, typer.Option("--set", help="Set of rates; may be repeated.")] = None,
    rows: Annotated[int | None, typer.Option(help="Rows a set of rates.")] = None,
    full: Annotated[bool, typer.Option("--full", help=f"{FULL:,} rows instead of {QUICK:,}.")] = False,
    seed: Annotated[int | None, typer.Option(help="First seed; drawn and printed if not given.")] = None,
    errors: Annotated[int, typer.Option(help="Dump this many wrong-and-sure rows of each set.")] = 0,
    ip_rows: Annotated[int, typer.Option(help="Rows for the integer program (slow); 0 leaves it out.")] = 200,
) -> None:
    """Score the reader and the baselines on fresh synthetic extracts."""
    console = Console(width=200)
    first = secrets.randbelow(1_000_000_000) if seed is None else seed
    want = rows or (FULL if full else QUICK)
    console.print(f"seed {first}")
    for name in sets or SETS:
        tally = run_reader(name, want, first)
        show(console, name, tally)
        dump(console, tally.wrong, errors)
        drawn = [row for _, truth in extracts(rate_set(name, first), want, first) for row in truth]
        baselines.show(console, name, drawn, ip_rows)
        ambiguity.show(console, drawn)
        observer.show(console, drawn, rate_set(name, first))


if __name__ == "__main__":
    typer.run(main)
