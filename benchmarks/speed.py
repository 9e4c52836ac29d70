"""How fast the reader is, and how much memory it takes: file to JSON, one core, after warm-up.

``python -m benchmarks.speed`` prints rows a second by set of rates, how many times slower the
integer program solves the same rows, and the peak memory of reading one large extract.

Belongs here: timing and memory. Does not: whether what was read is right (``accuracy``).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.baselines.fewest_changes import Clock, fewest_changes
from benchmarks.corpus import catalogs, extracts, rate_set
from benchmarks.scoring import Row
from dagster_project.tmm_f004.export import read_text
from dagster_project.tmm_f004.model import Catalogos

SETS = ("none", "mild", "real", "harsh")
REPEATS = 3


def read_file(path: Path, known: Catalogos) -> int:
    """Read a file and render every row as JSON; returns how many rows there were."""
    rows = 0
    for row in read_text(path.read_bytes().decode("utf-8"), known):
        json.dumps(row, ensure_ascii=False)
        rows += 1
    return rows


def rows_a_second(paths: list[Path], known: Catalogos) -> float:
    """Median of ``REPEATS`` passes over the files."""
    speeds = []
    for _ in range(REPEATS):
        start = perf_counter()
        rows = sum(read_file(p, known) for p in paths)
        speeds.append(rows / (perf_counter() - start))
    return median(speeds)


def write_corpus(folder: Path, name: str, rows: int, seed: int) -> tuple[list[Path], list[Row]]:
    """Extracts of a set of rates as files, and their truth."""
    paths, truth = [], []
    for i, (text, about) in enumerate(extracts(rate_set(name, seed), rows, seed)):
        path = folder / f"{name}-{i:05d}.txt"
        path.write_bytes(text.encode("utf-8"))
        paths.append(path)
        truth += about
    return paths, truth


def solving_seconds(rows: list[Row], sample: int) -> tuple[float, float]:
    """Seconds a row the integer program takes: (solving once, building the model)."""
    clock, few = Clock(), rows[:: max(1, len(rows) // sample)][:sample]
    for row in few:
        fewest_changes(row["impreso"], row["trimestre"], row["fuera"], clock, prove=False)
    return clock.solving / len(few), clock.building / len(few)


def peak_memory(path: Path) -> tuple[int, int]:
    """Peak resident kilobytes of a process of its own (Linux): before and after reading, the reader warm."""
    # VmHWM, not ru_maxrss: the latter survives exec and would count the parent's memory.
    code = (
        "import re, sys; from pathlib import Path; from benchmarks import speed, corpus\n"
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "known = corpus.catalogs()\n"
        "list(speed.read_text(corpus.generate(1, corpus.RATES['real'])[0], known)); before = peak()\n"
        "speed.read_file(Path(sys.argv[1]), known); print(before, peak())"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True,
        cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip
    before, after = out.stdout.split()[-2:]
    return int(before), int(after)


def large_extract(folder: Path, rows: int, seed: int) -> Path:
    """One extract of at least ``rows`` rows at the real file's rates."""
    path = folder / f"large-{rows}.txt"
    with path.open("w", encoding="utf-8", newline="") as handle:
        for text, _ in extracts(rate_set("real", seed), rows, seed):
            handle.write(text)
    return path


def main(
    rows: Annotated[int, typer.Option(help="Rows timed a set of rates.")] = 3_000,
    ip_rows: Annotated[int, typer.Option(help="Rows for the integer program a set of rates.")] = 100,
    memory_rows: Annotated[int, typer.Option(help="Rows of the large extract; 0 leaves it out.")] = 20_000,
    full: Annotated[bool, typer.Option("--full", help="30,000 rows, and 100,000 for memory.")] = False,
    seed: Annotated[int, typer.Option(help="First seed.")] = 1,
) -> None:
    """Time the reader, and print ratios."""
    console = Console(width=160)
    rows, memory_rows = (30_000, 100_000) if full else (rows, memory_rows)
    known = catalogs()
    table = Table(title="file to JSON, one core, after warm-up")
    for column in ("rates", "rows/s", "ms a row", "integer program: ms solving", "ms building", "solving / ours"):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for which in SETS:
            paths, truth = write_corpus(folder, which, rows, seed)
            read_file(paths[0], known)
            speed = rows_a_second(paths, known)
            solving, building = solving_seconds(truth, ip_rows)
            cells = (f"{1000 / speed:.3f}", f"{1000 * solving:.1f}", f"{1000 * building:.1f}")
            table.add_row(which, f"{speed:,.0f}", *cells, f"{solving * speed:.0f} times")
        console.print(table)
        if memory_rows:
            path = large_extract(folder, memory_rows, seed)
            before, after = peak_memory(path)
            size = path.stat().st_size / 2**20
            console.print(
                f"peak memory, {memory_rows:,} rows ({size:.1f} MiB of text): {after / 1024:.0f} MiB, "
                f"of which {before / 1024:.0f} MiB before reading; "
                f"{1024 * (after - before) / memory_rows:.0f} bytes a row"
            )


if __name__ == "__main__":
    typer.run(main)
