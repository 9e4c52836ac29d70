"""Extracts that stand without a file: overwritten by bytes that hold not all of their reports.

Such an extract goes by a path of its own, ``a.txt@31395e697809fd00``: where it stood, and which bytes they were. No
file can have it (no extract's name ends so), and the register may decide on it as on any other.

Belongs here: those paths, and the SQL that gives an extract one or takes it back. Does not belong here: which
extracts stand (``years.overwritten``).
"""

from __future__ import annotations

import re

import duckdb

_STANDING = re.compile(r"(.*)@([0-9a-f]{16})", re.DOTALL)


def standing_path(ruta: str, extracto_id: str) -> str:
    """What an extract goes by that stands where other bytes are now."""
    return f"{overwritten_path(ruta) or ruta}@{extracto_id}"


def overwritten_path(ruta: str) -> str | None:
    """Where the extract stood that goes by this path; None for the path of a file."""
    found = _STANDING.fullmatch(ruta)
    return found[1] if found else None


def standing_at(con: duckdb.DuckDBPyConnection, ruta: str) -> dict[str, str]:
    """The extracts that stand where a path's bytes were replaced, by the path each goes by."""
    found = con.execute(
        "select ruta, extracto_id from raw.rutas where ruta = concat($1, '@', extracto_id)", [ruta]
    ).fetchall()
    return dict(found)


def stand(con: duckdb.DuckDBPyConnection, extracto_id: str, ruta: str) -> None:
    """Let a retired extract count again, without a file."""
    con.execute("insert or replace into raw.rutas values (?, ?)", [ruta, extracto_id])
    con.execute(
        "update raw.extractos set ruta = ?, retirado_en = null, por_revisar = false where extracto_id = ?",
        [ruta, extracto_id],
    )
