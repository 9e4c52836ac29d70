"""The marts: what they hold, and how they are written as a DuckDB file that older clients open.

Belongs here: tables, their content by ejercicio, and that file. Does not belong here: Parquet and CSV
(``export_files``), versions, pointers and swapping (``publish``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

SCHEMA = "marts"
STORAGE_VERSION = "v1.0.0"
"""Storage format of the published file: any DuckDB 1.x reads it (tried with 1.1.3 and 1.4.4)."""


@dataclass(frozen=True, slots=True)
class Columna:
    """A column of a mart: name, SQL type and the description that dbt wrote as its comment."""

    nombre: str
    tipo: str
    descripcion: str | None


@dataclass(frozen=True, slots=True)
class Tabla:
    """A mart: its create statement, description, columns and the columns of its key.

    The key is the first column that is named ``…_key`` (dbt tests that it is one). No table declares it: an index of a
    text key takes 72 bytes a row that must fit in memory, and 1.7 to 3.4 times the time of the table without.
    """

    nombre: str
    sql: str
    descripcion: str | None
    columnas: tuple[Columna, ...]
    clave: tuple[str, ...]

    @property
    def orden(self) -> str:
        """The order in which its rows are written: part by part, in each by key, else by every column."""
        return ", ".join([f"{self.parte} nulls first", *map(quoted, self.clave or [c.nombre for c in self.columnas])])

    @property
    def parte(self) -> str:
        """What tells its parts from one another, as SQL: the rows of an ejercicio, else all of them."""
        return "ejercicio" if any(c.nombre == "ejercicio" for c in self.columnas) else "null::integer"

    def where(self, part: str) -> str:
        """The rows of a part, as SQL."""
        return f"where {self.parte} is not distinct from {int(part) if part else 'null'}"


Contenido = Mapping[str, str]
"""Parts of a table (an ejercicio, or '' for the rows of none) -> their rows and two sums of their hashes."""


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
    for table, _, name, kind, nullable, comment in rows(
        "table_name, column_index, column_name, data_type, is_nullable, comment", "duckdb_columns"
    ):
        columns.setdefault(table, []).append(Columna(name, kind, comment))
        parts.setdefault(table, []).append(f"{quoted(name)} {kind}{'' if nullable else ' not null'}")
    for table, _, check in rows(
        "table_name, constraint_index, constraint_text", "duckdb_constraints", "constraint_type = 'CHECK'"
    ):
        parts[table].append(check)
    return [
        Tabla(
            name,
            f"create table {SCHEMA}.{quoted(name)} ({', '.join(parts[name])})",
            comment,
            tuple(columns[name]),
            tuple([c.nombre for c in columns[name] if c.nombre.endswith("_key")][:1]),
        )
        for name, comment in rows("table_name, comment", "duckdb_tables")
    ]


def contents(con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla]) -> dict[str, Contenido]:
    """What each table of an attached database holds, whatever order its rows stand in; parts in order."""
    return {
        table.nombre: dict(
            con.execute(
                "select coalesce(parte::varchar, ''), concat_ws(' ', rows, added, mixed) from ("
                f"select {table.parte} as parte, count(*) as rows, sum(hash(t)::hugeint) as added, "
                f"bit_xor(hash(t)) as mixed from {quoted(database)}.{SCHEMA}.{quoted(table.nombre)} t "
                "group by parte) order by parte nulls first"
            ).fetchall()
        )
        for table in tables
    }


def rows_of(held: Contenido) -> int:
    """How many rows a table has."""
    return sum(int(content.split()[0]) for content in held.values())


def content_hash(tables: list[Tabla], held: Mapping[str, Contenido]) -> str:
    """Hash of tables, columns, descriptions and rows: what makes a version another one."""
    digest = hashlib.sha256(STORAGE_VERSION.encode())
    for table in tables:
        digest.update(repr((table, dict(held[table.nombre]))).encode())
    return digest.hexdigest()


def changed_parts(before: Contenido, now: Contenido) -> list[str]:
    """The parts of a table that do not hold the same."""
    return [part for part in sorted(before.keys() | now.keys()) if before.get(part) != now.get(part)]


def write_duckdb(
    con: duckdb.DuckDBPyConnection, database: str, tables: list[Tabla], target: Path, version: dict[str, str]
) -> None:
    """Write the marts with checks and comments into a new DuckDB file.

    ``version`` becomes the one row of ``main.publicacion``, so that a reader can say what it read.
    """
    con.execute(f"attach {literal(str(target))} as salida (storage_version {literal(STORAGE_VERSION)})")
    try:
        con.execute(f"use salida; create schema {SCHEMA}")
        for table in tables:
            name = f"{SCHEMA}.{quoted(table.nombre)}"
            con.execute(table.sql)
            con.execute(
                f"insert into {name} from {quoted(database)}.{name} order by {table.parte} nulls first, {table.orden}"
            )
            if table.descripcion:
                con.execute(f"comment on table {name} is {literal(table.descripcion)}")
            for column in table.columnas:
                if column.descripcion:
                    con.execute(f"comment on column {name}.{quoted(column.nombre)} is {literal(column.descripcion)}")
        _say(con, version)
    finally:
        con.execute("use memory")
        con.execute("detach salida")


def retouch_duckdb(
    con: duckdb.DuckDBPyConnection,
    database: str,
    tables: list[Tabla],
    parts: Mapping[str, list[str]],
    target: Path,
    version: dict[str, str],
) -> dict[str, Contenido] | None:
    """Write the given parts of the marts anew into a copy of an earlier version's file.

    Returns what the file holds then, None where its tables are not of the shape of the marts.
    """
    con.execute(f"attach {literal(str(target))} as salida")
    try:
        con.execute("use salida")
        if marts_of(con, "salida") != tables:
            return None
        for table in tables:
            name = f"{SCHEMA}.{quoted(table.nombre)}"
            for part in parts[table.nombre]:
                con.execute(f"delete from {name} {table.where(part)}")
                source = f"{quoted(database)}.{name} {table.where(part)}"
                con.execute(f"insert into {name} from {source} order by {table.orden}")
        con.execute("drop table main.publicacion")
        _say(con, version)
        return contents(con, "salida", tables)
    finally:
        con.execute("use memory")
        con.execute("detach salida")


def _say(con: duckdb.DuckDBPyConnection, version: dict[str, str]) -> None:
    fields = ", ".join(f"{literal(value)} as {quoted(key)}" for key, value in version.items())
    con.execute(f"create table main.publicacion as select {fields}")
