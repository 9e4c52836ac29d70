"""What the queries of the pages count, on tables made by hand of the columns that they ask for."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from dagster_project.site import facts
from dagster_project.site.streams import rows

MARTS = """
create schema marts;
create table marts.dim_unidad as from (values ('02002', 'Mexicali')) as t (ente_codigo, ente_nombre);
create table marts.dim_linea_accion as from (values
    ('k1', '02002', 'Plan', '1.1.1', 'SERVIDA', 'EJE'), ('k2', '02002', 'Plan', '1.1.2', 'DE UNA META', 'EJE'),
    ('k3', '02002', 'Plan', '1.1.3', 'QUIEN SABE', 'EJE')
) as t (linea_accion_key, ente_codigo, plan_nombre, linea_accion_codigo, linea_accion_nombre, eje_nombre);
create table marts.bridge_accion_linea as from (values
    ('k1', 'a1', '2022-T2'), ('k1', 'a1', '2022-T3'), ('k1', 'a1', '2022-T4'), ('k1', 'a2', '2022-T4'),
    ('k1', 'm', '2022-T4'), ('k2', 'm', '2022-T4')
) as t (linea_accion_key, accion_key, corte);
create table marts.dim_accion as from (values ('a1', 'accion'), ('a2', 'accion'), ('m', 'meta'))
    as t (accion_key, accion_tipo);
create table marts.bridge_unidad_linea as from (values
    ('k1', '54101', 2, 0), ('k2', '54101', 0, 0), ('k3', '54101', 0, 0), ('k3', '54102', 0, 4)
) as t (linea_accion_key, unidad_codigo, acciones, acciones_sin_linea);
create table marts.bi_avance as from (values
    ('f1', '02002', 2022, '54101', 'Mexicali', 'Antes', 'Ramo', '2022-T1', 'accion'),
    ('f2', '02002', 2022, '54101', 'Mexicali', 'Después', 'Ramo', '2022-T4', 'accion')
) as t (avance_key, ente_codigo, ejercicio, unidad_codigo, ente_nombre, unidad_nombre, ramo_nombre, corte, accion_tipo);
create table marts.fct_pagina as from (values
    ('a.txt', 1, 1, 40, 4, null, '[["54101", 0.6], ["54102", 0.3]]', 2022, '[]', null, '[]', 'apartada')
) as t (
    ruta, formato, linea, linea_fin, renglones, unidad_codigo, alternativas_unidad, ejercicio, alternativas_ejercicio,
    trimestre_numero, alternativas_trimestre, situacion
);
create table marts.fct_avance as from (values ('f1', 'a1'), ('f2', 'a2')) as t (avance_key, accion_key);
"""


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(MARTS)
        yield made


def test_an_action_serves_a_line_once_in_however_many_reports(con) -> None:
    """Goals serve none, and of a line whose unit has codes that nobody can read nobody knows."""
    found = {row["linea_accion_codigo"]: row for row in rows(con, facts.LINES)}
    said = {code: (row["unidades"], row["acciones"], row["es_desatendida"]) for code, row in found.items()}
    assert said == {"1.1.1": (1, 2, False), "1.1.2": (1, 0, True), "1.1.3": (2, 0, False)}


def test_a_unit_is_called_as_its_last_report_calls_it(con) -> None:
    """An action that it has no more bears the name of before."""
    [unit] = rows(con, facts.UNITS)
    assert (unit["unidad_nombre"], unit["corte"], unit["acciones"]) == ("Después", "2022-T4", 2)


def test_a_page_set_aside_names_what_it_may_be(con) -> None:
    """What is settled of it, of what is not the alternatives, and nothing where there are none."""
    [page] = rows(con, facts.ASIDE)
    assert (page["unidad_codigo"], page["ejercicio"], page["trimestre_numero"]) == ("54101 o 54102", "2022", None)
