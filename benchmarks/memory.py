"""How little memory a build of the marts takes: dbt on a warehouse's raw under DuckDB's ``memory_limit``.

``python -m benchmarks.memory WAREHOUSE TARGET --seeds FOLDER --memory 300MB`` copies the file, builds every model with
every data test under that limit and prints what failed for want of memory, processor seconds, peak memory of the
process and how far DuckDB spilled. ``--year`` makes one ejercicio anew in a file that is built already; ``--against``
compares every table with those of another built file, ``except all`` both ways. ``history_scale --folder`` leaves such
files.

Belongs here: that build and its figures. Does not belong here: making the raw (``history_scale``, ``replicate``).
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from benchmarks.processor import processor_seconds
from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.duckdb_file import literal, quoted
from dagster_project.warehouse.state.build_plan import plan_build, record_build

DBT = RAIZ / "dbt"
FINE = ("success", "pass", "no-op", "skipped")
SAME = "the same code and seeds"
BUILT = ("referencia", "intermediate", "marts")


def mark(con: duckdb.DuckDBPyConnection, year: int) -> None:
    """Let an ejercicio look as if it had been read anew."""
    con.execute("update raw.ejercicios set huella = huella || '!' where ejercicio = ?", [year])


@contextmanager
def spilled(folder: Path) -> Iterator[list[int]]:
    """The bytes that stood in a folder at most, looked at twenty times a second."""
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.05):
            most[0] = max(most[0], sum(_bytes(path) for path in folder.glob("*")))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_blocks * 512
    except OSError:  # it went meanwhile
        return 0


def build(con: duckdb.DuckDBPyConnection, warehouse: Path, seeds: Path, threads: int) -> list[tuple[str, str]]:
    """Run ``dbt build`` beside an open connection, under its settings; returns what failed, and what was said of it."""
    from dbt.cli.main import dbtRunner

    os.environ |= {
        "AVANCE_WAREHOUSE": str(warehouse),
        "AVANCE_SEED_PATH": os.path.relpath(seeds.resolve(), DBT.resolve()),
        "DO_NOT_TRACK": "1",
    }
    target = str(warehouse.with_name("target"))
    where = ["--project-dir", str(DBT), "--profiles-dir", str(DBT), "--target-path", target, "--threads", str(threads)]
    plan = plan_build(con, SAME)
    print(f"made anew: {'everything' if plan.whole else plan.changed}", flush=True)
    what = ["--exclude-resource-type", "unit_test", *(["--full-refresh"] if plan.whole else [])]
    result: Any = dbtRunner().invoke(["--log-level", "none", "--log-path", target, "build", *what, *where])
    if result.exception:
        raise result.exception
    slow = sorted(result.result.results, key=lambda r: -r.execution_time)[:5]
    print("longest:", ", ".join(f"{r.node.name} {r.execution_time:.1f} s" for r in slow), flush=True)
    failed = [(r.node.name, str(r.message)) for r in result.result.results if str(r.status) not in FINE]
    if not failed:
        record_build(con, plan)
    return failed


def differences(one: Path, other: Path) -> dict[str, int]:
    """By table that dbt built, the rows that only one of two files holds."""
    found = {}
    with duckdb.connect() as con:
        for name, file in (("a", one), ("b", other)):
            con.execute(f"attach {literal(str(file))} as {name} (read_only)")
        tables = con.execute(
            "select distinct schema_name, table_name from duckdb_tables() where schema_name in (select unnest(?)) "
            "order by all", [list(BUILT)]
        ).fetchall()  # fmt: skip
        for schema, table in tables:
            a, b = (f"from {side}.{schema}.{quoted(table)}" for side in "ab")
            row = con.execute(f"select count(*) from (({a} except all {b}) union all ({b} except all {a}))").fetchone()
            found[f"{schema}.{table}"] = row[0] if row else 0
    return found


def main(
    source: Annotated[Path, typer.Argument(help="A warehouse whose raw is there.")],
    target: Annotated[Path, typer.Argument(help="The copy to build in; removed first.")],
    seeds: Annotated[Path, typer.Option()] = RAIZ / "seeds",
    memory: Annotated[str, typer.Option(help="DuckDB's memory_limit; empty: its own.")] = "",
    threads: Annotated[int, typer.Option(help="Threads of DuckDB, and models at a time.")] = 1,
    year: Annotated[int | None, typer.Option(help="An ejercicio to make anew.")] = None,
    against: Annotated[Path | None, typer.Option(help="A built file whose tables must be the same.")] = None,
) -> None:
    """Build, print the figures; exit code 1 where a model failed or a row differs."""
    if target.resolve() == source.resolve():
        raise typer.BadParameter(f"{target} is the source itself, which is not to be removed")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target)
    wall, before = time.perf_counter(), processor_seconds()
    with open_warehouse(target) as con, spilled(target.with_name(f"{target.name}.tmp")) as most:
        con.execute(f"set threads = {threads}")
        if memory:
            con.execute(f"set memory_limit = {literal(memory)}")
        if year is not None:
            mark(con, year)
        failed = build(con, target, seeds, threads)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{memory or 'no limit'}, threads {threads}: {processor_seconds() - before:.1f} s of processor, "
          f"{time.perf_counter() - wall:.1f} on the clock, peak {peak:.0f} MB, spilled {most[0] / 1e6:.0f} MB, "
          f"file {target.stat().st_size / 1e6:.0f} MB")  # fmt: skip
    for name, said in failed:
        print(f"failed: {name}: {' '.join(said.split())[:200]}")
    differ = {name: n for name, n in differences(target, against).items() if n} if against and not failed else {}
    if against and not failed:
        print(f"rows that differ: {differ or 0}")
    sys.exit(bool(failed or differ))


if __name__ == "__main__":
    typer.run(main)
