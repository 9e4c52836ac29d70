"""What Spark built, as rows of the warehouse's tables of the same names.

Belongs here: Spark's tables as files, and those by the types of a DuckDB table. Does not belong here: what defines
those tables, which is dbt's contract (``defs.spark_build`` has dbt make them, empty).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dagster_project.warehouse.db.bulk_insert import column_types
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.publish.duckdb_file import literal, quoted

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SCHEMAS = ("marts", "intermediate", "referencia")


def bring_back(
    con: duckdb.DuckDBPyConnection, session: SparkSession, folder: Path, definitions: Path | None = None
) -> None:
    """Fill the tables that dbt builds with Spark's rows, all or none.

    Args:
        folder: where Spark's rows go by.
        definitions: a warehouse that has the tables and views as they are to be; None leaves them as they are.

    Raises:
        ValueError: a table of Spark has other columns.
        pyspark.errors.AnalysisException: Spark has not built one of them.
        duckdb.ConstraintException: a row does not meet its contract.
    """
    if definitions:
        con.execute(f"attach {literal(str(definitions))} as definiciones")
    try:
        with transaction(con):
            if definitions:
                _define(con)
            for schema in SCHEMAS:
                for table in tables_of(con, schema):
                    _fill(con, session, f"{schema}.{table}", folder)
    finally:
        if definitions:
            con.execute("detach definiciones")


def _define(con: duckdb.DuckDBPyConnection) -> None:
    """Every schema but raw as the attached warehouse has it, without a row."""
    here = con.execute("select current_database()").fetchall()[0][0]
    for schema in (*SCHEMAS, "staging"):
        con.execute(f"drop schema if exists {quoted(here)}.{schema} cascade")
    con.execute(f"copy from database definiciones to {quoted(here)} (schema)")


def _fill(con: duckdb.DuckDBPyConnection, session: SparkSession, name: str, folder: Path) -> None:
    schema, table = name.split(".")
    rows = rows_of(con, write_table(session, name, folder), column_types(con, table, schema))
    con.execute(f"delete from {name}")
    con.execute(f"insert into {name} {rows}")


def tables_of(con: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """The tables of a schema of the warehouse, by name."""
    query = (
        "select table_name from duckdb_tables() where database_name = current_database() and schema_name = ? order by 1"
    )
    return [name for (name,) in con.execute(query, [schema]).fetchall()]


def write_table(session: SparkSession, name: str, folder: Path) -> Path:
    """A table of Spark as plain Parquet below a folder, whatever Spark keeps it in."""
    target = folder / name
    session.table(name).write.mode("overwrite").parquet(str(target))
    return target


def rows_of(con: duckdb.DuckDBPyConnection, folder: Path, columns: Mapping[str, str]) -> str:
    """A query of such files: these columns, each of its type.

    Raises:
        ValueError: the files have other columns.
    """
    files = f"read_parquet({literal(str(folder / '*.parquet'))})"
    found = {name for name, *_ in con.execute(f"describe select * from {files}").fetchall()}
    if found != (wanted := set(columns)):
        raise ValueError(f"{folder.name} on Spark has not the columns of its contract: {sorted(found ^ wanted)}")
    casts = ", ".join(f"cast({quoted(name)} as {kind}) as {quoted(name)}" for name, kind in columns.items())
    return f"select {casts} from {files}"
