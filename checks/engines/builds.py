"""A world's marts on an engine: dbt, whole or the ejercicios that changed, with every data test.

Belongs here: running dbt on either. Does not belong here: the raw that it reads (``world``), comparing (``equal``).
"""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checks.engines.world import World
from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.spark.raw_tables import raw_tables, register_raw, write_raw
from dagster_project.warehouse.state.build_plan import BuildPlan, plan_build, record_build

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DBT = RAIZ / "dbt"
SAME = "the same code and seeds"


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did: models and data tests that succeeded, those that did not, the processor seconds it took."""

    models: int
    tests: int
    failed: tuple[str, ...]
    seconds: float


def plan(world: World) -> BuildPlan:
    """Write for both engines which ejercicios are to be made anew."""
    with open_warehouse(world.warehouse) as con:
        return plan_build(con, SAME)


def built(world: World, done: BuildPlan) -> None:
    """Both engines have built as planned."""
    with open_warehouse(world.warehouse) as con:
        record_build(con, done)


def on_duckdb(world: World, todo: BuildPlan) -> Build:
    """Build on DuckDB, into the world's own file."""
    return _dbt(world, "duckdb", todo)


def on_spark(world: World, todo: BuildPlan, session: SparkSession) -> Build:
    """Build on Spark, from what the world's file holds as raw."""
    tables = raw_tables(DBT)
    with open_warehouse(world.warehouse) as con:
        write_raw(con, tables, world.folder / "raw")
    register_raw(session, tables, world.folder / "raw")
    return _dbt(world, "spark", todo)


def _dbt(world: World, target: str, todo: BuildPlan) -> Build:
    from dbt.cli.main import dbtRunner

    os.environ |= {
        "AVANCE_WAREHOUSE": str(world.warehouse),
        "AVANCE_SEED_PATH": os.path.relpath(world.seeds.resolve(), DBT.resolve()),
        "DO_NOT_TRACK": "1",
    }
    folder = world.folder / f"dbt-{target}"
    where = ["--project-dir", str(DBT), "--profiles-dir", str(DBT), "--target-path", str(folder), "--target", target]
    what = ["--exclude-resource-type", "unit_test", *(["--full-refresh"] if todo.whole else [])]
    before = _processor_seconds()
    result = dbtRunner().invoke(["--log-level", "none", "--log-path", str(folder), "build", *what, *where])
    if result.exception:
        raise result.exception
    ran = [(r.node.resource_type.value, r.node.name, str(r.status), r.message) for r in result.result.results]
    return Build(
        models=sum(kind == "model" and status == "success" for kind, _, status, _ in ran),
        tests=sum(kind == "test" and status == "pass" for kind, _, status, _ in ran),
        failed=tuple(f"{name}: {status}: {said}" for _, name, status, said in ran if status not in FINE),
        seconds=_processor_seconds() - before,
    )


FINE = ("success", "pass", "no-op")
TICKS = os.sysconf("SC_CLK_TCK")


def _processor_seconds() -> float:
    """Of this process and of what it started, the Java process of Spark among them."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime + sum(map(_of_process, _below(os.getpid())))


def _below(pid: int) -> list[int]:
    text = "".join(p.read_text() for p in Path(f"/proc/{pid}/task").glob("*/children"))
    return [found for child in map(int, text.split()) for found in (child, *_below(child))]


def _of_process(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
