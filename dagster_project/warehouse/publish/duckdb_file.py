"""The marts: what they hold, and how they are written as a DuckDB file that older clients open.

Belongs here: tables, what they hold, and that file. Does not belong here: Parquet and CSV
(``csv_parquet``), versions, pointers and swapping (``versions``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.state.fingerprint import fingerprint

SCHEMA = "marts"
STORAGE_VERSION = "v1.0.0"
"""Storage format of the published file: any DuckDB 1.x reads it (tried with 1.1.3 and 1.4.4)."""

PLAIN = frozenset({"BIGINT", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "INTEGER", "SMALLINT", "TIMESTAMP"})
"""SQL types whose text holds no separator."""


@dataclass(frozen=True, slots=True)
class Columna:
    """A column of a mart: name, SQL type, the description that dbt wrote as its comment, whether it may be null."""

    nombre: str
    tipo: str
    descripcion: str | None
    nulable: bool


@dataclass(frozen=True, slots=True)
class Tabla:
    """A mart: its create statement, description, columns, the columns of its key, and its checks as SQL.

    The key is the first column that is named ``…_key`` (dbt tests that it is one). No table declares it: an index of a
    text key takes 72 bytes a row that must fit in memory, and 1.7 to 3.4 times the time of the table without.
    """

    nombre: str
    sql: str
    descripcion: str | None
    columnas: tuple[Columna, ...]
    clave: tuple[str, ...]
    revisiones: tuple[str, ...]

    @property
    def orden(self) -> str:
        """The order in which its rows are written: by ejercicio and key, else by every column."""
        year = [c.nombre for c in self.columnas if c.nombre == "ejercicio"]
        return ", ".join(
            f"{quoted(name)} nulls first" for name in (*year, *(self.clave or [c.nombre for c in self.columnas]))
        )


def quoted(name: str) -> str:
    """An identifier as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def marts_of(con: duckdb.DuckDBPyConnection, database: str) -> list[Tabla]:
    """The tables of schema ``marts`` in an attached database, by name."""

    def rows(columns: str, function: str, condition: str = "true") -> list[Any]:
        where = f"database_name = ? and schema_name = ? and {condition}"
        return con.execute(
            f"select {columns} from {function}() where {where} order by all", [database, SCHEMA]
        ).fetchall()

    columns: dict[str, list[Columna]] = {}
    parts: dict[str, list[str]] = {}
    checks: dict[str, list[str]] = {}
    for table, _, name, kind, nullable, comment in rows(
        "table_name, column_index, column_name, data_type, is_nullable, comment", "duckdb_columns"
    ):
        columns.setdefault(table, []).append(Columna(name, kind, comment, nullable))
        parts.setdefault(table, []).append(f"{quoted(name)} {kind}{'' if nullable else ' not null'}")
    for table, _, check in rows(
        "table_name, constraint_index, constraint_text", "duckdb_constraints", "constraint_type = 'CHECK'"
    ):
        checks.setdefault(table, []).append(check)
    return [
        Tabla(
            name,
            f"create table {SCHEMA}.{quoted(name)} ({', '.join((*parts[name], *checks.get(name, [])))})",
            comment,
            tuple(columns[name]),
            tuple([c.nombre for c in columns[name] if c.nombre.endswith("_key")][:1]),
            tuple(checks.get(name, [])),
        )
        for name, comment in rows("table_name, comment", "duckdb_tables")
    ]


def contents(con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla]) -> dict[str, tuple[int, str]]:
    """Rows of each table of an attached database, and the sum of their SHA-256, whatever order they stand in.

    Not DuckDB's ``hash``: two printable texts of one hash were found in 38 tries. 60 bits of each row are summed.
    """
    held = {}
    for table in tables:
        row = con.execute(
            f"select count(*), sum(('0x' || left(sha256({_as_text(table)}), 15))::ubigint::hugeint)::varchar "
            f"from {quoted(database)}.{SCHEMA}.{quoted(table.nombre)}"
        ).fetchone()
        held[table.nombre] = (row[0], row[1] or "") if row else (0, "")
    return held


def _as_text(table: Tabla) -> str:
    """SQL of a row as one text that no other row has: its values, and how long those are that may hold a separator.

    Half the processor time of ``to_json`` of the row (4.3 million rows of all marts).
    """
    values = [f"coalesce({quoted(c.nombre)}::varchar, chr(30))" for c in table.columnas]
    lengths = [f"strlen({quoted(c.nombre)}::varchar)" for c in table.columnas if c.tipo.split("(")[0] not in PLAIN]
    return f"concat_ws(chr(31), {', '.join(values + lengths)})"


def content_hash(tables: list[Tabla], held: Mapping[str, tuple[int, str]]) -> str:
    """Hash of tables, columns, descriptions and rows: what makes a version another one."""
    return fingerprint([STORAGE_VERSION, [repr((table, held[table.nombre])) for table in tables]])


def write_duckdb(
    con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla], target: Path, version: dict[str, str]
) -> None:
    """Write the marts with checks and comments into a new DuckDB file.

    ``version`` becomes the one row of ``main.publicacion``, so that a reader can say what it read.
    """
    con.execute(f"attach {literal(str(target))} as salida (storage_version {literal(STORAGE_VERSION)})")
    try:
        con.execute("use salida")
        with transaction(con):  # one flush to disk, not one for each of 500 comments
            con.execute(f"create schema {SCHEMA}")
            for table in tables:
                con.execute(table.sql)
                _comment(con, table)
        for table in tables:
            name = f"{SCHEMA}.{quoted(table.nombre)}"
            con.execute(f"insert into {name} from {quoted(database)}.{name} order by {table.orden}")
        about = ", ".join(f"{literal(value)} as {quoted(key)}" for key, value in version.items())
        con.execute(f"create table main.publicacion as select {about}")
    finally:
        con.execute("use memory")
        con.execute("detach salida")


def _comment(con: duckdb.DuckDBPyConnection, table: Tabla) -> None:
    name = f"{SCHEMA}.{quoted(table.nombre)}"
    if table.descripcion:
        con.execute(f"comment on table {name} is {literal(table.descripcion)}")
    for column in table.columnas:
        if column.descripcion:
            con.execute(f"comment on column {name}.{quoted(column.nombre)} is {literal(column.descripcion)}")
