"""The rows of one table, from the version's file into a table that is there. Not here: which tables, and when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from dagster_project.warehouse.postgres import ddl
from dagster_project.warehouse.publish.duckdb_file import SCHEMA, Tabla, literal, quoted

if TYPE_CHECKING:
    import psycopg

CHUNK = 1 << 20


def send(
    con: psycopg.Connection[Any], duck: duckdb.DuckDBPyConnection, schema: str, table: Tabla, temporary: Path
) -> None:
    """Rows by way of a CSV file: DuckDB writes and PostgreSQL reads it, neither by Python's objects."""
    file = temporary / f"{schema}.{table.nombre}.csv"
    quotes = ", ".join(map(quoted, ddl.texts(table)))
    forced = f", force_quote ({quotes})" if quotes else ""
    try:
        duck.execute(
            f"copy (select {ddl.selected(table)} from {SCHEMA}.{quoted(table.nombre)}) to {literal(str(file))} "
            f"(format csv, header false{forced})"
        )
        target = f"copy {quoted(schema)}.{quoted(table.nombre)} from stdin (format csv, encoding 'utf8')"
        with file.open("rb") as rows, con.cursor().copy(target.encode()) as copy:
            while chunk := rows.read(CHUNK):
                copy.write(chunk)
    finally:
        file.unlink(missing_ok=True)
