"""A world's marts on an engine: dbt, whole or the ejercicios that changed, with every data test.

Belongs here: running dbt on either. Does not belong here: the raw that it reads (``world``), comparing (``equal``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.processor import processor_seconds
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
    before = processor_seconds()
    result = dbtRunner().invoke(["--log-level", "none", "--log-path", str(folder), "build", *what, *where])
    if result.exception:
        raise result.exception
    ran = [(r.node.resource_type.value, r.node.name, str(r.status), r.message) for r in result.result.results]
    return Build(
        models=sum(kind == "model" and status == "success" for kind, _, status, _ in ran),
        tests=sum(kind == "test" and status == "pass" for kind, _, status, _ in ran),
        failed=tuple(f"{name}: {status}: {said}" for _, name, status, said in ran if status not in FINE),
        seconds=processor_seconds() - before,
    )


FINE = ("success", "pass", "no-op")
