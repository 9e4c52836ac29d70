"""What the warehouse holds, counted: for run metadata.

Belongs here: counts, the hash of the sources, the quarters found. Does not belong here:
figures, and anything that writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from dagster_project.warehouse.state.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class TrimestreHallado:
    """A quarter that live extracts speak of: how many form pages, of which units, from which extracts."""

    corte: str
    formatos: int
    unidades: tuple[str, ...]
    extractos: tuple[str, ...]


def count_rows(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, int]:
    """Rows of each table, given as ``schema.table``; tables that do not exist are left out."""
    known = {
        f"{schema}.{name}"
        for schema, name in con.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    }
    wanted = [t for t in tables if t in known]
    if not wanted:
        return {}
    query = " union all ".join(f"select '{t}', count(*) from {_quoted(t)}" for t in wanted)
    return dict(con.execute(query).fetchall())


def sources_hash(con: duckdb.DuckDBPyConnection) -> str:
    """Short hash of the live extracts: the same sources give the same hash, whatever their order."""
    ids = con.execute("select extracto_id from raw.extractos where retirado_en is null order by extracto_id").fetchall()
    return fingerprint([i for (i,) in ids])


def quarters_found(con: duckdb.DuckDBPyConnection) -> list[TrimestreHallado]:
    """The quarters of the live extracts' forms, in order."""
    rows = con.execute(
        """
        select
            f.corte,
            count(*),
            list(distinct f.unidad_codigo order by f.unidad_codigo) filter (f.unidad_codigo is not null),
            list(distinct f.extracto_id order by f.extracto_id)
        from raw.formatos as f
        inner join raw.extractos as e on f.extracto_id = e.extracto_id
        where e.retirado_en is null and f.corte is not null and f.situacion != 'apartada'
        group by f.corte
        order by f.corte
        """
    ).fetchall()
    return [TrimestreHallado(c, n, tuple(u or ()), tuple(x)) for c, n, u, x in rows]


def states_of(con: duckdb.DuckDBPyConnection, ejercicio: int) -> dict[str, int]:
    """Action rows of a year's vigente reportes by the estado of their chosen reading."""
    query = "select estado, count(*) from raw.elegidas where ejercicio = ? group by estado order by estado"
    return dict(con.execute(query, [ejercicio]).fetchall())


def _quoted(table: str) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))
