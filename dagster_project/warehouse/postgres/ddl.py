"""The marts as PostgreSQL's statements: tables, keys, comments, views. Texts alone; nothing here connects.

Types need no table: DuckDB names those of the marts as PostgreSQL does, but for two. Identifiers and literals are
quoted as the SQL standard says, which both keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dagster_project.warehouse.publish.duckdb_file import Columna, Tabla, literal, quoted
from dagster_project.warehouse.publish.relations import Relacion

READ = "marts"
"""The schema that readers ask: views of the current version's tables."""

TYPES = {"VARCHAR": "text", "DOUBLE": "double precision"}
"""Those that PostgreSQL calls otherwise."""


def create_table(schema: str, table: Tabla) -> str:
    """A table without keys: they come after its rows (``keys``), so that no index is kept up row by row."""
    columns = ", ".join(
        f"{quoted(c.nombre)} {TYPES.get(c.tipo, c.tipo)}{'' if c.nulable else ' not null'}" for c in table.columnas
    )
    return f"create table {quoted(schema)}.{quoted(table.nombre)} ({columns})"


def keys(schema: str, tables: Sequence[Tabla], related: Mapping[str, Sequence[Relacion]]) -> Iterator[str]:
    """Primary keys of all tables, then what else is led to as unique, then the foreign keys."""
    primary = {table.nombre: table.clave for table in tables if table.clave}
    for name, key in primary.items():
        yield f"alter table {quoted(schema)}.{quoted(name)} add primary key ({', '.join(map(quoted, key))})"
    targets = {(r.tabla_destino, r.columna_destino) for found in related.values() for r in found}
    for name, column in sorted(targets):
        if primary.get(name) != (column,):
            yield f"alter table {quoted(schema)}.{quoted(name)} add unique ({quoted(column)})"
    for name, found in related.items():
        for r in found:
            yield (
                f"alter table {quoted(schema)}.{quoted(name)} add foreign key ({quoted(r.columna)}) "
                f"references {quoted(schema)}.{quoted(r.tabla_destino)} ({quoted(r.columna_destino)})"
            )


def comments(schema: str, table: Tabla, kind: str = "table") -> Iterator[str]:
    """The descriptions of a table (or ``view``) and its columns, where readers of the database see them."""
    name = f"{quoted(schema)}.{quoted(table.nombre)}"
    yield f"comment on {kind} {name} is {literal(table.descripcion or '')}"
    for column in table.columnas:
        yield f"comment on column {name}.{quoted(column.nombre)} is {literal(column.descripcion or '')}"


def register(ours: str) -> Iterator[str]:
    """The schema that readers ask, and the one that says which versions are here and which of them is shown."""
    yield f"create schema {ours}"
    yield f"create schema {READ}"
    yield (
        f"create table {ours}.versiones (version text primary key, huella text not null, creada_en timestamptz "
        "not null, esquema text not null unique, tablas text[] not null, vigente_desde timestamptz)"
    )
    yield f"comment on table {ours}.versiones is 'Una fila por versión publicada que está en esta base'"
    yield (
        f"create view {ours}.publicacion as select version, creada_en, vigente_desde from {ours}.versiones "
        "where vigente_desde is not null order by vigente_desde desc limit 1"
    )
    yield f"comment on view {ours}.publicacion is 'La versión que muestran las vistas del esquema marts'"


def create_view(schema: str, table: Tabla) -> str:
    """The view that readers ask; replaced as long as its columns stay, so that others' views on it stay too."""
    columns = ", ".join(quoted(c.nombre) for c in table.columnas)
    return (
        f"create or replace view {READ}.{quoted(table.nombre)} as "
        f"select {columns} from {quoted(schema)}.{quoted(table.nombre)}"
    )


def selected(table: Tabla) -> str:
    """The columns as DuckDB sends them: PostgreSQL's texts cannot hold U+0000, U+FFFD stands for it."""
    return ", ".join(_sent(column) for column in table.columnas)


def texts(table: Tabla) -> list[str]:
    """The columns that go quoted, so that an empty text and none stay two things."""
    return [column.nombre for column in table.columnas if column.tipo == "VARCHAR"]


def _sent(column: Columna) -> str:
    name = quoted(column.nombre)
    return f"replace({name}, chr(0), chr(65533)) as {name}" if column.tipo == "VARCHAR" else name
