"""Which ejercicios the next build of the marts makes anew.

Belongs here: what the marts of each ejercicio were last built from, what is there now, and what follows from the
two. Does not belong here: building (``defs.dbt_runner``), and which model stands by ejercicio (dbt's
``macros/por_ejercicio.sql``).

An ejercicio is forgotten before it is built and known again when everything has been: what a build that failed or was
killed left is made anew by the next, whatever raw says by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.state.fingerprint import fingerprint

INPUTS = """
    with paginas as (
        select coalesce(f.ejercicio, 0) as ejercicio, sha256(concat(f::varchar, x.ruta)) as huella
        from raw.formatos f join raw.extractos x using (extracto_id)
    ),
    de_paginas as (
        select ejercicio, sha256(string_agg(huella, '' order by huella)) as huella from paginas group by ejercicio
    )
    select ejercicio, concat(e.huella, p.huella)
    from raw.ejercicios e full join de_paginas p using (ejercicio)
"""
"""What the rows of each ejercicio follow from: what its load says, and its pages as they were settled and where.

0 stands for the pages that are of no settled year.
"""


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What each ejercicio is built from, as hashes; which are to be made anew; whether everything is, whole."""

    inputs: Mapping[int, str]
    changed: tuple[int, ...]
    whole: bool


def plan_build(con: duckdb.DuckDBPyConnection, common: str) -> BuildPlan:
    """Plan the next build and write for dbt what it makes anew; ``common`` hashes all that goes into it besides raw.

    It is whole where most of the ejercicios changed: all of them do with ``common``.
    """
    inputs = {year: fingerprint([common, found]) for year, found in con.execute(INPUTS).fetchall()}
    built = dict(con.execute("select ejercicio, huella from raw.ejercicios_construidos").fetchall())
    changed = {year for year in inputs.keys() | built.keys() if inputs.get(year) != built.get(year)}
    if built and 2 * len(changed) <= len(inputs):
        changed |= _renamed(con)
    whole = not built or 2 * len(changed) > len(inputs)
    plan = BuildPlan(inputs, tuple(sorted(inputs if whole else changed)), whole)
    with transaction(con):
        con.execute("delete from raw.ejercicios_por_rehacer")
        con.execute(
            "delete from raw.ejercicios_construidos where $1 or ejercicio in (select unnest($2))",
            [whole, list(changed)],
        )
        con.execute("insert into raw.ejercicios_por_rehacer select unnest(?)", [list(plan.changed)])
    return plan


def record_build(con: duckdb.DuckDBPyConnection, plan: BuildPlan) -> None:
    """Every model was built as planned: the ejercicios made anew are known again."""
    known = [year for year in plan.changed if year in plan.inputs]
    with transaction(con):
        con.execute(
            "insert into raw.ejercicios_construidos select unnest(?), unnest(?)",
            [known, [plan.inputs[year] for year in known]],
        )
        con.execute("delete from raw.ejercicios_por_rehacer")


def forget_builds(con: duckdb.DuckDBPyConnection) -> None:
    """Nothing is known of what was built: the next build makes everything anew."""
    con.execute("delete from raw.ejercicios_construidos")


def _renamed(con: duckdb.DuckDBPyConnection) -> set[int]:
    """The ejercicios that show a measure under a name that another one's printings have changed since."""
    if not con.execute("from duckdb_tables() where table_name = 'int_renglones'").fetchall():
        query = "select ejercicio from raw.ejercicios_construidos"  # dropped by hand: nobody can tell
    else:
        query = """
            select distinct ejercicio from intermediate.int_renglones r
            where not exists (
                select 1 from intermediate.int_unidades_medida m where m.unidad_medida_nombre = r.unidad_medida_nombre
            )
        """
    return {year for (year,) in con.execute(query).fetchall()}
