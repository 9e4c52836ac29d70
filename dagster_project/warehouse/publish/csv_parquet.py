"""The marts as files that anything reads: Parquet, CSV, and ``datapackage.json`` that describes them.

Belongs here: what those files hold and how they are written. Does not belong here: the DuckDB file
(``duckdb_file``), versions and swapping (``versions``).
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.warehouse.publish.duckdb_file import SCHEMA, Columna, Tabla, literal, quoted

AT_ONCE = 2
"""Tables written at a time: while DuckDB compresses one, it writes another."""

ZSTD = "format parquet, compression zstd, compression_level 1"
"""Level 1: two hundredths larger than the default and a quarter less of the processor."""


def write_files(con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla], folder: Path) -> None:
    """Write each mart as ``<table>.parquet`` and ``<table>.csv``, and ``datapackage.json``.

    Rows go out in the order in which ``database`` has them. In the CSV a text that a spreadsheet would run as a
    formula gets a leading apostrophe.
    """

    def write(table: Tabla) -> None:
        source = f"{quoted(database)}.{SCHEMA}.{quoted(table.nombre)}"
        fields = ", ".join(_csv_column(column) for column in table.columnas)
        with con.cursor() as own:
            own.execute(f"copy (from {source}) to {literal(str(folder / f'{table.nombre}.parquet'))} ({ZSTD})")
            file = literal(str(folder / f"{table.nombre}.csv"))
            own.execute(f"copy (select {fields} from {source}) to {file} (format csv, header)")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(write, tables))
    (folder / "datapackage.json").write_text(
        json.dumps(_datapackage(tables), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def _csv_column(column: Columna) -> str:
    name = quoted(column.nombre)
    if column.tipo != "VARCHAR":
        return name
    return f"case when regexp_matches({name}, '^[=+@\\t\\r\\n＝＋－＠-]') then '''' || {name} else {name} end as {name}"


def _datapackage(tables: list[Tabla]) -> dict[str, Any]:
    return {
        "name": "avance",
        "title": "Avance Físico Programático (TMM-F004)",
        "resources": [
            {
                "name": table.nombre,
                "path": f"{table.nombre}.csv",
                "description": table.descripcion or "",
                "format": "csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": c.nombre, "type": _kind(c.tipo), "description": c.descripcion or ""}
                        for c in table.columnas
                    ],
                    "primaryKey": list(table.clave),
                },
            }
            for table in tables
        ],
    }


def _kind(sql_type: str) -> str:
    """The Data Package type of a SQL type."""
    base = sql_type.split("(")[0]
    if sql_type.endswith("[]"):
        return "array"
    kinds = {
        "number": ("DECIMAL", "DOUBLE", "FLOAT"),
        "integer": ("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER"),
        "boolean": ("BOOLEAN",),
        "date": ("DATE",),
        "datetime": ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
    }
    return next((kind for kind, names in kinds.items() if base in names), "string")
