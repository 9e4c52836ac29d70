"""What the published marts once said that was not so, read by hand beside the printed forms."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def marts(loaded):
    """A function that asks the version published by the first run."""
    return loaded[0].query


def action(unit: str, number: int, quarter: str | None = None) -> str:
    """The condition that picks an action, of one quarter or of all."""
    of_quarter = f" and trimestre = '{quarter}'" if quarter else ""
    return f"unidad_codigo = '{unit}' and accion_numero = {number}{of_quarter}"


def test_a_plan_that_was_replaced_settles_nothing_of_the_new_one(marts) -> None:
    """54201/306: meta 150, P 56, 48, (lost), A 163, 109 %: one figure is lost, and no reading proves the others; the
    goal, the total and the percentage prove one another, so the plan of the year is known.

    The first report's 48 and 40 are of the plan before: they stand for nothing of the new one.
    """
    assert marts(
        "select trimestre, programado, programado_min, programado_max, corte_programado, programado_acumulado, "
        f"cumplimiento_acumulado_pct, semaforo_plan from marts.fct_avance where {action('54201', 306)} order by 1"
    ) == [
        ("2022-T1", 40, None, None, "2022-T1", 40, 133, "morado"),
        ("2022-T2", None, 54, 56, "2022-T4", None, None, "dudoso"),
        ("2022-T3", None, 46, 48, "2022-T4", None, None, "dudoso"),
        ("2022-T4", None, 46, 48, "2022-T4", 150, 109, "verde"),
    ]


def test_no_figure_comes_from_a_plan_that_a_later_report_replaced(marts) -> None:
    """Of every action and quarter, no cut after the chosen one states the quarter under another plan."""
    for figure, cut in (("programado", "corte_programado"), ("avance", "corte")):
        later = (
            "select * from marts.fct_avance f join marts.fct_avance_corte c using (accion_key, trimestre) "
            f"join marts.fct_avance_corte d using (accion_key, trimestre) where d.corte = f.{cut} "
            f"and c.corte > d.corte and c.plan <> d.plan and c.situacion_{figure} not in ('futuro', 'fuera_de_plan')"
        )
        assert marts(later) == []


def test_what_is_planned_for_the_year_is_the_goal(marts) -> None:
    """At the last quarter, of the 32 actions whose goal and plan are both known; the others stay in doubt."""
    assert marts(
        "select count(*), count(*) filter (where f.programado_acumulado = m.meta) from marts.fct_avance f "
        "join marts.fct_meta m on f.accion_key = m.accion_key and m.corte = '2022-T4' "
        "where f.trimestre = '2022-T4' and f.programado_acumulado is not null and m.meta is not null"
    ) == [(32, 32)]


def test_a_goal_in_doubt_has_a_range_and_no_value(marts) -> None:
    """Five rows print a goal that no reading proves; it is kept as printed, and as its range."""
    assert marts(
        "select unidad_codigo, accion_numero, meta, meta_min, meta_max, meta_impresa, absoluto, absoluto_min, "
        "absoluto_max, relativo_pct, relativo_min_pct, relativo_max_pct from marts.fct_meta "
        "where estado_meta = 'dudosa' and estado_absoluto = 'dudosa' order by 1, 2"
    ) == [
        ("54101", 103, None, 20, 20, "20", None, 20, 20, None, 100, 100),
        ("54202", 400, None, 0, 1, "1", None, 0, 0, None, 0, 0),
        ("54204", 500, None, 34086, 34086, "34,086", None, 26400, 26400, None, 77, 77),
        ("54204", 509, None, 6, 6, "6", None, 6, 6, None, 100, 100),
    ]


def test_a_name_is_that_of_the_clean_page(marts) -> None:
    """Page 9 lost the numbers and texts of all its rows, and misread its header; CIUDADANO stands in no other name."""
    names = marts("select plan, linea_accion_codigo, linea_accion_nombre from marts.dim_linea_accion")
    by_code = {(plan, code): name for plan, code, name in names}
    assert {key: by_code[key] for key in CLEAN} == CLEAN


CLEAN = {
    ("sin_eje", "2.2.2"): "FORMACIÓN EN VALORES (P.C.S)",
    ("sin_eje", "2.2.4"): "FOMENTO A LA CULTURA DE LA BUENA NUTRICIÓN",
    ("sin_eje", "2.2.5"): "DESARROLLO DE LA CULTURA EMPRENDEDORA EN LA COMUNIDAD",
    ("sin_eje", "2.13.8"): "ACTIVACIÓN FÍSICA, RECREATIVA Y DEPORTIVA ACCESIBLE, EQUITATIVA E INCLUYENTE",
    ("sin_eje", "5.1.1"): "PROGRAMAS FORMATIVOS Y DE SENSIBILIZACIÓN (P.E.S)",
    ("con_eje", "2.4.1"): "INFRAESTRUCTURA PARA EL DESARROLLO HUMANO Y EL CUIDADO",
}


def test_a_number_does_not_change_within_the_year(marts) -> None:
    """54204's actions are printed as 600 to 608 first and 500 to 508 last: one number finds all four quarters."""
    assert marts(
        f"select trimestre, avance, accion_numero_impreso from marts.fct_avance where {action('54204', 505)} order by 1"
    ) == [("2022-T1", 44, 605), ("2022-T2", 142, 505), ("2022-T3", 122, 505), ("2022-T4", 138, 505)]
    for table in ("fct_avance_corte", "fct_meta", "fct_renglon", "bridge_accion_linea"):
        assert marts(
            f"select count(distinct accion_numero), count(distinct accion_numero_impreso) from marts.{table} "
            "where unidad_codigo = '54204' and accion_numero_impreso in (505, 605)"
        ) == [(1, 2)]


def test_what_was_known_then_is_not_what_is_known_now(marts) -> None:
    """54201/300 had reached 41 % of what its year was planned to be in March; of what it came to be, 38 %."""
    assert marts(f"select acumulado_ejercicio_pct from marts.fct_avance where {action('54201', 300, '2022-T1')}") == [
        (38,)
    ]
    assert marts(
        f"select acumulado_ejercicio_al_corte_pct from marts.fct_meta where {action('54201', 300)} order by corte"
    ) == [(41,), (147,)]


def test_goals_are_not_counted_with_their_actions(marts) -> None:
    """Thirty actions and five goals at the year's end, each once over its líneas, exactly."""
    assert marts(
        "select accion_tipo, sum(ponderador) from marts.fct_avance a join marts.bridge_accion_linea using (meta_key) "
        "join marts.dim_accion d on a.accion_key = d.accion_key where trimestre = '2022-T4' group by 1 order by 1"
    ) == [("accion", 30), ("meta", 5)]
    assert marts(
        "select count(*), count(*) filter (where peso = 1) from "
        "(select sum(ponderador) as peso from marts.bridge_accion_linea group by accion_key, corte)"
    ) == [(68, 68)]
    assert marts("select sum(ponderador) from marts.bridge_accion_linea where es_vigente") == [(35,)]


def test_no_report_has_more_rows_than_what_it_counts(marts) -> None:
    """A summary that is larger than the fact sums up nothing: that of líneas was, 295 rows for 140, and is gone."""
    reports = [name for (name,) in marts("select table_name from duckdb_tables() where table_name like 'rpt_%'")]
    [(facts,)] = marts("select count(*) from marts.fct_avance")
    assert reports
    assert [r for r in reports if marts(f"select count(*) from marts.{r}") >= [(facts,)]] == []


LIGHTS = {
    ("54201", 307): (115, "morado", 46, "rojo"),
    ("54102", 204): (100, "verde", 125, "morado"),
    ("54201", 304): (18, "rojo", 65, "naranja"),
    ("54101", 100): (109, "verde", 107, "verde"),
}


@pytest.mark.parametrize(("unit", "number"), LIGHTS)
def test_the_year_is_lit_beside_the_plan(marts, unit: str, number: int) -> None:
    """54201/307 planned 30 in the first quarter and did none; then its plan began again."""
    assert marts(
        "select cumplimiento_acumulado_pct, semaforo_plan, cumplimiento_ejercicio_pct, semaforo_ejercicio "
        f"from marts.fct_avance where {action(unit, number, '2022-T4')}"
    ) == [LIGHTS[unit, number]]


def test_a_default_that_a_new_plan_hides_is_a_finding(marts) -> None:
    """One action: green or better in the plan, under it in the year."""
    assert marts(
        "select severidad, unidad_codigo, accion_numero, corte, observado, esperado, mensaje from marts.fct_hallazgo "
        "where regla = 'rezago_borrado_por_replaneacion'"
    ) == [
        (
            "advertencia", "54201", 307, "2022-T4", "23", "50",
            "Desde que el plan volvió a empezar lleva 23 de 20 (115 %); en el año, 23 de 50 (46 %)",
        )
    ]  # fmt: skip


def test_a_percentage_that_rests_on_a_range_has_its_worst_and_its_best_case(marts) -> None:
    """54201/306: 48 of 46 to 48; the year 151 of 140 to 144. 54204/509 may have done nothing less than half of it."""
    cases = "cumplimiento_min_pct, cumplimiento_max_pct, cumplimiento_ejercicio_min_pct, cumplimiento_ejercicio_max_pct"
    sql = f"select cumplimiento_pct, {cases} from marts.fct_avance where "
    assert marts(sql + action("54201", 306, "2022-T3")) == [(None, 100, 104, 105, 108)]
    assert marts(sql + action("54204", 509, "2022-T2")) == [(None, 50, 200, 50, 200)]
    assert marts(sql + action("54201", 306, "2022-T2")) == [(None, 89, 93, 107, 110)]


def test_observations_are_published_as_printed(marts) -> None:
    """Twenty-nine of sixty-eight rows explain themselves; a deviation with and without words can be asked for."""
    assert marts("select count(*), count(observaciones), max(length(observaciones)) from marts.fct_meta") == [
        (68, 29, 609)
    ]
    [(said,)] = marts(f"select observaciones from marts.fct_meta where {action('54201', 304)} and corte = '2022-T4'")
    assert said.startswith("No se supera la acción debido a que en el primer trimestre se concentró")


def test_the_portal_is_told_the_quarter_and_the_goals_of_the_year(marts) -> None:
    """54101/100 did 22 in its last quarter and 478 of the 446 of its year."""
    assert marts(
        "select periodo_inicio_fecha, periodo_fin_fecha, metas_programadas, metas_ajustadas, avance_metas, "
        f"avance_acumulado_ejercicio from marts.exp_pnt_indicadores where {action('54101', 100)} order by corte"
    ) == [
        ("01/01/2022", "31/03/2022", 446, None, 128, 128),
        ("01/10/2022", "31/12/2022", 446, None, 22, 478),
    ]


def test_a_goal_is_adjusted_where_it_moved_beyond_the_change_of_plan(marts) -> None:
    """Three of sixty-eight: 17385 more than 199230, 16 more than 84, 14 more than 176."""
    assert marts(
        "select accion_numero, corte, metas_programadas, metas_ajustadas from marts.exp_pnt_indicadores "
        "where metas_ajustadas is not null order by 1"
    ) == [(300, "2022-T4", 199230, 216615), (303, "2022-T4", 84, 100), (306, "2022-T4", 176, 190)]


def test_the_portal_is_told_why_a_column_is_blank(marts) -> None:
    """Every row says what nobody declared; a figure in doubt, between what it lies."""
    assert marts("select count(*) from marts.exp_pnt_indicadores where nota not like '%línea base%'") == [(0,)]
    [(note,)] = marts(f"select nota from marts.exp_pnt_indicadores where {action('54204', 500)} and corte = '2022-T1'")
    assert "Metas programadas en revisión: entre 41554 y 41555" in note


PNT = (
    "ejercicio", "periodo_inicio_fecha", "periodo_fin_fecha", "programa_nombre", "objetivo_institucional",
    "indicador_nombre", "dimension", "indicador_definicion", "metodo_calculo", "unidad_medida", "frecuencia_medicion",
    "linea_base", "metas_programadas", "metas_ajustadas", "avance_metas", "sentido_indicador", "fuente_informacion",
    "area_responsable", "actualizacion_fecha", "nota",
)  # fmt: skip


def test_the_portal_s_columns_stand_in_its_order(marts) -> None:
    """The columns of the format first; what leads back to the row after them."""
    assert tuple(name for name, *_ in marts("describe marts.exp_pnt_indicadores"))[: len(PNT)] == PNT


def test_the_text_of_an_indicator_is_that_of_its_report(marts) -> None:
    """54201/300 said «Realizar» in March and «Incrementar» in December."""
    assert marts(
        f"select left(indicador_nombre, 10) from marts.exp_pnt_indicadores where {action('54201', 300)} order by corte"
    ) == [("Realizar l",), ("Incrementa",)]
