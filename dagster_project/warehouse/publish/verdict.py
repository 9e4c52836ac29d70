"""The gate as a stored verdict: which blocking checks passed, and on exactly which content.

Belongs here: what the checks of a load say of the warehouse, kept in ``raw.veredictos``, and what of it a publication
asks for. Does not belong here: which checks there are (``defs.gate``), and running them.

A check of files holds for what the files hold, one of ejercicios for what was read of them, one of the marts for one
content of the marts made from that. Whatever changed any of it since, from whatever door (a click, GraphQL, one model,
``dbt`` by hand), no verdict speaks of what stands there now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb

from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.publish.duckdb_file import SCHEMA, Tabla, marts_of, quoted
from dagster_project.warehouse.state.build_plan import INPUTS
from dagster_project.warehouse.state.fingerprint import fingerprint

Gate = Mapping[str, tuple[str, ...]]
"""The blocking checks by name, of each border of ``STATES``."""

NAMED = 5
"""Checks that a refusal names; it counts the others."""

OF_FILES = ("extractos", "lineas", "paginas")
OF_READING = ("formatos", "campos", "renglones", "lecturas", "vinculos", "elegidas", "rechazos", "ejercicios", "series")

Connection = duckdb.DuckDBPyConnection


class UncheckedError(RuntimeError):
    """A blocking check has not passed on what would be published; the message names it."""


def files_state(con: Connection) -> str:
    """Hash of which extracts are in force, and of how many rows hold what they hold."""
    extracts = con.execute("select extracto_id, ruta, huella, retirado_en is null from raw.extractos order by all")
    return fingerprint([extracts.fetchall(), _counts(con, OF_FILES)])


def years_state(con: Connection) -> str:
    """Hash of what every ejercicio follows from, and of how many rows were read of it."""
    return fingerprint([files_state(con), sorted(con.execute(INPUTS).fetchall()), _counts(con, OF_READING)])


def marts_state(con: Connection) -> str:
    """Hash of the marts, row by row, and of what they were made from.

    Rows by DuckDB's ``hash``, a fortieth of the time of their SHA-256: texts of one hash can be made on purpose, but
    only through what was read, which ``years_state`` knows by SHA-256, or by who could write the verdict as well.
    """
    found = str(con.execute("select current_database()").fetchall()[0][0])
    tables = marts_of(con, found)
    return fingerprint([years_state(con), [[repr(table), _rows(con, table)] for table in tables]])


STATES: Mapping[str, Callable[[Connection], str]] = {
    "extractos": files_state,
    "ejercicios": years_state,
    "marts": marts_state,
}
"""What the checks of each border look at."""


def record(con: Connection, run_id: str, border: str, verdicts: Mapping[str, bool]) -> None:
    """Keep what checks of a border said of what stands there now; what they said before is gone."""
    content = STATES[border](con)
    with transaction(con):
        con.execute("delete from raw.veredictos where comprobacion in (select unnest($1::varchar[]))", [[*verdicts]])
        con.execute(
            "insert into raw.veredictos select unnest($1::varchar[]), $2, unnest($3::boolean[]), current_timestamp, $4",
            [[*verdicts], content, [*verdicts.values()], run_id],
        )


def require(con: Connection, gate: Gate) -> None:
    """Let pass what every blocking check passed on.

    Args:
        con: the warehouse, its database in use.
        gate: the checks asked for.

    Raises:
        UncheckedError: a check failed, or did not look at exactly this content.
    """
    states = {border: STATES[border](con) for border in gate}
    wanted = {name: states[border] for border, names in gate.items() for name in names}
    query = "select comprobacion, contenido, aprobada, run_id from raw.veredictos"
    known = {name: rest for name, *rest in con.execute(query).fetchall()}
    failed = [f"{name} failed in run {known[name][2]}" for name in wanted if name in known and not known[name][1]]
    unseen = [
        f"{name} has not looked at what is there now"
        for name, content in wanted.items()
        if name not in known or (known[name][1] and known[name][0] != content)
    ]
    if said := failed + unseen:
        more = f"\n… and {len(said) - NAMED} more" if len(said) > NAMED else ""
        raise UncheckedError(
            f"not published: {len(said)} of {len(wanted)} blocking checks have not passed on exactly what the "
            "warehouse holds. The published version stays as it is; run the whole load (avance run, or the job "
            "carga).\n" + "\n".join(said[:NAMED]) + more
        )


def _rows(con: Connection, table: Tabla) -> list[Any]:
    columns = ", ".join(quoted(column.nombre) for column in table.columnas)
    return con.execute(
        f"select count(*), sum(hash({columns})::hugeint)::varchar from {SCHEMA}.{quoted(table.nombre)}"
    ).fetchall()


def _counts(con: Connection, tables: tuple[str, ...]) -> list[int]:
    return [con.execute(f"select count(*) from raw.{table}").fetchall()[0][0] for table in tables]
