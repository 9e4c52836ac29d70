"""Which stretches of quarters are proposed as plans."""

from __future__ import annotations

import pytest

from dagster_project.proposals.plans import propose_plans
from tests.support.seen_pages import seeds_of, seen

FIRST = {
    "ente_codigo": "02004", "plan": "pmd", "desde_trimestre": "", "hasta_trimestre": "2024-T2", "imprime_eje": "false",
}  # fmt: skip
READING = (("2.1.1", "CULTURA EN LOS EJIDOS"), ("2.1.2", "LIBROS EN EL PUERTO"))
ART = (("2.1.1", "ARTE EN TU COLONIA"), ("2.1.2", "MÚSICA PARA TODOS"))


def dates(pages, seeds=None):
    """Each proposed plan as (id, first quarter, last quarter, prints EJE)."""
    columns = ("plan", "desde_trimestre", "hasta_trimestre", "imprime_eje")
    return [tuple(p.values[c] for c in columns) for p in propose_plans(pages, seeds or seeds_of())]


def test_a_plan_begins_where_the_header_begins_to_print_ejes():
    """The row EJE DE GOBIERNO is the form's own sign of another plan."""
    pages = [seen("2024-T3"), seen("2024-T4"), seen("2025-T1", eje=True)]
    assert dates(pages) == [("plan_2024", "2024-T1", "2024-T4", "false"), ("plan_2025", "2025-T1", "", "true")]


def test_a_plan_whose_rows_leave_the_first_quarter_out_begins_within_the_year():
    """It was begun after it (docs/form.md, fact 4)."""
    assert dates([seen("2024-T4", first_out=True)]) == [("plan_2024", "2024-T4", "", "false")]


def test_a_plan_begins_where_the_lines_have_other_names():
    """Two plans may both print EJE; the same codes then mean other things."""
    pages = [seen("2024-T1", eje=True, lines=READING), seen("2024-T2", eje=True, lines=ART)]
    assert dates(pages) == [("plan_2024", "2024-T1", "2024-T1", "true"), ("plan_2024_2", "2024-T2", "", "true")]


def test_a_misprinted_name_among_others_begins_no_plan():
    """Most of the codes must have changed their names."""
    pages = [seen("2024-T1", lines=READING), seen("2024-T2", lines=(READING[0], ("2.1.2", "REPOSICION")))]
    assert dates(pages) == [("plan_2024", "2024-T1", "", "false")]


def test_a_page_that_does_not_tell_begins_no_plan():
    """Of a headless page nothing follows."""
    assert dates([seen("2024-T1", eje=True), seen("2024-T2", eje=None)]) == [("plan_2024", "2024-T1", "", "true")]


def test_quarters_that_a_plan_of_the_municipality_covers_call_for_none():
    """Only what comes after its last quarter."""
    pages = [seen("2024-T1"), seen("2024-T3")]
    assert dates(pages, seeds_of(planes=[FIRST])) == [("plan_2024", "2024-T3", "", "false")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, {"eje": True}, id="sign"),
        pytest.param({"lines": READING}, {"lines": ART}, id="names"),
    ],
)
def test_the_next_plan_is_shown_though_the_present_one_is_open(before, after):
    """Written it would put two in force: the present one must be ended first, and the line says so."""
    seeds = seeds_of(planes=[FIRST | {"hasta_trimestre": ""}])
    pages = [seen("2024-T3", **before), seen("2024-T4", **before), seen("2025-T1", **after)]
    (line,) = propose_plans(pages, seeds)
    assert (line.values["plan"], line.values["desde_trimestre"]) == ("plan_2025", "2025-T1")
    assert line.doubt == "pmd is open and covers it: end that one with hasta_trimestre 2024-T4"


def test_quarters_of_an_open_plan_call_for_none():
    """Whatever a headless page or a misprinted name shows."""
    seeds = seeds_of(planes=[FIRST | {"hasta_trimestre": ""}])
    assert dates([seen("2024-T3", lines=READING), seen("2024-T4", eje=None), seen("2025-T1")], seeds) == []


def test_the_plan_of_another_municipality_covers_nothing():
    """None holds for everybody."""
    others = [FIRST | {"ente_codigo": "02002", "hasta_trimestre": ""}]
    assert dates([seen("2024-T1")], seeds_of(planes=others)) == [("plan_2024", "2024-T1", "", "false")]


def test_a_plan_ends_before_the_next_catalogued_one():
    """Two plans in force in one quarter would leave its pages in doubt."""
    later = [FIRST | {"desde_trimestre": "2024-T4", "hasta_trimestre": ""}]
    assert dates([seen("2024-T1")], seeds_of(planes=later)) == [("plan_2024", "2024-T1", "2024-T3", "false")]


def test_a_lone_page_of_a_far_year_is_no_plan():
    """Where three units report in a quarter, one page of 2028 is rather one of 2023; no other plan ends before it."""
    units = [(code, "COORDINACIÓN") for code in ("31101", "31102", "31103")]
    pages = [seen(cut, unit) for cut in ("2023-T1", "2023-T2") for unit in units]
    known, lone = propose_plans([*pages, seen("2028-T3", units[0], eje=True)], seeds_of())
    assert (known.values["hasta_trimestre"], known.doubt) == ("", None)
    assert lone.doubt
    (first,) = propose_plans([seen("2024-T1")], seeds_of())
    assert first.doubt is None


def test_pages_of_no_settled_quarter_call_for_no_plan():
    """Whose plan it would be is not known."""
    assert dates([seen("2024-T1", open_facts=("trimestre",)), seen(ente=None)]) == []
