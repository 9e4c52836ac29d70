"""Every mart of two engines against each other, row by row and column by column.

Belongs here: that comparison. Does not belong here: building (``builds``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from dagster_project.warehouse.spark.bring_back import rows_of
from dagster_project.warehouse.publish.duckdb_file import quoted


@dataclass(frozen=True, slots=True)
class Compared:
    """A mart: its rows and columns on DuckDB, and the rows that only one of the two holds."""

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


def compare(warehouse: Path, tables: Path) -> list[Compared]:
    """Every mart of a DuckDB file against Spark's of the same name, ``except all`` both ways."""
    with duckdb.connect(str(warehouse), read_only=True) as con:
        names = con.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
        ).fetchall()
        return [_compare(con, name, tables / "marts.db" / name) for (name,) in names]


def _compare(con: duckdb.DuckDBPyConnection, name: str, folder: Path) -> Compared:
    columns = con.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = 'marts' and table_name = ? "
        "order by column_index",
        [name],
    ).fetchall()
    ours = f"select {', '.join(quoted(column) for column, _ in columns)} from marts.{quoted(name)}"
    theirs = rows_of(con, folder, columns)
    here = con.execute(f"{ours} except all {theirs}").fetchall()
    there = con.execute(f"{theirs} except all {ours}").fetchall()
    total = con.execute(f"select count(*) from ({ours})").fetchall()[0][0]
    return Compared(name, total, len(columns), len(here), len(there), (*here[:1], *there[:1]))
