"""What the published marts say of the real extract, read by hand beside the printed forms."""

from __future__ import annotations

from decimal import Decimal

import pytest


@pytest.fixture(scope="module")
def marts(loaded):
    """A function that asks the version published by the first run."""
    return loaded[0].query


def test_actions_of_october_to_december(marts):
    """Thirty-five actions are reported at the year's end; thirty-three of them were in the first quarter too."""
    assert marts(
        "select count(*), count(*) filter (where cortes = 2 and primer_corte = '2022-T1') "
        "from marts.dim_accion where ultimo_corte = '2022-T4'"
    ) == [(35, 33)]


def test_linked_actions_are_the_same_ones(marts):
    """Every action keeps its number between the cuts, but for unit 54204, whose 600 to 608 became 500 to 508."""
    linked = marts("select unidad_codigo, accion_numeros from marts.dim_accion where cortes = 2 order by all")
    kept = {"54101": range(100, 104), "54102": range(200, 205), "54201": range(300, 308), "54202": range(400, 407)}
    expected = [(unit, f"2022-T1: {n}, 2022-T4: {n}") for unit, numbers in kept.items() for n in numbers]
    assert linked == expected + [("54204", f"2022-T1: {n + 100}, 2022-T4: {n}") for n in range(500, 509)]


def test_actions_that_are_new_or_gone(marts):
    """Two actions begin in the last quarter; none of the first quarter is left behind."""
    assert marts(
        "select unidad_codigo, accion_numero, primer_corte, ultimo_corte from marts.dim_accion "
        "where cortes = 1 order by all"
    ) == [("54102", 205, "2022-T4", "2022-T4"), ("54204", 509, "2022-T4", "2022-T4")]


@pytest.mark.parametrize(
    ("unit", "number", "cut", "helper", "figures"),
    [
        ("54201", 305, "2022-T4", "2022-T1", [(None, None), (145, 159), (155, 155), (0, 30)]),
        ("54204", 505, "2022-T4", "2022-T1", [(None, None), (118, 142), (119, 122), (126, 138)]),
        ("54102", 203, "2022-T1", "2022-T4", [(0, 0), (0, None), (0, None), (1, None)]),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_rows_that_only_the_other_report_settles(marts, unit, number, cut, helper, figures):
    """They are settled, and say which report's evidence did it."""
    row = f"unidad_codigo = '{unit}' and accion_numero = {number} and corte = '{cut}'"
    found = marts(f"select programado, avance, estado from marts.fct_avance_corte where {row} order by trimestre")
    assert [(p, a) for p, a, _ in found] == figures
    assert "dudosa" not in {estado for _, _, estado in found}
    helpers = marts(
        f"select distinct coalesce(programado_corroborado_por, avance_corroborado_por) from marts.fct_avance_corte "
        f"where {row} and coalesce(programado_corroborado_por, avance_corroborado_por) is not null"
    )
    assert helpers == [(helper,)]


def test_rows_that_stay_in_doubt(marts):
    """Six rows are not decided by any report; a doubtful figure is NULL, with its range where it prints any."""
    assert marts(
        "select distinct unidad_codigo, accion_numero_impreso, corte from marts.fct_avance_corte "
        "where estado = 'dudosa' order by all"
    ) == [
        ("54101", 103, "2022-T4"),
        ("54201", 306, "2022-T4"),
        ("54202", 400, "2022-T1"),
        ("54204", 500, "2022-T4"),
        ("54204", 509, "2022-T4"),
        ("54204", 600, "2022-T1"),
    ]
    for figure in ("programado", "avance"):
        assert marts(
            f"select count(*) from marts.fct_avance_corte where estado_{figure} = 'dudosa' "
            f"and ({figure} is not null or {figure}_max < {figure}_min)"
        ) == [(0,)]


def test_a_doubtful_row_says_between_what_each_figure_lies(marts):
    """54201/306: of its plan one figure is lost and two are in doubt; what was achieved closes as printed."""
    assert marts(
        "select trimestre, programado, programado_min, programado_max, avance, avance_min, avance_max "
        "from marts.fct_avance_corte where unidad_codigo = '54201' and accion_numero = 306 and corte = '2022-T4' "
        "and situacion_programado = 'dudoso' order by trimestre"
    ) == [
        ("2022-T2", None, Decimal(54), Decimal(56), Decimal(50), None, None),
        ("2022-T3", None, Decimal(46), Decimal(48), Decimal(48), None, None),
        ("2022-T4", None, Decimal(46), Decimal(48), Decimal(65), None, None),
    ]


def test_a_code_of_two_plans_is_two_members(marts):
    """2.3.1 means one thing in each plan."""
    assert marts(
        "select plan, linea_accion_nombre from marts.dim_linea_accion where linea_accion_codigo = '2.3.1' order by plan"
    ) == [
        ("con_eje", "SENSIBILIZACIÓN EN MATERIA DE GÉNERO Y DIVERSIDAD"),
        ("sin_eje", "APOYOS DE ORDEN SOCIAL"),
    ]


def test_the_plan_of_each_page(loaded):
    """Eleven pages: those of the first quarter under the plan without axes, the others under the one with them."""
    with_connection = loaded[0].warehouse("select corte, plan from raw.formatos order by formato")
    quarters = ["T1", "T4"] * 4 + ["T1", "T1", "T4"]
    plans = {"T1": "sin_eje", "T4": "con_eje"}
    assert with_connection == [(f"2022-{q}", plans[q]) for q in quarters]


def test_the_two_accumulations(marts):
    """54101/100: 350 of 320 under the plan in force, 478 of 446 in the year."""
    assert marts(
        "select corte, acumulado_plan_al_corte_pct, acumulado_ejercicio_al_corte_pct from marts.fct_meta "
        "where unidad_codigo = '54101' and accion_numero = 100 order by corte"
    ) == [("2022-T1", 29, 29), ("2022-T4", 109, 107)]


REPROGRAMMED = {
    ("54201", 300): {"T2": (47520, 61264), "T3": (52515, 52512), "T4": (46680, 50324)},
    ("54201", 303): {"T2": (24, 30), "T3": (24, 30), "T4": (16, 20)},
    ("54201", 304): {"T2": (45, 60), "T3": (45, 50), "T4": (20, 0)},
    ("54201", 307): {"T2": (20, 0), "T3": (0, 10), "T4": (0, 10)},
    ("54202", 405): {"T3": (0, 1), "T4": (1, 0)},
}


def test_what_was_reprogrammed(marts):
    """Exactly the plans known to have moved between the two reports, before and after; no achievement was restated."""
    found = marts(
        "select unidad_codigo, accion_numero, trimestre, antes, despues from marts.fct_reprogramacion "
        "where medida = 'programado' and corte_anterior = '2022-T1' and corte = '2022-T4' order by all"
    )
    assert found == [
        (*action, f"2022-{quarter}", before, after)
        for action, moved in REPROGRAMMED.items()
        for quarter, (before, after) in moved.items()
    ]
    assert marts("select count(*) from marts.fct_reprogramacion") == [(len(found),)]


def test_what_each_report_stated(marts):
    """54201/300: the first report's plan, the last one's plan and achievements, T1 outside of it."""
    assert marts(
        "select corte, trimestre, programado, avance, situacion_programado, situacion_avance "
        "from marts.fct_avance_corte "
        "where unidad_codigo = '54201' and accion_numero = 300 order by corte, trimestre"
    ) == [
        ("2022-T1", "2022-T1", 52515, 82065, "informado", "informado"),
        ("2022-T1", "2022-T2", 47520, None, "informado", "futuro"),
        ("2022-T1", "2022-T3", 52515, None, "informado", "futuro"),
        ("2022-T1", "2022-T4", 46680, None, "informado", "futuro"),
        ("2022-T4", "2022-T1", None, None, "fuera_de_plan", "fuera_de_plan"),
        ("2022-T4", "2022-T2", 61264, 70741, "informado", "informado"),
        ("2022-T4", "2022-T3", 52512, 88586, "informado", "informado"),
        ("2022-T4", "2022-T4", 50324, 77946, "informado", "informado"),
    ]
