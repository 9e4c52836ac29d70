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
from time import process_time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.baselines.fewest_changes import Clock, fewest_changes
from benchmarks.corpus import catalogs, extracts, rate_set
from benchmarks.scoring import Row
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.rows_json import read_text

SETS = ("none", "mild", "real", "harsh")
PARTS = 3
WARM_UP = 300  # rows of other seeds read before the clock starts
OTHER_SEEDS = 500_000


def read_file(path: Path, known: Catalogs) -> int:
    """Read a file and render every row as JSON; returns how many rows there were."""
    rows = 0
    for row in read_text(path.read_bytes().decode("utf-8"), known):
        json.dumps(row, ensure_ascii=False)
        rows += 1
    return rows


def rows_a_second(paths: list[Path], known: Catalogs) -> float:
    """Median over ``PARTS`` parts of the files, in time of the processor; every file is read once.

    Read again, an extract would find its own names and cells remembered.
    """
    speeds = []
    for part in (paths[k::PARTS] for k in range(min(PARTS, len(paths)))):
        start = process_time()
        rows = sum(read_file(p, known) for p in part)
        speeds.append(rows / (process_time() - start))
    return median(speeds)


def write_corpus(folder: Path, name: str, rows: int, seed: int) -> tuple[list[Path], list[Row]]:
    """Extracts of a set of rates as files, and their truth."""
    paths, truth = [], []
    for i, (text, about) in enumerate(extracts(rate_set(name, seed), rows, seed)):
        path = folder / f"{name}-{seed}-{i:05d}.txt"
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


def peak_memory(path: Path) -> int:
    """Peak resident kilobytes of ``avance read --format jsonl`` on a file, in a process of its own (Linux)."""
    # VmHWM, not ru_maxrss: the latter survives exec and would count the parent's memory.
    code = (
        "import re, sys; from pathlib import Path; from dagster_project.command.read import read\n"
        "done = read(Path(sys.argv[1]), True)\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1], file=sys.stderr)\n"
        "sys.exit(done)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip
    return int(out.stderr.split()[-1])


def print_memory(console: Console, folder: Path, rows: int, seed: int) -> None:
    """Print the peak on an extract of that many rows, of a tenth of them and of hardly any; how much a row adds."""
    none, few, many = (large_extract(folder, n, seed) for n in (1, rows // 10, rows))
    base, least, most = peak_memory(none), peak_memory(few), peak_memory(many)
    text = (many.stat().st_size - few.stat().st_size) / (rows - rows // 10)
    console.print(
        f"peak memory of avance read --format jsonl: {base / 1024:.0f} MiB on a dozen pages, "
        f"{least / 1024:.0f} MiB on {rows // 10:,} rows, "
        f"{most / 1024:.0f} MiB on {rows:,} ({many.stat().st_size / 2**20:.1f} MiB of text); from {rows // 10:,} on "
        f"{1024 * (most - least) / (rows - rows // 10):.0f} bytes a row more, of {text:.0f} bytes of text"
    )


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
    full: Annotated[
        bool,
        typer.Option("--full", help="30,000 rows, and 95,000 for memory."),
    ] = False,
    seed: Annotated[int, typer.Option(help="First seed.")] = 1,
) -> None:
    """Time the reader, and print ratios."""
    console = Console(width=160)
    # more rows are more lines than a file may have
    rows, memory_rows = (30_000, 95_000) if full else (rows, memory_rows)
    known = catalogs()
    table = Table(title="file to JSON, one core, after warm-up")
    for column in ("rates", "rows/s", "ms a row", "integer program: ms solving", "ms building", "solving / ours"):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for which in SETS:
            paths, truth = write_corpus(folder, which, rows, seed)
            for path in write_corpus(folder, which, WARM_UP, seed + OTHER_SEEDS)[0]:
                read_file(path, known)
            speed = rows_a_second(paths, known)
            solving, building = solving_seconds(truth, ip_rows)
            cells = (f"{1000 / speed:.3f}", f"{1000 * solving:.1f}", f"{1000 * building:.1f}")
            table.add_row(which, f"{speed:,.0f}", *cells, f"{solving * speed:.0f} times")
        console.print(table)
        if memory_rows:
            print_memory(console, folder, memory_rows, seed)


if __name__ == "__main__":
    typer.run(main)
