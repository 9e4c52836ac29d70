"""The models built by Spark, and brought back into the warehouse as if DuckDB had built them.

Belongs here: one dbt build on Spark with what goes before and after. Does not belong here: which nodes and ejercicios
are built (``dbt_runner``), Spark itself (``warehouse.spark``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import duckdb

from dagster_project.defs.dbt_project import dbt_options, parsed_manifest, target_path
from dagster_project.settings import Settings
from dagster_project.warehouse.spark.bring_back import bring_back
from dagster_project.warehouse.spark.raw_tables import raw_tables, register_raw, write_raw
from dagster_project.warehouse.spark.session import spark_session

VIEWS = "config.materialized:view"


def build_on_spark(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    arguments: Sequence[str],
    callbacks: list[Callable[[Any], None]],
    *,
    tests_only: bool,
) -> Any:
    """``dbt build`` on Spark of what the warehouse holds as raw; returns dbt's result.

    Whatever it built, tests that failed or not, stands in the warehouse then. Where only tests run, nothing does.
    """
    from dbt.cli.main import dbtRunner

    session, tables = spark_session(settings.spark), raw_tables(settings.dbt_project)
    write_raw(con, tables, settings.spark / "raw")
    register_raw(session, tables, settings.spark / "raw")
    general, of_verb = dbt_options(settings)
    # A parse of one target is none of the other's: each keeps its own.
    on_spark = [*of_verb[:-1], str(target_path(settings) / "spark"), "--target", "spark"]
    result = dbtRunner(callbacks=callbacks).invoke([*general, "build", *on_spark, *arguments])
    if not tests_only and not result.exception:
        _define(settings)
        bring_back(con, session, settings.spark / "built")
    return result


def _define(settings: Settings) -> None:
    """The tables and views of the warehouse as the contracts have them, made by dbt without a row; then whole views.

    Raises:
        RuntimeError: dbt could not.
    """
    from dbt.cli.main import dbtRunner

    general, of_verb = dbt_options(settings)
    models = ["build", *of_verb, "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    for options in (["--empty", "--full-refresh"], ["--select", VIEWS]):
        done = dbtRunner(manifest=parsed_manifest(settings)).invoke([*general, *models, *options])
        if not done.success:
            raise RuntimeError(f"the tables that Spark's rows go into could not be made: {done.exception}")
