"""Simpler readers, to see what the real one is worth: each is told the corte and the plan.

Belongs here: running and comparing them on the same rows. Does not: the readers themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from benchmarks.baselines.cells import Reading
from benchmarks.baselines.fewest_changes import Clock, fewest_changes
from benchmarks.baselines.position import by_position
from benchmarks.baselines.single_digit import single_digit
from benchmarks.intervals import share_text
from benchmarks.scoring import Row, same_figures

Baseline = Callable[[list[str], int, bool], Reading]


def score(baseline: Baseline, rows: list[Row]) -> Counter[str]:
    """How many rows a baseline has ``right`` (and sure), ``flagged``, ``wrong`` (and sure)."""
    counts: Counter[str] = Counter()
    for truth in rows:
        read = baseline(truth["impreso"], truth["trimestre"], truth["fuera"])
        right = same_figures(truth, read.as_row(truth["trimestre"]))
        counts["flagged" if not read.segura else "right" if right else "wrong"] += 1
    return counts


def show(console: Console, name: str, rows: list[Row], ip_rows: int) -> None:
    """Print the baselines' verdicts on ``rows``; the integer program's on evenly spread ``ip_rows``."""
    table = Table(title=f"{name}: baselines on the same rows")
    for column in ("baseline", "rows", "sure and right", "flagged", "wrong and sure"):
        table.add_column(column)
    clock = Clock()
    few = rows[:: max(1, len(rows) // ip_rows)][:ip_rows] if ip_rows else []
    runs: list[tuple[str, Baseline, list[Row]]] = [
        ("cells by position", lambda c, q, f: by_position(c, q, f), rows),
        ("by position, flagged unless it closes", lambda c, q, f: by_position(c, q, f, check=True), rows),
        ("single-digit fixes that close", single_digit, rows),
        ("fewest changed cells (HiGHS)", lambda c, q, f: fewest_changes(c, q, f, clock), few),
    ]
    for label, baseline, sample in runs:
        counts, n = score(baseline, sample), len(sample)
        if n:
            shares = (share_text(counts[k], n) for k in ("right", "flagged", "wrong"))
            table.add_row(label, str(n), *shares)
    console.print(table)
    if few:
        console.print(
            f"integer program, first solve: {1000 * clock.solving / len(few):.1f} ms a row solving, "
            f"{1000 * clock.building / len(few):.1f} ms building the model; "
            f"proof that nothing else is as cheap: {1000 * clock.proving / len(few):.1f} ms"
        )
