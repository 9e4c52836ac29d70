"""The star on the real extract: people, names and the wide table, read by hand beside the printed forms."""

from __future__ import annotations

from decimal import Decimal

import pytest


@pytest.fixture(scope="module")
def marts(loaded):
    """A function that asks the version published by the first run."""
    return loaded[0].query


def test_one_person_is_one_member_with_the_spellings(marts) -> None:
    """Yolanda Lozano Páez signs for the ramo in the first quarter, misread three ways; nobody else is she."""
    assert marts(
        "select responsable_nombre, escrituras from marts.dim_responsable where escrituras like '%LOZANO%'"
    ) == [
        (
            "YOLANDA LOZANO PAEZ",
            "C. YOLANDA LOZANO PÁEZ | OLGANDA LOZANO PAEZ | YOANDA LOZANO PAEZ | YOLANDA LOZANO PAEZ",
        )
    ]


def test_who_signed_for_the_ramo(marts) -> None:
    """One person a quarter, but for the page whose signatures are not legible."""
    assert marts(
        "select corte, responsable_nombre, count(*) from marts.bridge_corte_responsable "
        "join marts.dim_responsable using (responsable_key) where cargo = 'ramo' group by all order by all"
    ) == [("2022-T1", "YOLANDA LOZANO PAEZ", 4), ("2022-T4", "JUAN GABRIEL HARO BELTRÁN", 5)]


def test_ejes_are_named_by_most_of_their_printings(marts) -> None:
    """One header calls the third eje by the second's name; three do not."""
    assert marts(
        "select eje_codigo, eje_nombre from marts.dim_eje where plan = 'con_eje' and veces_impreso > 0 order by 1"
    ) == [("2", "BIENESTAR PARA TODOS"), ("3", "MEXICALI CRECE"), ("4", "GOBERNAR PARA SERVIR")]


def test_actions_of_an_eje_are_two_joins_away(marts) -> None:
    """Every one of the 35 actions of the year's end is counted once over its ejes."""
    [(actions,)] = marts(
        "select sum(ponderador) from marts.fct_avance join marts.bridge_accion_linea using (meta_key) "
        "join marts.dim_eje using (eje_key) where trimestre = '2022-T4'"
    )
    assert actions == 35


def test_the_wide_table_says_what_the_fact_says(marts) -> None:
    """54204/505 in the last quarter, with its unit, measure, línea and what is said of it."""
    [row] = marts(
        "select unidad_nombre, unidad_medida_nombre, linea_accion_codigos, meta, programado, avance, semaforo_plan, "
        "left(observaciones, 10) from marts.bi_avance "
        "where unidad_codigo = '54204' and accion_numero = 505 and trimestre = '2022-T4'"
    )
    assert row == (
        "Departamento de Centros de Desarrollo Humano Integral", "Evento", "2.6.6",
        Decimal(363), Decimal(126), Decimal(138), "morado", "Se abogaro",
    )  # fmt: skip
