"""Which quarters were reported, and which are missing."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.warehouse.state.coverage import coverage, missing


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Reports up to the third quarter and the unknown one; quarters that the findings say are missing, and another."""
    con = duckdb.connect()
    con.execute("create schema marts")
    con.execute(
        "create table marts.fct_hallazgo as select 'm' as ente_codigo, * from (values "
        "('trimestre_faltante', 'ajena', '2024-T3'), ('trimestre_faltante', 'ajena', '2024-T2'), "
        "('trimestre_faltante', 'callada', '2024-T2'), ('trimestre_faltante', 'callada', '2024-T3'), "
        "('trimestre_faltante', 'despues', '2024-T1'), ('trimestre_faltante', 'despues', '2024-T3'), "
        "('trimestre_faltante', 'junio', '2024-T2'), ('unidad_sin_catalogo', 'ajena', '2024-T1')) "
        "as t (regla, unidad_codigo, corte)"
    )
    con.execute(
        "create table marts.dim_corte as select 'm' as ente_codigo, 2024 as ejercicio, * from (values "
        "('julio', '2024-T3'), ('junio', '2024-T1'), ('despues', '2024-T2'), ('ajena', '2024-T1')) "
        "as t (unidad_codigo, corte)"
    )
    con.execute("insert into marts.dim_corte values ('(desconocido)', null, '(desconocida)', '(desconocido)')")
    return con


def test_what_the_findings_say_is_missing_is_missing(con) -> None:
    """Which quarters a unit owes is the findings' to say, in one place (``int_hallazgos_historia``)."""
    rows = coverage(con)
    assert missing(rows) == {
        "m/ajena": ["2024-T2", "2024-T3"],
        "m/callada": ["2024-T2", "2024-T3"],
        "m/despues": ["2024-T1", "2024-T3"],
        "m/junio": ["2024-T2"],
    }
    assert [r.unidad_codigo for r in rows if r.reportado] == ["ajena", "despues", "julio", "junio"]
