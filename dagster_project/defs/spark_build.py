"""The models built by Spark, and brought back into the warehouse as if DuckDB had built them.

Belongs here: one dbt build on Spark with what goes before and after. Does not belong here: which nodes and ejercicios
are built (``dbt_runner``), Spark itself (``warehouse.spark``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from dagster_project.defs.dbt_project import dbt_options, parsed_manifest, target_path
from dagster_project.settings import Settings
from dagster_project.warehouse.db.migrations import migrate
from dagster_project.warehouse.spark.bring_back import bring_back
from dagster_project.warehouse.spark.raw_tables import raw_tables, register_raw, write_raw
from dagster_project.warehouse.spark.session import spark_session

WHOLE = "--full-refresh"


def build_on_spark(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    arguments: Sequence[str],
    callbacks: list[Callable[[Any], None]],
) -> Any:
    """``dbt build`` on Spark of what the warehouse holds as raw; returns dbt's result. The warehouse stays as it is."""
    from dbt.cli.main import dbtRunner

    session, tables = spark_session(settings.spark), raw_tables(settings.dbt_project)
    write_raw(con, tables, settings.spark / "raw")
    register_raw(session, tables, settings.spark / "raw")
    general, of_verb = dbt_options(settings)
    # A parse of one target is none of the other's: each keeps its own.
    on_spark = [*of_verb[:-1], str(target_path(settings) / "spark"), "--target", "spark"]
    return dbtRunner(callbacks=callbacks).invoke([*general, "build", *on_spark, *arguments])


def bring_back_built(con: duckdb.DuckDBPyConnection, settings: Settings, arguments: Sequence[str]) -> None:
    """Put what a build of everything with these arguments left on Spark into the warehouse, all of it or nothing.

    Raises:
        RuntimeError, ValueError, duckdb.Error: as ``_without_rows`` and ``bring_back``.
    """
    session = spark_session(settings.spark)
    if WHOLE in arguments:
        with _without_rows(settings) as empty:
            bring_back(con, session, settings.spark / "built", empty)
    else:
        bring_back(con, session, settings.spark / "built")


@contextmanager
def _without_rows(settings: Settings) -> Iterator[Path]:
    """A warehouse that dbt built of no extract: every table and view as its contract and its comments have it.

    Raises:
        RuntimeError: dbt could not build it.
    """
    from dbt.cli.main import dbtRunner

    with TemporaryDirectory(dir=settings.spark) as name:
        empty = Path(name, settings.warehouse.name)  # the manifest knows the database by this name
        with duckdb.connect(str(empty)) as con:
            migrate(con)
        general, of_verb = dbt_options(settings)
        models = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
        os.environ["AVANCE_WAREHOUSE"] = str(empty)
        try:
            done: Any = dbtRunner(manifest=parsed_manifest(settings)).invoke(
                [*general, "build", *of_verb, WHOLE, *models]
            )
        finally:
            os.environ["AVANCE_WAREHOUSE"] = str(settings.warehouse)
        if not done.success:
            failed = done.exception or [
                r.message for r in done.result.results if r.message and str(r.status) == "error"
            ]
            raise RuntimeError(f"the tables that Spark's rows go into could not be made: {failed}")
        with duckdb.connect(str(empty)) as con:
            con.execute("drop schema raw cascade")
        yield empty
