"""A published file multiplied: the same rows for other units and other years, until there are enough facts.

Belongs here: making the file, in the shape and order that publishing gives it. Does not: what is asked of it.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.warehouse.publish.duckdb_file import SCHEMA, Columna, Tabla, literal, marts_of, quoted

YEARS = 20
"""Copies differ by year first, then by unit."""

SHARED = (
    "dim_linea_accion", "dim_clasificacion_funcional", "dim_unidad_medida", "dim_trimestre", "dim_fecha",
    "dim_semaforo", "dim_eje", "dim_programa", "dim_ramo",
)  # fmt: skip
"""Tables that other units and years would not add to in step."""

SHARED_KEYS = (
    "linea_accion_key", "clasificacion_key", "unidad_medida_key", "trimestre_key", "fecha_key", "semaforo_key",
    "eje_key", "programa_key", "ramo_key",
)  # fmt: skip
"""What leads to them stays."""


def grow(published: Path, target: Path, facts: int) -> Path:
    """Write ``target``, a file like ``published`` with at least ``facts`` rows in ``fct_avance_corte``."""
    with duckdb.connect() as con:
        con.execute(f"attach {literal(str(published))} as origen (read_only)")
        con.execute(f"attach {literal(str(target))} as crecido (storage_version 'v1.0.0')")
        con.execute(f"use crecido; create schema {SCHEMA}")
        rows = con.sql(f"select count(*) from origen.{SCHEMA}.fct_avance_corte").fetchall()[0][0]
        copies = -(-facts // rows)
        for table in marts_of(con, "origen"):
            con.execute(table.sql)
            con.execute(_insert(table, 1 if table.nombre in SHARED else copies))
        con.execute("use memory; detach crecido")
    return target


def as_parquet(con: duckdb.DuckDBPyConnection, file: Path, folder: Path, tables: list[str]) -> None:
    """Write tables of a published file as Parquet, as publishing does, and make views of that name over them."""
    con.execute(f"attach {literal(str(file))} as origen (read_only)")
    con.execute(f"create schema {SCHEMA}")
    for table in (t for t in marts_of(con, "origen") if t.nombre in tables):
        path = literal(str(folder / f"{table.nombre}.parquet"))
        source = f"origen.{SCHEMA}.{quoted(table.nombre)}"
        con.execute(f"copy (from {source} order by {table.orden}) to {path} (format parquet, compression zstd)")
        con.execute(f"create view {SCHEMA}.{quoted(table.nombre)} as from read_parquet({path})")


def _insert(table: Tabla, copies: int) -> str:
    name = f"{SCHEMA}.{quoted(table.nombre)}"
    columns = ", ".join(f"{_of_copy(c)} as {quoted(c.nombre)}" for c in table.columnas)
    return f"insert into {name} select {columns} from origen.{name} t, range({copies}) c(k) order by {table.orden}"


def _of_copy(column: Columna) -> str:
    """A column of copy ``k``: keys apart, the year so many earlier, the unit another."""
    name = f"t.{quoted(column.nombre)}"
    if column.nombre in SHARED_KEYS:
        return name
    if column.nombre.endswith("_key"):
        return f"if(k = 0, {name}, md5({name} || k))"
    if column.nombre == "ejercicio":
        return f"{name} - (k % {YEARS})::integer"
    if column.nombre in ("trimestre", "corte", "corte_anterior"):
        return f"coalesce((try_cast(left({name}, 4) as integer) - k % {YEARS}) || substr({name}, 5), {name})"
    if column.nombre == "unidad_codigo":
        return f"if({name} similar to '[0-9]+', printf('%05d', {name}::integer + 7 * (k // {YEARS})), {name})"
    return name
