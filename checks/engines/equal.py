"""Every table of two engines against each other, row by row and column by column.

Belongs here: that comparison. Does not belong here: building (``builds``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dagster_project.warehouse.db.bulk_insert import column_types
from dagster_project.warehouse.publish.duckdb_file import quoted
from dagster_project.warehouse.spark.bring_back import SCHEMAS, rows_of, tables_of, write_table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class Compared:
    """A table: its rows and columns on DuckDB, and the rows that only one of the two holds."""

    tabla: str
    rows: int
    columns: int
    only_duckdb: int
    only_spark: int
    sample: tuple[object, ...]

    @property
    def differs(self) -> int:
        """Rows that are not on both."""
        return self.only_duckdb + self.only_spark


def compare(warehouse: Path, session: SparkSession, folder: Path) -> list[Compared]:
    """Every table that dbt builds in a DuckDB file against Spark's of the same name, ``except all`` both ways."""
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return [
            _compare(con, session, f"{schema}.{table}", folder)
            for schema in SCHEMAS
            for table in tables_of(con, schema)
        ]


def _compare(con: duckdb.DuckDBPyConnection, session: SparkSession, name: str, folder: Path) -> Compared:
    schema, table = name.split(".")
    columns = column_types(con, table, schema)
    ours = f"select {', '.join(map(quoted, columns))} from {name}"
    theirs = rows_of(con, write_table(session, name, folder), columns)
    here = con.execute(f"{ours} except all {theirs}").fetchall()
    there = con.execute(f"{theirs} except all {ours}").fetchall()
    total = con.execute(f"select count(*) from ({ours})").fetchall()[0][0]
    return Compared(name, total, len(columns), len(here), len(there), (*here[:1], *there[:1]))
