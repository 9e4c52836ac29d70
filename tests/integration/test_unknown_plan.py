"""Reports of a municipality whose plans no catalogue has: a new plan that leaves a quarter blank says nothing of it.

Not here: how a page's plan is settled (``tests/unit/tmm_f004``).
"""

from __future__ import annotations

import pytest

from dagster_project.settings import RAIZ
from tests.support.marts_home import Home

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
FIGURES = """
    select accion_numero, trimestre, programado, programado_min, programado_max, situacion_programado, avance,
        programado_acumulado, avance_acumulado, programado_acumulado_ejercicio, avance_acumulado_ejercicio,
        acumulado_plan_pct, acumulado_ejercicio_pct, semaforo_plan, semaforo_ejercicio
    from marts.fct_avance where ente_codigo = '{}' order by all
"""


def in_doubt() -> str:
    """A first quarter's page that prints EJE DE GOBIERNO, which the plan then in force does not."""
    text = "".join(EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)[99:138])
    assert text.count("LÍNEAS DE ACCIÓN\t") == 1
    with_eje = text.replace("LÍNEAS DE ACCIÓN\t", "EJE DE GOBIERNO\t4\tGOBERNAR PARA SERVIR\nLÍNEAS DE ACCIÓN\t")
    return f"XXIV AYUNTAMIENTO DE MEXICALI\nPROGRAMA OPERATIVO ANUAL 2022\n\n{with_eje}"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """Two reports of one unit between which the plan changed, and the same of a municipality without plans."""
    made = Home(tmp_path_factory.mktemp("plans") / "home")
    pages = "".join(EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)[4:98])
    made.load(conocido=pages, desconocido=pages.replace("MEXICALI", "TECATE"), en_duda=in_doubt())
    with pytest.MonkeyPatch.context() as patch:
        made.marts(patch)
    return made


def test_the_first_quarter_is_what_its_own_report_said(home) -> None:
    """The report of the last one leaves it blank: that is no 0."""
    [found] = home.query(
        "select plan, corte, programado, avance from marts.fct_avance "
        "where ente_codigo = '02003' and accion_numero = 100 and trimestre = '2022-T1'"
    )
    assert found == ("desconocido", "2022-T1", 126, 128)


def test_without_a_catalogue_of_plans_figures_are_the_same(home) -> None:
    """Sums of the plan and of the year too; what is not known of the plan is its name."""
    known = home.query(FIGURES.format("02002").replace("order", "and unidad_codigo = '54101' order"))
    assert len(known) == 16
    assert home.query(FIGURES.format("02003")) == known


def test_no_goal_is_said_to_have_moved(home) -> None:
    """It is the one before less what that had planned for the quarter left out."""
    assert home.query("select distinct ente_codigo from marts.fct_meta where rebase_diferencia != 0") == []


def test_a_plan_in_doubt_is_nowhere_said_for_sure(home) -> None:
    """Neither of the figures nor of the líneas, which are of no known plan then; the page has both plans."""
    asked = ("fct_avance", "fct_meta", "dim_corte", "bridge_accion_linea", "bridge_unidad_linea", "fct_pagina")
    said = [home.query(f"select distinct plan from marts.{table} where unidad_codigo = '54102'") for table in asked]
    assert said == [[("desconocido",)]] * 5 + [[(None,)]]
