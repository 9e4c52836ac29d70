"""The marts as files that anything reads: Parquet and CSV.

Belongs here: what those files hold and how they are written. Does not belong here: the DuckDB file
(``duckdb_file``), what describes the files (``datapackage``, ``dcat``), versions and swapping (``versions``).
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from dagster_project.warehouse.publish.duckdb_file import SCHEMA, Columna, Tabla, literal, quoted

AT_ONCE = 2
"""Tables written at a time: while DuckDB compresses one, it writes another."""

ZSTD = "format parquet, compression zstd, compression_level 1"
"""Level 1: two hundredths larger than the default and a quarter less of the processor."""


def write_files(
    con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla], folder: Path, *, with_csv: bool
) -> None:
    """Write each mart as ``<table>.parquet`` and, ``with_csv``, as ``<table>.csv``.

    Rows go out in the order in which ``database`` has them. In the CSV a text that a spreadsheet would run as a
    formula gets a leading apostrophe. Parquet's own metadata has the table's description (``description``) and the
    columns' (``columns``, a JSON object by name).
    """

    def write(table: Tabla) -> None:
        source = f"{quoted(database)}.{SCHEMA}.{quoted(table.nombre)}"
        fields = ", ".join(_csv_column(column) for column in table.columnas)
        with con.cursor() as own:
            file = literal(str(folder / f"{table.nombre}.parquet"))
            own.execute(f"copy (from {source}) to {file} ({ZSTD}, {_metadata(table)})")
            if with_csv:
                file = literal(str(folder / f"{table.nombre}.csv"))
                own.execute(f"copy (select {fields} from {source}) to {file} (format csv, header)")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(write, tables))


def _csv_column(column: Columna) -> str:
    name = quoted(column.nombre)
    if column.tipo != "VARCHAR":
        return name
    return f"case when regexp_matches({name}, '^[=+@\\t\\r\\n＝＋－＠-]') then '''' || {name} else {name} end as {name}"


def _metadata(table: Tabla) -> str:
    """The descriptions as an option of DuckDB's ``copy``."""
    columns = json.dumps({c.nombre: c.descripcion or "" for c in table.columnas}, ensure_ascii=False)
    return f"kv_metadata {{description: {literal(table.descripcion or '')}, columns: {literal(columns)}}}"
