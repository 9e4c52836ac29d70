"""Which units and programmes are proposed, by what their pages print."""

from __future__ import annotations

import pytest

from dagster_project.proposals.units import propose_programmes, propose_units
from tests.support.seen_pages import seeds_of, seen

KNOWN = {
    "ente_codigo": "02004",
    "unidad_codigo": "31105",
    "unidad_nombre": "Coordinación de Bibliotecas",
    "programa_codigo": "311",
}


def test_a_code_of_letters_and_digits_is_shown_and_never_written():
    """OM-01 OFICIALÍA MAYOR is printed as a name to who does not know the unit; Dirección 2 is one."""
    names = ("OM-01 OFICIALÍA MAYOR", "ZONA 2")
    pages = [seen(unit=(None, name), settled="", open_facts=("unidad",)) for name in names]
    (line,) = propose_units(pages, seeds_of())
    assert line.line() == "02004,OM-01,Oficialía Mayor,31,311,2024-01-01,"
    assert line.doubt


def test_a_unit_of_one_whole_page_is_a_line_in_the_columns_of_the_file():
    """In a municipality's first quarter every unit has one page."""
    (line,) = propose_units([seen()], seeds_of())
    assert line.line() == "02004,31101,Coordinación de Bibliotecas,31,311,2024-01-01,"
    assert line.doubt is None
    assert line.evidence == '1 page, 2024-T1, first 2024-T1/31101.txt:1; prints "COORDINACIÓN DE BIBLIOTECAS"'


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"damaged": True}, id="table"),
        pytest.param({"unit": ("31101", None)}, id="no-name"),
        pytest.param({"unit": ("37101", "COORDINACIÓN DE BIBLIOTECAS"), "settled": "31101"}, id="another-code"),
        pytest.param({"ramo": "37"}, id="ramo-of-another"),
        pytest.param({"programme": ("377", "FOMENTO")}, id="programme-of-another"),
        pytest.param({"open_facts": ("trimestre",)}, id="quarter-open"),
    ],
)
def test_a_unit_of_one_damaged_page_is_in_doubt(damage):
    """Its code may be a misreading: it is shown, and not written."""
    (line,) = propose_units([seen(**damage)], seeds_of())
    assert line.doubt


@pytest.mark.parametrize(("quarters", "doubt"), [(3, True), (2, False)])
def test_a_rare_code_one_digit_from_a_proposed_unit_of_its_name_is_in_doubt(quarters, doubt):
    """It is that one misread; two directions that each have their Dirección report as often as each other."""
    pages = [seen(f"2024-T{q}") for q in range(1, quarters + 1)]
    lines = propose_units([*pages, seen("2024-T1", unit=("31107", "COORDINACIÓN DE BIBLIOTECAS"))], seeds_of())
    assert [bool(line.doubt) for line in lines] == [False, doubt]


@pytest.mark.parametrize(("name", "doubt"), [("FOMENTO A LA LECTURA", True), ("CIENCIA", False)])
def test_a_rarer_programme_one_digit_from_another_of_its_name_is_in_doubt(name, doubt):
    """811 Fomento a la Lectura on one page of three is 311."""
    pages = [seen("2024-T1"), seen("2024-T2"), seen("2024-T3", programme=("811", name))]
    first, other = propose_programmes(pages, seeds_of())
    assert (first.doubt, bool(other.doubt)) == (None, doubt)


def test_damaged_pages_of_two_quarters_bear_each_other_out():
    """The same misreading twice is rare."""
    pages = [seen("2024-T1", damaged=True), seen("2024-T2", damaged=True)]
    (line,) = propose_units(pages, seeds_of())
    assert line.doubt is None
    assert line.evidence.startswith("2 pages, 2024-T1 to 2024-T2")


def test_a_code_one_digit_from_a_catalogued_unit_of_its_name_is_in_doubt():
    """It is that unit, misread, more likely than another."""
    (line,) = propose_units([seen()], seeds_of(unidades=[KNOWN]))
    assert line.doubt == "may be 31105 misread, which has its name"


def test_a_catalogued_unit_is_not_proposed_again():
    """Nor one whose printed code was settled to a catalogued one."""
    pages = [seen(settled="31105"), seen(unit=("31105", "X"))]
    assert list(propose_units(pages, seeds_of(unidades=[KNOWN]))) == []


def test_the_same_code_in_another_municipality_is_another_unit():
    """A unit is (ente, código)."""
    others = [KNOWN | {"unidad_codigo": "31101", "ente_codigo": "02002"}]
    assert [line.ente for line in propose_units([seen()], seeds_of(unidades=others))] == ["02004"]


def test_a_unit_is_in_force_from_the_first_year_seen():
    """A line is of whole years, as programmes are."""
    (line,) = propose_units([seen("2025-T1"), seen("2024-T3")], seeds_of())
    assert line.values["vigente_desde"] == "2024-01-01"


def test_programmes_are_proposed_by_municipality():
    """A programme that another municipality has under the same code does not stand for this one's."""
    other = {"ente_codigo": "02002", "programa_codigo": "311", "programa_nombre": "Otro"}
    (line,) = propose_programmes([seen()], seeds_of(programas=[other]))
    assert line.line() == "02004,311,Fomento a la Lectura"
    assert line.doubt is None


def test_pages_of_nobody_settled_propose_nothing_for_whom_they_may_be():
    """Their likeliest municipality is a guess, however many quarters repeat it."""
    pages = [seen(cut, open_facts=("ente",)) for cut in ("2024-T1", "2024-T2")]
    assert list(propose_units(pages, seeds_of())) == []
    assert list(propose_programmes(pages, seeds_of())) == []
