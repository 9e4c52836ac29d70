"""What becomes of pages that do not simply count: in dispute, printed again, replaced, waiting, set aside."""

from __future__ import annotations

import pytest
from tests.support.dbt_built import Built

BEFORE = "2022/mexicali.txt"
MESSAGES = [
    ("pagina_apartada", "e1", 70, "Página 7 de 2022/mexicali.txt (1 renglón): no se sabe de qué municipio, unidad"),
    ("pagina_apartada", "e1", 90, "Página 9 de 2022/mexicali.txt (1 renglón): no se sabe de qué municipio, unidad"),
    ("pagina_repetida", "e2", 20, "Página 2 de 2022/otra_vez.txt (1 renglón): repite la de 2022/mexicali.txt, línea 10"),
    ("reporte_sustituido", "e2", 30, "Página 3 de 2022/otra_vez.txt (2 renglones): la de 2022/mexicali.txt, línea 30"),
    ("reporte_por_aprobar", "e3", 10, "Página 1 de inbox://nuevo.txt (1 renglón): trae otras cifras que la de 2022/mexic"),
    ("reporte_en_disputa", "e1", 80, "Página 8 de 2022/mexicali.txt (2 renglones): la de 2022/otra_vez.txt, línea 10"),
    ("reporte_en_disputa", "e2", 10, "Página 1 de 2022/otra_vez.txt (2 renglones): la de 2022/mexicali.txt, línea 80"),
]
OUTSIDE = "('e2', 20), ('e2', 30), ('e3', 10), ('e1', 60), ('e1', 70), ('e1', 90)"
"""Where the pages begin that do not count."""


@pytest.mark.parametrize(("regla", "extracto", "linea", "mensaje"), MESSAGES, ids=lambda v: str(v)[:20])
def test_a_finding_names_both_pages_by_file_and_line(
    built: Built, regla: str, extracto: str, linea: int, mensaje: str
) -> None:
    """The page itself and the one that it repeats, gives way to or disputes."""
    [(found,)] = built.rows(
        f"select mensaje from fct_hallazgo where regla = '{regla}' and extracto_id = '{extracto}' and linea = {linea}"
    )
    assert found.startswith(mensaje)


def test_there_is_no_other_finding_of_a_page_s_standing(built: Built) -> None:
    """Page 6 has no unit at all and no row; pages that simply count have none."""
    assert built.rows(
        "select regla, extracto_id, linea from fct_hallazgo where campo = 'situacion' order by all"
    ) == sorted([(r, e, line) for r, e, line, _ in MESSAGES] + [("pagina_apartada", "e1", 60)])


def test_a_row_in_dispute_counts_once_with_its_range(built: Built) -> None:
    """What both files say stands, what differs is null between the two."""
    found = built.rows(
        "select trimestre, programado, programado_min, programado_max, avance, avance_min, avance_max, extracto_id "
        "from fct_avance where unidad_codigo = '54102' and accion_numero = 200 order by 1"
    )
    assert found[1:] == [
        ("2022-T2", 10, None, None, 10, None, None, "e1"),
        ("2022-T3", 10, None, None, 10, None, None, "e1"),
        ("2022-T4", None, 20, 26, None, 5, 8, "e1"),
    ]
    assert built.rows(
        "select regla, accion_numero, extracto_id, linea from fct_hallazgo "
        "where accion_numero in (200, 201) and regla in ('reporte_en_disputa', 'renglon_repetido') order by all"
    ) == [("renglon_repetido", 201, "e2", 12), ("reporte_en_disputa", 200, "e2", 11)]


def test_a_report_of_several_files_is_one(built: Built) -> None:
    """Two pages with rows, two actions, and the place of the first of them."""
    assert built.rows(
        "select paginas, renglones, renglones_dudosos, extracto_id, linea from dim_corte where unidad_codigo = '54102'"
    ) == [(2, 2, 1, "e1", 80)]


def test_a_page_that_does_not_count_is_in_no_dimension_and_no_figure(built: Built) -> None:
    """Its rows are listed as they are printed, of no action; a guessed unit or year makes no member."""
    assert built.rows("select count(*) from dim_unidad where unidad_codigo = '54203' and origen = 'extracto'") == [(0,)]
    assert built.rows("select distinct unidad_codigo from dim_corte where ejercicio is not null order by 1") == [
        ("54101",), ("54102",), ("54204",), ("54999",)
    ]  # fmt: skip
    for table in ("fct_avance", "fct_avance_corte", "fct_meta", "fct_lectura", "dim_corte"):
        columns = {name for name, *_ in built.rows(f"describe {table}")}
        assert {"extracto_id", "linea"} <= columns, table
        assert built.rows(
            f"select extracto_id, linea from {table} where (extracto_id, linea // 10 * 10) in ({OUTSIDE})"
        ) == [], table
    assert built.rows(
        "select accion_descripcion from dim_accion where accion_descripcion in ('Pintar bardas', 'Organizar eventos')"
    ) == []


def test_every_printed_row_is_listed_with_what_its_page_is(built: Built) -> None:
    """Also those that do not count: by place, with unit and quarter as far as they are known."""
    assert built.rows(
        "select situacion, unidad_codigo, ejercicio, corte, estado, extracto_id, linea from fct_renglon "
        "where situacion not in ('vigente', 'en_disputa') order by extracto_id, linea"
    ) == [
        ("apartada", "54203", 2022, "2022-T4", None, "e1", 71),
        ("apartada", "54101", None, None, None, "e1", 91),
        ("copia", "54101", 2022, "2022-T1", None, "e2", 21),
        ("sustituida", "54204", 2022, "2022-T1", None, "e2", 31),
        ("sustituida", "54204", 2022, "2022-T1", None, "e2", 32),
        ("por_aprobar", "54999", 2022, "2022-T4", None, "e3", 11),
    ]
    unknown = "select accion_key from dim_accion where accion_id = '(desconocida)'"
    assert built.rows(
        "select count(*) from fct_renglon where (situacion in ('vigente', 'en_disputa')) "
        f"= (accion_key in ({unknown}))"
    ) == [(0,)]


def test_an_action_that_only_the_replaced_page_has_is_lost(built: Built) -> None:
    """607 is on it alone; what a copy, or a page that waits, holds is not."""
    assert built.rows(
        "select accion_numero, extracto_id, linea, unidad_codigo, corte from fct_hallazgo "
        "where regla = 'accion_perdida' and unidad_codigo = '54204'"
    ) == [(607, "e2", 32, "54204", "2022-T1")]
    assert built.rows("select count(*) from fct_hallazgo where regla = 'accion_perdida'") == [(1,)]


def test_every_page_is_listed_with_the_one_it_gives_way_to(built: Built) -> None:
    """What is in doubt of a page that does not count has no value; what it may be is among its alternatives."""
    assert built.rows(
        "select situacion, ruta || ':' || linea, cede_ante, unidad_codigo, estado_unidad, renglones from fct_pagina "
        "where situacion != 'vigente' order by all"
    ) == [
        ("apartada", f"{BEFORE}:60", None, None, "dudosa", 0),
        ("apartada", f"{BEFORE}:70", None, None, "dudosa", 1),
        ("apartada", f"{BEFORE}:90", None, "54101", "exacta", 1),
        ("copia", "2022/otra_vez.txt:20", f"{BEFORE}:10", "54101", "exacta", 1),
        ("en_disputa", f"{BEFORE}:80", "2022/otra_vez.txt:10", "54102", "exacta", 2),
        ("en_disputa", "2022/otra_vez.txt:10", f"{BEFORE}:80", "54102", "exacta", 2),
        ("por_aprobar", "inbox://nuevo.txt:10", f"{BEFORE}:50", "54999", "exacta", 1),
        ("sustituida", "2022/otra_vez.txt:30", f"{BEFORE}:30", "54204", "exacta", 2),
    ]
    assert built.rows("select count(*) from fct_pagina") == [(15,)]
