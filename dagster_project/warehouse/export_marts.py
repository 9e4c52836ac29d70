"""The marts written out: as a DuckDB file that older clients open, as Parquet and as CSV.

Belongs here: what the files hold and how they are written. Does not belong here: versions,
pointers and swapping (``publish``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

SCHEMA = "marts"
STORAGE_VERSION = "v1.0.0"
"""Storage format of the published file: any DuckDB 1.x reads it (tried with 1.1.3 and 1.4.5)."""


@dataclass(frozen=True, slots=True)
class Columna:
    """A column of a mart: name, SQL type and the description that dbt wrote as its comment."""

    nombre: str
    tipo: str
    descripcion: str | None


@dataclass(frozen=True, slots=True)
class Tabla:
    """A mart: its create statement, description, columns and the columns of its primary key."""

    nombre: str
    sql: str
    descripcion: str | None
    columnas: tuple[Columna, ...]
    clave: tuple[str, ...]

    @property
    def orden(self) -> str:
        """The order in which its rows are written: by key, else by every column."""
        return ", ".join(quoted(c) for c in self.clave) or "all"


def quoted(name: str) -> str:
    """An identifier as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def marts_of(con: duckdb.DuckDBPyConnection, database: str) -> list[Tabla]:
    """The tables of schema ``marts`` in an attached database, by name."""
    where = "database_name = ? and schema_name = ?"
    tables = con.execute(
        f"select table_name, sql, comment from duckdb_tables() where {where} order by table_name",
        [database, SCHEMA],
    ).fetchall()
    columns: dict[str, list[Columna]] = {}
    for table, *rest in con.execute(
        f"select table_name, column_name, data_type, comment from duckdb_columns() where {where} "
        "order by table_name, column_index",
        [database, SCHEMA],
    ).fetchall():
        columns.setdefault(table, []).append(Columna(*rest))
    keys = dict(
        con.execute(
            f"select table_name, constraint_column_names from duckdb_constraints() where {where} "
            "and constraint_type = 'PRIMARY KEY'",
            [database, SCHEMA],
        ).fetchall()
    )
    return [Tabla(name, sql, comment, tuple(columns[name]), tuple(keys.get(name, ()))) for name, sql, comment in tables]


def content_hash(con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla]) -> tuple[str, dict[str, int]]:
    """Hash of the marts' rows and columns, whatever order the rows stand in; and rows a table."""
    digest = hashlib.sha256(STORAGE_VERSION.encode())
    counts = {}
    for table in tables:
        row = con.execute(
            f"select count(*), coalesce(sum(hash(t)::hugeint), 0), coalesce(bit_xor(hash(t)), 0) "
            f"from {quoted(database)}.{SCHEMA}.{quoted(table.nombre)} t"
        ).fetchone()
        assert row is not None
        counts[table.nombre] = row[0]
        digest.update(repr((table, row)).encode())
    return digest.hexdigest(), counts


def write_duckdb(
    con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla], target: Path, version: dict[str, str]
) -> None:
    """Write the marts with keys, checks and comments into a new DuckDB file.

    ``version`` becomes the one row of ``main.publicacion``, so that a reader can say what it read.
    """
    con.execute(f"attach {literal(str(target))} as salida (storage_version {literal(STORAGE_VERSION)})")
    try:
        con.execute(f"use salida; create schema {SCHEMA}")
        for table in tables:
            name = f"{SCHEMA}.{quoted(table.nombre)}"
            con.execute(table.sql)
            con.execute(f"insert into {name} from {quoted(database)}.{name} order by {table.orden}")
            if table.descripcion:
                con.execute(f"comment on table {name} is {literal(table.descripcion)}")
            for column in table.columnas:
                if column.descripcion:
                    con.execute(f"comment on column {name}.{quoted(column.nombre)} is {literal(column.descripcion)}")
        fields = ", ".join(f"{literal(value)} as {quoted(key)}" for key, value in version.items())
        con.execute(f"create table main.publicacion as select {fields}")
    finally:
        con.execute("use memory")
        con.execute("detach salida")


def write_files(con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla], folder: Path) -> None:
    """Write each mart as ``<table>.parquet`` (zstd) and ``<table>.csv``, and ``datapackage.json``.

    In the CSV a text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    for table in tables:
        source = f"{quoted(database)}.{SCHEMA}.{quoted(table.nombre)}"
        parquet, sheet = (literal(str(folder / f"{table.nombre}.{kind}")) for kind in ("parquet", "csv"))
        con.execute(f"copy (from {source} order by {table.orden}) to {parquet} (format parquet, compression zstd)")
        fields = ", ".join(_csv_column(column) for column in table.columnas)
        con.execute(f"copy (select {fields} from {source} order by {table.orden}) to {sheet} (format csv, header)")
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
