"""A stand-in for dbt that writes as it does: only the ejercicios that changed, a transaction a table, then the record.

Belongs here: a few tables made of raw ones in SQL, so that kills of single steps strike the build and
the record of it without the time that dbt takes. Does not belong here: killing (``steps``).
"""

from __future__ import annotations

import duckdb

from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.state.build_plan import plan_build, record_build

WHOLE = """
create schema if not exists intermediate;
create schema if not exists marts;
create or replace view intermediate.int_unidades_medida as
    select distinct unidad_medida as unidad_medida_nombre from raw.renglones;
create or replace table marts.dim_corte as
    select distinct extracto_id, f.ente_codigo, unidad_codigo, corte, ejercicio, ruta
    from raw.formatos f join raw.extractos using (extracto_id);
"""
BY_YEAR = {
    "intermediate.int_renglones": "select extracto_id, linea, e.ejercicio, unidad_medida as unidad_medida_nombre "
    "from raw.elegidas e join raw.renglones using (extracto_id, linea)",
    "marts.fct_avance": "select * exclude (costo, margen) from raw.elegidas",
    "marts.fct_lectura": "select * from raw.lecturas",
}


def build(con: duckdb.DuckDBPyConnection) -> tuple[int, ...] | None:
    """Build every table; the ejercicios that were made anew, None where all of them."""
    plan = plan_build(con, "the stand-in")
    con.execute(WHOLE)
    for table, query in BY_YEAR.items():
        if plan.whole:
            con.execute(f"create or replace table {table} as {query}")
            continue
        of_them = "where ejercicio in (select unnest(?))"
        with transaction(con):
            con.execute(f"delete from {table} {of_them}", [list(plan.changed)])
            con.execute(f"insert into {table} select * from ({query}) {of_them}", [list(plan.changed)])
    record_build(con, plan)
    return None if plan.whole else plan.changed
