"""Which of its municipality's plans a page is under, on made-up forms of Tijuana."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.tmm_f004.catalogs import Plan
from dagster_project.tmm_f004.model import Estado, Form
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, MadeUpForm, page

TWO_WITH_EJE = (Plan("pmd_2021", "2021-T4", "2023-T3", True), Plan("pmd_2023", "2023-T4", None, True))


def form_of(date: str = "FECHA: JULIO-SEPTIEMBRE 2023", quarter: int = 3, eje: bool = True) -> list[str]:
    made = MadeUpForm(date=(date,))
    if not eje:
        made = replace(made, fields=made.fields[:6] + made.fields[7:], labels=made.labels[:6] + made.labels[7:])
    return page(made, quarter=quarter)


def settle(lines: list[str], *plans: Plan) -> Form:
    (form,) = settle_extract(lines, replace(CATALOGS, planes={"02004": plans} if plans else {})).formatos
    return form


@pytest.mark.parametrize("eje", [True, False], ids=["with-eje", "without"])
@pytest.mark.parametrize("plans", [(), (Plan("viejo", None, "2022-T4", True),)], ids=["none", "none-in-force"])
def test_a_page_of_no_catalogued_plan_is_in_doubt_about_its_plan_alone(plans: tuple[Plan, ...], eje: bool) -> None:
    """Unit, quarter, programme and figures stay as they are; no plan is made up, and none of another's is taken."""
    form = settle(form_of(eje=eje), *plans)
    assert (form.plan.valor, form.plan.estado, form.plan.regla) == (None, Estado.DUDOSA, "plan_sin_catalogo")
    assert (form.unidad.valor, form.corte, form.programa.valor) == ("31101", "2023-T3", "311")
    assert form.is_placed


@pytest.mark.parametrize(
    ("date", "quarter", "plan"),
    [("JULIO-SEPTIEMBRE 2023", 3, "pmd_2021"), ("OCTUBRE-DICIEMBRE 2023", 4, "pmd_2023")],
)
def test_of_two_plans_that_print_eje_dates_decide(date: str, quarter: int, plan: str) -> None:
    form = settle(form_of(f"FECHA: {date}", quarter), *TWO_WITH_EJE)
    assert (form.plan.valor, form.plan.estado) == (plan, Estado.EXACTA)


def test_of_two_plans_in_force_the_form_decides_by_what_it_prints() -> None:
    """The dates of two plans may overlap while one takes over."""
    plans = (Plan("uno", "2021-T4", None, False), Plan("dos", "2023-T1", None, True))
    assert [settle(form_of(eje=eje), *plans).plan.valor for eje in (True, False)] == ["dos", "uno"]


def test_two_plans_in_force_that_print_alike_leave_the_page_in_doubt() -> None:
    plans = (Plan("uno", "2021-T4", None, True), Plan("dos", "2022-T1", None, True))
    found = settle(form_of(), *plans).plan
    assert found.estado is Estado.DUDOSA
    assert {found.valor, *(v for v, _ in found.alternativas)} == {"uno", "dos"}


def test_a_plan_of_which_it_is_not_known_whether_it_prints_eje_follows_its_dates() -> None:
    form = settle(form_of(), Plan("pmd", "2021-T4"))
    assert (form.plan.valor, form.plan.is_sure) == ("pmd", True)


def test_an_eje_that_the_plan_in_force_does_not_print_is_in_doubt() -> None:
    """It may be of a plan that the catalogue lacks, or its date may be misread."""
    form = settle(form_of(), Plan("pmd", "2021-T4", None, False))
    assert form.plan.estado is Estado.DUDOSA


def test_the_plans_of_another_municipality_are_nobody_elses() -> None:
    (form,) = settle_extract(form_of(), replace(CATALOGS, planes={"02002": CATALOGS.planes["02004"]})).formatos
    assert form.plan.valor is None
