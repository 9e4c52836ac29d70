"""Loads whose processes are killed: rows that differ from those of a load by itself.

``python -m benchmarks.killed --step parse_files`` (or ``read_pool``) loads damaged extracts of three municipalities
over processes, or with ``--spark`` over Spark, again and again into an empty home, and ends a process at work by
SIGKILL at random moments of that step, until ``--kills`` have been. A load that ends badly is run once more on the same
home, as the next run would. ``--whole`` kills the load itself with all its processes instead, once each time, and runs
it again. Prints each load; exit code 1 where a row of any raw table differs.

Belongs here: killing, and counting what differs. Does not belong here: what spreading costs (``spread``).
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.processor import started
from benchmarks.spread import differences, load, write_corpus
from dagster_project.warehouse.spread.processes import STEPS
from dagster_project.warehouse.spread.seam import Map, Spread
from dagster_project.warehouse.spread.workers import Workers

KILLED = "parse_files", "read_pool"
"""The steps that processes are killed in."""

MOST_LOADS = 100
"""Loads after which no more kills are waited for: a short one may end before the first."""

PAUSES = 0.2, 2.5
"""Seconds between two kills, at random between these."""


class Killer:
    """Ends one of the processes that ``targets`` names, now and then, while the step is at work."""

    def __init__(self, step: str, targets: Callable[[], list[int]], rng: random.Random, most: int) -> None:
        self.step, self.targets, self.rng, self.most = step, targets, rng, most
        self.killed = 0
        self.at_work, self.done = threading.Event(), threading.Event()

    def over(self, given: Map) -> Map:
        """The same ``map``, which says when the step is at work."""

        def mapped(function: Callable[[Any], Any], tasks: Iterable[Any], /) -> Iterator[Any]:
            if function.__name__ == self.step:
                self.at_work.set()
            try:
                yield from given(function, tasks)
            finally:
                self.at_work.clear()

        return mapped

    def run(self) -> None:
        """Kill at random moments of the step, until there were enough or the load is over."""
        while not self.done.is_set() and self.killed < self.most:
            self.at_work.wait(0.1)
            self.done.wait(self.rng.uniform(*PAUSES))
            if not self.at_work.is_set():
                continue
            with suppress(OSError, IndexError):  # none at work, or one that ends just then
                os.kill(self.rng.choice(self.targets()), signal.SIGKILL)
                self.killed += 1


def of_spark() -> list[int]:
    """The processes of Spark's Python daemon that do tasks; not the daemon, which Spark's driver starts."""
    daemons = [pid for pid in started(os.getpid()) if _is_daemon(pid)]
    inner = {child for pid in daemons for child in started(pid)}
    return [pid for pid in daemons if pid in inner]


def _is_daemon(pid: int) -> bool:
    with suppress(OSError):
        return b"pyspark.daemon" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


@contextmanager
def a_map(spark: Path | None) -> Iterator[tuple[Map, Callable[[], list[int]]]]:
    """A ``map`` over two processes, or over Spark, and how its processes are found."""
    if spark:
        from dagster_project.warehouse.spark.spread_map import spark_map

        yield spark_map(spark), of_spark
        return
    workers = Workers(2, STEPS)
    try:
        yield workers, lambda: [w.process.pid for w in workers.started if w.process.pid and w.process.is_alive()]
    finally:
        workers.close()


def killed_load(home: Path, extracts: Path, spark: Path | None, step: str, most: int, rng: random.Random) -> str:
    """A load whose processes are killed, and the next where it ends badly; says how often and how it ended."""
    with a_map(spark) as (given, targets):
        killer = Killer(step, targets, rng, most)
        thread = threading.Thread(target=killer.run, daemon=True)
        thread.start()
        try:
            load(home, extracts, Spread(killer.over(given), home / "tasks"))
            ended = "well"
        except Exception as error:
            ended = f"badly ({type(error).__name__})"
        finally:
            killer.done.set()
            thread.join()
        refused = _refused(home)
        if ended != "well" or refused:
            load(home, extracts, Spread(given, home / "tasks"))
            ended += f", {refused} files refused; the next well"
    return f"{killer.killed} {ended}"


def _refused(home: Path) -> int:
    """Files that no process lived through: the next load reads them."""
    from dagster_project.warehouse.db.connection import open_warehouse

    with open_warehouse(home / "warehouse.duckdb") as con:
        row = con.execute("select count(*) from raw.rechazos where regla = 'falla_del_lector'").fetchone()
    return int(row[0]) if row else 0


def _in_process(home: Path, extracts: Path) -> None:
    os.setsid()
    with a_map(None) as (given, _):
        load(home, extracts, Spread(given, home / "tasks"))


def whole_load(home: Path, extracts: Path, seconds: float, rng: random.Random) -> str:
    """A load that is killed with all its processes at a random moment, and the next."""
    process = multiprocessing.get_context("spawn").Process(target=_in_process, args=(home, extracts))
    process.start()
    moment = rng.uniform(2, seconds)
    process.join(moment)
    is_killed = process.is_alive()
    for pid in [process.pid or 0, *started(process.pid or 0)] if is_killed else []:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    process.join()
    left = len(list((home / "tasks").glob("[!.]*/"))) if (home / "tasks").exists() else 0
    load(home, extracts, Spread(map, home / "tasks"))
    return f"{int(is_killed)} after {moment:.1f} s, {left} folders stood; the next well"


def main(
    step: Annotated[str, typer.Option(help="parse_files or read_pool.")] = "parse_files",
    kills: Annotated[int, typer.Option()] = 20,
    rows: Annotated[int, typer.Option()] = 1_500,
    spark: Annotated[bool, typer.Option("--spark")] = False,
    whole: Annotated[bool, typer.Option("--whole", help="Kill the load itself.")] = False,
    seed: Annotated[int, typer.Option()] = 7,
) -> None:
    """Load, kill, compare, until there were enough kills."""
    if step not in KILLED:
        raise typer.BadParameter(f"{step} is none of {', '.join(KILLED)}")
    rng, killed, number = random.Random(seed), 0, 0
    differ: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="avance-killed-") as name:
        folder = Path(name)
        write_corpus(folder / "extracts", rows, seed)
        begun = time.perf_counter()
        there, *_ = load(folder / "plain", folder / "extracts", None)
        plain = time.perf_counter() - begun
        print(f"{there} rows; plain: {plain:.1f} s", flush=True)
        while killed < kills and number < MOST_LOADS:
            number += 1
            home = folder / f"home{number}"
            if whole:
                said = whole_load(home, folder / "extracts", plain + 4, rng)
            else:
                said = killed_load(
                    home, folder / "extracts", folder / "spark" if spark else None, step, kills - killed, rng
                )
            killed += int(said.split()[0])
            found = {table: n for table, n in differences(folder / "plain", home).items() if n}
            differ |= found
            print(f"load {number}: killed {said}; rows that differ: {found or 0}", flush=True)
        print(f"{killed} killed at random moments of {'the load' if whole else step}, {number} loads: "
              f"rows that differ: {differ or 0}")  # fmt: skip
    sys.exit(bool(differ))


if __name__ == "__main__":
    typer.run(main)
