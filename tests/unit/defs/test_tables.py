"""Results as tables of the web UI: every row that is shown is there, numbers are numbers."""

import duckdb
import pytest

from dagster_project.defs.tables import SHOWN_ROWS, as_table, of_coverage, of_files, of_findings, of_states
from dagster_project.warehouse.state.coverage import Cobertura

REFUSED = {
    "ruta": "a.txt",
    "resultado": "refused",
    "formatos": 0,
    "razon": None,
    "rechazos": [{"linea": 3, "regla": "sin_formato", "razon": "no form"}],
}
PASSED_OVER = {"ruta": "b.doc", "resultado": "ignored", "formatos": 0, "razon": "another suffix", "rechazos": []}
LOADED = {"ruta": "c.txt", "resultado": "loaded", "formatos": 2, "razon": None, "rechazos": []}


def _rows(table):
    return [tuple(record.data.values()) for record in table.records]


def test_files_that_were_not_read_are_named():
    """Refused with line, rule and reason; ignored with the reason; the new ones counted."""
    said = of_files([REFUSED, PASSED_OVER, LOADED])
    assert _rows(said["rechazados"]) == [("a.txt", 3, "sin_formato", "no form")]
    assert _rows(said["ignorados"]) == [("b.doc", "another suffix")]
    assert (said["archivos_nuevos"], said["archivos_rechazados"], said["archivos_ignorados"]) == (1, 1, 1)


def test_a_long_table_says_how_much_it_leaves_out():
    """Events stay small."""
    table = as_table(("n", "m"), [(n, n) for n in range(SHOWN_ROWS + 7)])
    assert len(table.records) == SHOWN_ROWS + 1
    assert table.records[-1].data["n"] == "… y 7 más"
    assert [column.type for column in table.schema.columns] == ["string", "int"]


def test_coverage_is_units_by_quarters():
    """A quarter that is not expected of a unit stays empty."""
    rows = [Cobertura("02002", "1", "2022-T1", True), Cobertura("02002", "1", "2022-T2", False)]
    table = of_coverage([*rows, Cobertura("02002", "2", "2022-T1", True)])
    assert [column.name for column in table.schema.columns] == ["ente", "unidad", "2022-T1", "2022-T2"]
    assert _rows(table) == [("02002", "1", "sí", "falta"), ("02002", "2", "sí", "")]


@pytest.fixture
def con():
    with duckdb.connect() as con:
        con.execute("create schema marts")
        con.execute("create table marts.fct_pagina as select 'x1' as extracto_id, 'inbox://t4.txt' as ruta")
        con.execute(
            "create table marts.fct_hallazgo as select * from (values ('error', 'r1', 'x1', 9), "
            "('error', 'r1', 'x1', 4), ('informacion', 'r2', null, null)) as t (severidad, regla, extracto_id, linea)"
        )
        con.execute(
            "create table marts.fct_avance as select * from (values ('02002', '1', 'exacta'), ('02002', '1', 'dudosa'),"
            " ('02002', '2', 'exacta')) as t (ente_codigo, unidad_codigo, estado)"
        )
        yield con


def test_findings_name_files(con):
    """The first of a rule by path and line; zero findings are a number too."""
    said = of_findings(con)
    assert _rows(said["por_regla"]) == [("error", "r1", 2, "inbox://t4.txt", 4), ("informacion", "r2", 1, None, None)]
    assert (said["hallazgos_error"], said["hallazgos_advertencia"], said["hallazgos_informacion"]) == (2, 0, 1)


def test_states_by_unit(con):
    """How much of each unit is in doubt."""
    said = of_states(con)
    assert _rows(said["estados_por_unidad"]) == [("02002", "1", 1, 1), ("02002", "2", 0, 1)]
    assert [column.name for column in said["estados_por_unidad"].schema.columns][2:] == ["dudosa", "exacta"]
    assert (said["filas_dudosas"], said["filas_seguras"]) == (1, 2)
