"""Which quarters are asked of a unit."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.warehouse.state.coverage import coverage, missing


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Units of the catalogue that begin and end within the year, reports up to the third quarter, the unknown one."""
    con = duckdb.connect()
    con.execute("create schema marts")
    con.execute(
        "create table marts.dim_unidad as select 'm' as ente_codigo, * from (values "
        "('julio', 'catalogo', date '2024-07-01', date '9999-12-31'), ('junio', 'catalogo', null, date '2024-06-30'), "
        "('callada', 'catalogo', date '2024-04-01', null), ('despues', 'catalogo', date '2025-01-01', null), "
        "('ajena', 'extracto', null, null)) as t (unidad_codigo, origen, vigente_desde, vigente_hasta)"
    )
    con.execute(
        "create table marts.dim_corte as select 'm' as ente_codigo, 2024 as ejercicio, * from (values "
        "('julio', '2024-T3'), ('junio', '2024-T1'), ('despues', '2024-T2'), ('ajena', '2024-T1')) "
        "as t (unidad_codigo, corte)"
    )
    con.execute("insert into marts.dim_corte values ('(desconocido)', null, '(desconocida)', '(desconocido)')")
    return con


def test_a_unit_owes_the_quarters_in_which_it_is_in_force(con) -> None:
    """Neither those before it began nor those after it ended; of a year the catalogue is silent on, all."""
    rows = coverage(con)
    assert missing(rows) == {
        "m/ajena": ["2024-T2", "2024-T3"],
        "m/callada": ["2024-T2", "2024-T3"],
        "m/despues": ["2024-T1", "2024-T3"],
        "m/junio": ["2024-T2"],
    }
    assert [r.unidad_codigo for r in rows if r.reportado] == ["ajena", "despues", "julio", "junio"]
