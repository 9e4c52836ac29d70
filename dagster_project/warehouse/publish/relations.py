"""Which table each column of a mart leads to: one column, many to one.

Belongs here: the convention by which columns are named, and nothing else. Does not belong here: whether every value
is found there, which dbt's tests ``relaciones`` hold before anything is published (``tests/dbt/test_star.py`` holds
that they are the same relations).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dagster_project.warehouse.publish.duckdb_file import Tabla

BY_NAME = {"fin_fecha": ("dim_fecha", "fecha")}
"""Columns that lead to another than a key."""

LIGHT = ("semaforo", ("dim_semaforo", "semaforo"))
"""How the columns of a light begin, and where they lead."""

ANOTHERS = ("bi_", "dim_accion_serie")
"""How the tables are named that have another one's key as their own; they own none."""


@dataclass(frozen=True, slots=True)
class Relacion:
    """A column of a table and the column, unique in its table, that it leads to."""

    columna: str
    tabla_destino: str
    columna_destino: str


def relations(tables: Sequence[Tabla]) -> Mapping[str, tuple[Relacion, ...]]:
    """The relations of each table, by its name, in the order of its columns.

    ``x_key`` leads to the table whose own key is ``x_key``, ``fin_fecha`` to its day, a light to its member. A table
    that is not among those published leads nowhere.
    """
    owners = {t.clave[0]: t.nombre for t in tables if t.clave and not t.nombre.startswith(ANOTHERS)}
    there = {(t.nombre, c.nombre) for t in tables for c in t.columnas}

    def of(table: Tabla, column: str) -> Relacion | None:
        target = (owners.get(column, ""), column) if column.endswith("_key") else BY_NAME.get(column)
        if column.startswith(LIGHT[0]) and not column.endswith("_key"):
            target = LIGHT[1]
        known = target is not None and target in there and target[0] != table.nombre
        return Relacion(column, *target) if known and target else None

    return {t.nombre: tuple(r for c in t.columnas if (r := of(t, c.nombre))) for t in tables}
