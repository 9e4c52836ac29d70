"""The raw tables that dbt reads, as Parquet files and as tables of Spark.

Belongs here: that copy, types kept. Does not belong here: what the tables hold (``warehouse/db/migrations``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import yaml

from dagster_project.warehouse.publish.duckdb_file import literal

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SOURCES = Path("models", "staging", "tmm", "_fuentes.yml")
TO_REBUILD = "ejercicios_por_rehacer"
"""What no model reads, and every model that stands by ejercicio asks about (``macros/por_ejercicio.sql``)."""


def raw_tables(dbt_project: Path) -> list[str]:
    """The tables of ``raw`` that dbt reads."""
    sources = yaml.safe_load((dbt_project / SOURCES).read_text(encoding="utf-8"))["sources"]
    return [table["name"] for source in sources for table in source["tables"]] + [TO_REBUILD]


def write_raw(con: duckdb.DuckDBPyConnection, tables: list[str], folder: Path) -> None:
    """Write each table as a Parquet file. JSON goes as its text: Spark has no such type in a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        found = con.execute(
            "select column_name from duckdb_columns() where database_name = current_database() "
            "and schema_name = 'raw' and table_name = ? and data_type = 'JSON'",
            [table],
        ).fetchall()
        texts = ", ".join(f"{name}::varchar as {name}" for (name,) in found)
        columns = f"* replace ({texts})" if texts else "*"
        (folder / table).mkdir(exist_ok=True)
        target = literal(str(folder / table / "datos.parquet"))
        con.execute(f"copy (select {columns} from raw.{table}) to {target} (format parquet)")


def register_raw(session: SparkSession, tables: list[str], folder: Path) -> None:
    """Let Spark know the files as tables of ``raw``, as they are now."""
    session.sql("create schema if not exists raw")
    for table in tables:
        session.sql(f"drop table if exists raw.{table}")
        session.catalog.createTable(f"raw.{table}", path=str(folder / table), source="parquet")
