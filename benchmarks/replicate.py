"""A year that was read once, kept again under other years: what a long history leaves in the raw tables.

Reading twenty years of 500 units takes the reader a quarter of an hour and teaches nothing about the load
of one more quarter, which reads one year only. So one year is read, and its raw rows and its files are
copied under the years before it, with the year's digits exchanged wherever a text holds them.

Belongs here: that copy. Does not: reading, and anything that a load does afterwards.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.synthetic.world import SEEDS
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.warehouse.db.bulk_insert import column_types
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.publish.duckdb_file import literal
from dagster_project.warehouse.years.load_year import YearLoader

TABLES = ("extractos", "rutas", "lineas", "paginas", "rechazos", "formatos", "campos",
          "renglones", "lecturas", "vinculos", "elegidas")  # fmt: skip

BY_FILE = ("paginas", "rechazos")
"""Of these a row without a year is its file's all the same."""

AS_THEY_WERE = ("huella", "codificacion")
"""Text columns that hold no year: what an extract was settled with, and what a printed line goes by."""


def copy_year(con: duckdb.DuckDBPyConnection, complete: Path, extracts: Path, year: int, to: int) -> None:
    """Copy a year of the warehouse file ``complete`` into ``con``, as if its extracts had been of another year.

    The files of the year are written below ``extracts`` too, with the bytes that the rows say.
    """
    con.execute(f"attach if not exists '{complete}' as completo (read_only)")
    files = con.execute(
        "select ruta, extracto_id, codificacion from completo.raw.extractos where starts_with(ruta, ?)", [f"{year}/"]
    ).fetchall()
    ids = pd.DataFrame(
        [(key, *_write(complete.parent / "extracts" / ruta, extracts, str(year), str(to))) for ruta, key, _ in files],
        columns=["anterior", "nuevo", "sha256"],
    )
    con.register("_ids", ids)
    plan = _plan_of(to)
    with transaction(con):
        for table in TABLES:
            columns = {name: _shifted(name, kind, year, to, plan) for name, kind in column_types(con, table).items()}
            # A page misread as of another year would be that year's in every copy; what a file leaves open stays so.
            unknown = year if table in BY_FILE else 0
            only = f"where coalesce(t.ejercicio, {unknown}) = {year}" if "ejercicio" in columns else ""
            con.execute(
                f"insert into raw.{table} ({', '.join(columns)}) select {', '.join(columns.values())} "
                f"from completo.raw.{table} t join _ids i on t.extracto_id = i.anterior {only}"
            )
        made_from = YearLoader(con, load_catalogs(SEEDS)).fingerprint(to)
        con.execute("insert into raw.ejercicios values (?, ?, now() - to_years(?))", [to, made_from, year - to])
    con.unregister("_ids")


def _write(source: Path, extracts: Path, year: str, to: str) -> tuple[str, str]:
    """Write a file of the year as one of another; returns the extract's id and its whole hash."""
    data = source.read_bytes().replace(year.encode(), to.encode())
    target = extracts / to / source.name.replace(year, to)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    return digest[:16], digest


def _plan_of(year: int) -> str:
    """The plan that a year began under: its rows answer to that one."""
    begins = f"{year}-T1"
    return next(plan.plan for plan in load_catalogs(SEEDS).plans_of("02002") if plan.is_in_force(begins))


def _shifted(name: str, kind: str, year: int, to: int, plan: str) -> str:
    """A column as SQL, of the other year."""
    if name == "plan":
        return f"if(t.plan is null, null, '{plan}')"
    if name == "extracto_id":
        return "i.nuevo"
    if name == "sha256":
        return "i.sha256"
    if name == "cargado_en":  # that long ago, as the loads of a history are
        return f"t.cargado_en - interval {year - to} year"
    if name == "cede_ante":
        place = "split_part(t.cede_ante, ':', {})"
        new = f"(select any_value(o.nuevo) from _ids o where o.anterior = {place.format(1)})"
        return f"{new} || ':' || {place.format(2)}"
    if name in ("ejercicio", "anio") and kind == "INTEGER":
        return f"if(t.{name} = {year}, {to}, t.{name})"
    if kind in ("VARCHAR", "JSON") and name not in AS_THEY_WERE:
        return f"cast(replace(cast(t.{name} as varchar), '{year}', '{to}') as {kind})"
    return f"t.{name}"


def with_entes(source: Path, target: Path, ente: str, others: list[str]) -> None:
    """A warehouse like ``source`` in which other municipalities, too, reported what ``ente`` did.

    For building and publishing many facts, no load: its tables have no keys, whose indexes would take most of the time,
    and no files stand behind the copies. The catalogues must know the other municipalities' units.
    """
    with duckdb.connect(str(target)) as con:
        con.execute(f"attach {literal(str(source))} as origen (read_only); create schema raw")
        tables = con.execute(
            "select table_name from duckdb_tables() where database_name = 'origen' and schema_name = 'raw'"
        ).fetchall()
        for (table,) in tables:
            copied = ""
            if table in (*TABLES, "series"):
                found = con.execute(f"describe origen.raw.{table}").fetchall()
                columns = ", ".join(f"{_of_ente(name, kind, ente)} as {name}" for name, kind, *_ in found)
                copied = f"union all select {columns} from origen.raw.{table} t, (select unnest(?) as ente) o"
            con.execute(f"create table raw.{table} as from origen.raw.{table} {copied}", [others] if copied else [])


def _of_ente(name: str, kind: str, ente: str) -> str:
    """A column as SQL, of the other municipality ``o.ente``."""
    if name in ("extracto_id", "sha256", "cede_ante"):
        return f"o.ente || substr(t.{name}, 6)"
    if name in ("ruta", "nombre"):
        return f"o.ente || '/' || t.{name}"
    if name in ("accion_id", "serie_id", "anterior", "propuesta") or name.startswith("ente"):
        return f"cast(replace(cast(t.{name} as varchar), '{ente}', o.ente) as {kind})"
    return f"t.{name}"
