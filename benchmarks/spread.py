"""The load by itself against the load over processes: rows that differ, processor and wall seconds.

``python -m benchmarks.spread`` writes damaged extracts of three municipalities (whose a file is, the register says: the
same texts under each), loads them plainly, then over ``--workers`` processes, of which ``--kills`` are killed at random
moments, or with ``--spark`` over Spark (``make spark``), its start counted in. Prints seconds of both (the processes'
too), their ratio, and how many rows of each raw table only one of the two holds; exit code 1 where there is any. On a
machine that others use, only processor seconds mean anything.

Belongs here: that comparison. Does not belong here: dbt (``stages``, ``history_scale``).
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from benchmarks.corpus import catalogs, extracts, rate_set
from benchmarks.processor import processor_seconds
from dagster_project.reference.registry import RegistroExtracto
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files import load_files, parse_ahead
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.files.parse_ahead import FileToParse, ParsedAhead
from dagster_project.warehouse.spread.processes import STEPS
from dagster_project.warehouse.spread.seam import Map, Spread
from dagster_project.warehouse.spread.workers import Workers
from dagster_project.warehouse.years.load_year import YearLoader

ENTES = ("02002", "02004", "02001")
TIMES = {"extractos": "exclude (cargado_en)", "ejercicios": "exclude (cargado_en)"}


def write_corpus(folder: Path, rows: int, seed: int) -> None:
    """Extracts of about that many rows, a third in the folder of each municipality."""
    for number, (text, _) in enumerate(extracts(rate_set("real", seed), rows, seed)):
        place = folder / ENTES[number % len(ENTES)] / f"{number:05}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def load(home: Path, folder: Path, spread: Spread | None) -> tuple[int, float, float]:
    """Rows, wall seconds and this process's processor seconds of a load into an empty home."""
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    registry = {f"{ente}/": RegistroExtracto(ente) for ente in ENTES}
    home.mkdir(exist_ok=True)
    with open_warehouse(home / "warehouse.duckdb") as con:
        load_folders(con, {"": folder}, catalogs(), registry, spread=spread)
        loader = YearLoader(con, catalogs())
        years = loader.known()
        if spread:
            loader.read_ahead(years, spread)
        rows = sum(loader.load(year).renglones for year in years)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return rows, time.perf_counter() - wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def kill_some(workers: Workers, kills: int, over: float, rng: random.Random) -> None:
    """Kill a process at each of some random moments of a time."""
    moments = sorted(rng.uniform(0, over) for _ in range(kills))
    for pause in (b - a for a, b in zip([0.0, *moments], moments, strict=False)):
        time.sleep(pause)
        if workers.started:
            os.kill(rng.choice(workers.started).process.pid or 0, signal.SIGKILL)


def shuffled(seed: int) -> type[ParsedAhead]:
    """What goes ahead in a load, its files put into batches as chance has it."""

    class Shuffled(ParsedAhead):
        def __init__(self, spread: Spread, files: Sequence[FileToParse], said: Path, max_bytes: int) -> None:
            super().__init__(spread, random.Random(seed).sample(files, len(files)), said, max_bytes)

    return Shuffled


def differences(one: Path, other: Path) -> dict[str, int]:
    """By raw table the rows that only one of two homes holds."""
    with duckdb.connect() as con:
        for name, home in (("a", one), ("b", other)):
            con.execute(f"attach '{home / 'warehouse.duckdb'}' as {name} (read_only)")
        tables = con.execute(
            "select table_name from duckdb_tables() where database_name = 'a' and schema_name = 'raw' "
            "and table_name <> 'migraciones' order by all"
        ).fetchall()
        found = {}
        for (table,) in tables:
            a, b = (f"select * {TIMES.get(table, '')} from {side}.raw.{table}" for side in "ab")
            found[table] = len(con.execute(f"({a} except all {b}) union all ({b} except all {a})").fetchall())
    return found


def main(
    rows: Annotated[int, typer.Option()] = 12_000,
    count: Annotated[int, typer.Option("--workers")] = 2,
    kills: Annotated[int, typer.Option()] = 0,
    spark: Annotated[bool, typer.Option("--spark")] = False,
    seed: Annotated[int, typer.Option()] = 7,
    batch: Annotated[int | None, typer.Option(help="Files of a batch, which chance puts together.")] = None,
) -> None:
    """Compare, and print."""
    if batch:
        # only the load over a map has batches
        parse_ahead.A_BATCH, load_files.ParsedAhead = batch, shuffled(seed)  # type: ignore[misc]
    with tempfile.TemporaryDirectory(prefix="avance-spread-") as name:
        folder = Path(name)
        write_corpus(folder / "extracts", rows, seed)
        there, wall, cpu = load(folder / "plain", folder / "extracts", None)
        print(f"{there} rows; plain: {wall:.1f} s, {cpu:.1f} of processor", flush=True)
        before = processor_seconds()
        if spark:
            from dagster_project.warehouse.spark.spread_map import spark_map

            over: Map = spark_map(folder / "spark")
        else:
            over = workers = Workers(count, STEPS)
            arguments = (workers, kills, wall / count, random.Random(seed))
            threading.Thread(target=kill_some, args=arguments, daemon=True).start()
        _, wall2, own = load(folder / "spread", folder / "extracts", Spread(over, folder / "tasks"))
        used = processor_seconds() - before
        if not spark:
            workers.close()
        print(f"{'Spark' if spark else f'{count} processes, {kills} killed'}: {wall2:.1f} s, {used:.1f} of processor "
              f"({own:.1f} of this)")  # fmt: skip
        print(f"plain to spread: wall {wall / wall2:.2f}, processor {cpu / used:.2f} (less the killed ones)")
        differ = {table: n for table, n in differences(folder / "plain", folder / "spread").items() if n}
        print(f"rows that differ: {differ or 0}")
    sys.exit(bool(differ))


if __name__ == "__main__":
    typer.run(main)
