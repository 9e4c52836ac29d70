"""``python -m checks.engines``: every model and data test on DuckDB and on Spark, whole and one ejercicio anew.

Prints each table's rows, and those that only one engine holds; exit code 1 where there is any, or a model or test
failed. Not here: the raw (``world``), building (``builds``), comparing (``equal``).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import typer

from checks.engines.both import both_engines
from checks.engines.world import make_world
from dagster_project.warehouse.spark.session import spark_session


def main(histories: int = 4, forms: int = 4) -> None:
    """Build on both, compare, and print."""
    with tempfile.TemporaryDirectory(prefix="avance-engines-") as name:
        world = make_world(Path(name), histories, forms)
        rounds = both_engines(world, spark_session(world.folder / "spark"))
    for done in rounds:
        print(f"{done.what}: DuckDB {done.duckdb}, Spark {done.spark}")
        for table in done.compared:
            print(f"  {table.tabla}: {table.rows} rows, {table.columns} columns, {table.differs} differ {table.sample}")
        rows = sum(table.rows for table in done.compared)
        print(f"  {len(done.compared)} tables, {rows} rows, {sum(t.differs for t in done.compared)} differ")
    sys.exit(any(not done.is_equal for done in rounds))


if __name__ == "__main__":
    typer.run(main)
