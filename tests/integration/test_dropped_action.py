"""An action that the reports of a new plan list no more: what the old plan had planned for its quarters is void.

Not here: actions that a report of the same plan leaves out, which keep what was planned for them.
"""

from __future__ import annotations

import pytest

from dagster_project.settings import RAIZ
from tests.support.dbt_built import run_dbt
from tests.support.marts_home import Home

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
DROPPED, NEXT = "102.-", "103.-"
THE_ACTION = "accion_key = (select accion_key from marts.dim_accion where accion_numeros = '2022-T1: 102')"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """A unit whose plan changed after the first quarter: the last report lacks an action, whose number goes on."""
    made = Home(tmp_path_factory.mktemp("dropped") / "home")
    lines = EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)[4:98]
    first, last = lines[:43], [text for text in lines[43:] if DROPPED not in text]
    assert len(first) + len(last) == len(lines) - 1
    made.load(unidad="".join([*first, *(text.replace(NEXT, DROPPED) for text in last)]))
    with pytest.MonkeyPatch.context() as patch:
        made.marts(patch)
    return made


def test_what_a_new_plan_drops_is_planned_no_more(home) -> None:
    """The quarter before the new plan stands; of those after nothing is planned, and the year is what stands."""
    columns = "trimestre, programado, situacion_programado, avance, situacion_avance, semaforo_trimestre, semaforo_plan"
    found = home.query(f"select {columns} from marts.fct_avance where {THE_ACTION} order by all")
    out = (None, "fuera_de_plan", None, "fuera_de_plan", "fuera de plan", "fuera de plan")
    assert [row[:5] for row in found[:1]] == [("2022-T1", 76, "informado", 76, "informado")]
    assert found[1:] == [(f"2022-T{n}", *out) for n in (2, 3, 4)]
    year = "select programado_acumulado_ejercicio, avance_acumulado_ejercicio, acumulado_ejercicio_pct"
    assert home.query(f"{year} from marts.fct_avance where {THE_ACTION} and trimestre = '2022-T4'") == [(76, 76, 100)]


def test_what_each_report_stated_stands(home) -> None:
    """The report of the first quarter planned it for all four, and the year then known is the one of then."""
    stated = f"select sum(programado) from marts.fct_avance_corte where {THE_ACTION}"
    assert home.query(stated) == [(276,)]
    known = f"select acumulado_ejercicio_al_corte_pct from marts.fct_meta where {THE_ACTION}"
    assert home.query(known) == [(28,)]


def test_a_number_that_is_used_again_is_two_actions(home) -> None:
    """What tells them apart is their key: no fact of the one is the other's."""
    asked = "select count(*), count(distinct accion_key) from marts.fct_avance where accion_numero = 102"
    assert home.query(asked) == [(8, 2)]
    numbers = "select accion_key, accion_numeros from marts.dim_accion where accion_numero = 102 order by primer_corte"
    assert len(dict(home.query(numbers))) == 2


def test_the_tests_of_the_models_pass(home, tmp_path) -> None:
    """All that hold of any marts hold of these."""
    statuses = run_dbt(home.settings.warehouse, tmp_path / "target", ["test", "--exclude-resource-type", "unit_test"])
    assert {name: s for name, s in statuses.items() if s not in ("pass", "success")} == {}
