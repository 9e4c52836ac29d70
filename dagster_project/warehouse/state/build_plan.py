"""What the marts were built from, so that the next build makes anew only the ejercicios that changed.

Belongs here: the content of what goes into the marts by ejercicio, the note of the last build, and what
follows from the two. Does not belong here: building (``defs.dbt_build``), and which model stands by
ejercicio (dbt's ``macros/por_ejercicio.sql``).

The note proves itself: beside what the tables were built from it holds what they held. Where they hold
anything else by now (a build that was killed, dbt run by hand, a table changed by hand) nothing is known of
them, and all of it is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import duckdb

from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.publish.duckdb_file import quoted
from dagster_project.warehouse.state.fingerprint import fingerprint

BY_YEAR = ("formatos", "renglones", "lecturas", "vinculos", "elegidas")
"""Tables of raw that say of each row which ejercicio it is of."""

OF_FORMS = {"campos": "extracto_id, formato", "extractos": "extracto_id"}
"""Tables of raw whose rows are of the ejercicios of the forms that they go with, by these columns."""

BUILT = ("intermediate", "marts")

CONTENT = "count(*), sum(hash(t)::hugeint), bit_xor(hash(t))"
"""Of the rows of ``t``, whatever order they stand in."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A build to come: ``comun`` and ``ejercicios`` say what it is made from, as hashes.

    ``por_rehacer`` are the ejercicios to be made anew, None where everything is.
    """

    comun: str
    ejercicios: Mapping[str, str]
    por_rehacer: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Nota:
    """A build that came to its end: what it was made from and what the tables held then, as hashes."""

    comun: str
    ejercicios: Mapping[str, str]
    tablas: Mapping[str, str]


def planear(con: duckdb.DuckDBPyConnection, comun: str) -> Plan:
    """What the next build must make anew; ``comun`` is the hash of all it is made from besides ``raw``.

    Everything, unless the last build is known to the row, was made of the same code and catalogues,
    and less than the greater part of the ejercicios has changed since.
    """
    now = _inputs(con)
    last = _noted(con)
    if last is None or last.comun != comun or last.tablas != _content(con):
        return Plan(comun, now, None)
    changed = {int(y) for y in now.keys() | last.ejercicios.keys() if now.get(y) != last.ejercicios.get(y)}
    changed |= _renamed(con)
    return Plan(comun, now, None if 2 * len(changed) > len(now) else tuple(sorted(changed)))


def anotar(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Note that a build of every model came to its end."""
    note = asdict(Nota(plan.comun, plan.ejercicios, _content(con)))
    with transaction(con):
        con.execute("create schema if not exists construccion")
        con.execute("create or replace table construccion.nota (contenido json)")
        con.execute("insert into construccion.nota values (?)", [json.dumps(note)])


def _noted(con: duckdb.DuckDBPyConnection) -> Nota | None:
    if ("construccion", "nota") not in _tables(con, ("construccion",)):
        return None
    # Read to its end: a pending result keeps its transaction open, and dbt builds beside this connection.
    rows = con.execute("from construccion.nota").fetchall()
    return Nota(**json.loads(rows[0][0])) if rows else None


def _inputs(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Hash of what raw holds of each ejercicio; rows of none go into models only that are made whole."""
    parts = [f"select '{t}' as tabla, ejercicio, {CONTENT} from raw.{t} t group by ejercicio" for t in BY_YEAR]
    parts += [
        f"select '{table}', f.ejercicio, {CONTENT} from raw.{table} t "
        f"join (select distinct ejercicio, {keys} from raw.formatos) f using ({keys}) group by f.ejercicio"
        for table, keys in OF_FORMS.items()
    ]
    found: dict[str, list[list[str]]] = {}
    for table, year, *content in con.execute(" union all ".join(parts) + " order by all").fetchall():
        if year is not None:
            found.setdefault(str(year), []).append([table, *map(str, content)])
    return {year: fingerprint(content) for year, content in found.items()}


def _renamed(con: duckdb.DuckDBPyConnection) -> set[int]:
    """The ejercicios that show a measure under a name that another one's printings have changed since."""
    rows = con.execute(
        """
        select distinct ejercicio from intermediate.int_renglones r
        where not exists (
            select 1 from intermediate.int_unidades_medida m where m.unidad_medida_nombre = r.unidad_medida_nombre
        )
        """
    ).fetchall()
    return {year for (year,) in rows}


def _content(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Hash of each table that dbt built: its columns and rows."""
    return {
        f"{schema}.{table}": fingerprint(
            [
                con.execute(f"select {CONTENT} from {quoted(schema)}.{quoted(table)} t").fetchone(),
                con.execute(f"describe {quoted(schema)}.{quoted(table)}").fetchall(),
            ]
        )
        for schema, table in _tables(con, BUILT)
    }


def _tables(con: duckdb.DuckDBPyConnection, schemas: tuple[str, ...]) -> list[tuple[str, str]]:
    return con.execute(
        "select schema_name, table_name from duckdb_tables() where schema_name in (select unnest(?)) order by all",
        [list(schemas)],
    ).fetchall()
