"""Whose and of which year a page is that its file leaves open: what other pages say of it, and when nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dagster_project.tmm_f004.catalogs import Unit
from dagster_project.tmm_f004.model import Estado
from dagster_project.tmm_f004.page.header_fields import vocabulary_of
from dagster_project.tmm_f004.page.printed_page import parse
from dagster_project.tmm_f004.settle.open_pages import place_open
from dagster_project.tmm_f004.settle.pages import place_pages
from dagster_project.tmm_f004.settle.pool import PlacedPage
from tests.support.made_up_forms import CATALOGS, MadeUpForm, page
from tests.support.planned_forms import BARE, NO_YEAR, OTHERS, PLANS, Plans, of, planned


def placed(form: MadeUpForm, plans: Plans = PLANS, file: str = "a") -> PlacedPage:
    """The one page of a file."""
    printed, _ = parse(planned(form, plans), vocabulary_of(CATALOGS))
    (found,) = place_pages(file, printed, CATALOGS)
    return found


def test_a_page_of_its_own_file_alone_stays_open() -> None:
    """The supposed case of all the others: nothing is known of it."""
    alone = placed(BARE)
    assert not alone.ente.is_sure
    assert not alone.anio.is_sure
    assert place_open(alone, (), [], CATALOGS) == alone


def test_municipality_and_year_come_from_pages_with_the_same_actions_and_plans() -> None:
    """Both are repaired, by a rule of its own, and the unit is looked for in that municipality."""
    found = place_open(placed(BARE), (), [placed(of(2023), file="b")], CATALOGS)
    assert (found.ente.valor, found.ente.estado, found.ente.regla) == ("02004", Estado.REPARADA, "otros_archivos")
    assert (found.anio.valor, found.anio.estado, found.anio.regla) == ("2023", Estado.REPARADA, "otros_archivos")
    assert found.unidad.valor == "31101"


def test_the_municipality_comes_from_the_units_pages_elsewhere() -> None:
    """Of one municipality; where two have a unit of that code nothing is said."""
    assert place_open(placed(BARE), {"02004"}, [], CATALOGS).ente.valor == "02004"
    assert not place_open(placed(BARE), {"02004", "02001"}, [], CATALOGS).ente.is_sure


def test_the_unit_is_looked_for_in_the_municipality_that_was_found() -> None:
    """A code that is another municipality's unit tells nothing any more."""
    catalogs = replace(CATALOGS, unidades=(*CATALOGS.unidades, Unit("02001", "31102", "Taller de Imprenta", "311")))
    form = replace(BARE, fields=(*BARE.fields[:2], ("31102", "COORDINACION DE BIBLIOTECAS"), *BARE.fields[3:]))
    (before,) = place_pages("a", parse(page(form), vocabulary_of(catalogs))[0], catalogs)
    assert "31102" in {before.unidad.valor, *(v for v, _ in before.unidad.alternativas)}
    after = place_open(before, {"02004"}, [], catalogs)
    assert "31102" not in {after.unidad.valor, *(v for v, _ in after.unidad.alternativas)}


def test_a_title_that_names_another_municipality_is_not_overruled() -> None:
    """However many pages of another one have a unit of that code."""
    named = placed(replace(BARE, title=("AYUNTAMIENTO DE ENSENADA", "AVANCE FISICO PROGRAMATICO")))
    assert named.ente.valor == "02001"
    assert place_open(named, {"02004"}, [placed(of(2023), file="b")], CATALOGS).ente == named.ente


Pages = Callable[[], list[PlacedPage]]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param(lambda: [placed(of(2022), OTHERS, "b")], id="other-plans"),
        pytest.param(lambda: [placed(of(2022), PLANS, "b"), placed(of(2023), PLANS, "c")], id="two-years-agree"),
        pytest.param(lambda: [placed(of(2022), (*PLANS[:1], *OTHERS[1:]), "b")], id="one-plan-in-four"),
        pytest.param(lambda: [placed(of(2022), ((6, 6, 6, 6),) * 4, "b")], id="figures-of-many-years"),
    ],
)
def test_the_year_is_left_open(others: Pages) -> None:
    """Texts recur year after year: without the same plans, or with those of two years, they say nothing of the year."""
    still = place_open(placed(NO_YEAR), (), others(), CATALOGS)
    assert not still.anio.is_sure


def test_pages_of_other_plans_do_not_outvote_those_of_the_same() -> None:
    """Only those speak that state the same plans."""
    others = [placed(of(2022), OTHERS, "b"), placed(of(2021), OTHERS, "c"), placed(of(2023), PLANS, "d")]
    assert place_open(placed(NO_YEAR), (), others, CATALOGS).anio.valor == "2023"


@pytest.mark.parametrize("each", [6, 24, 300])
def test_a_plan_that_is_the_same_every_quarter_tells_no_year(each: int) -> None:
    """24 in every quarter, 96 of the year: so it may be planned year after year."""
    flat = ((each,) * 4,) * 4
    assert not place_open(placed(NO_YEAR, flat), (), [placed(of(2023), flat, "b")], CATALOGS).anio.is_sure


def test_a_year_that_is_printed_is_not_taken_from_others() -> None:
    """A page that says its year needs nobody."""
    sure = placed(of(2021))
    assert place_open(sure, {"02001"}, [placed(of(2023), file="b")], CATALOGS) == sure


def test_pages_of_another_municipality_say_nothing_of_the_year() -> None:
    """Two municipalities may word their actions alike."""
    other = placed(replace(of(2023), title=("AYUNTAMIENTO DE ENSENADA", "PROGRAMA OPERATIVO ANUAL 2023")), file="b")
    assert (other.ente.valor, other.ente.is_sure) == ("02001", True)
    assert not place_open(placed(NO_YEAR), (), [other], CATALOGS).anio.is_sure


def test_a_page_that_shares_a_stock_phrase_says_nothing_of_the_municipality() -> None:
    """One action in four is worded alike in every municipality."""
    duties = tuple(f"{duty} {k}" for k, duty in enumerate(("Vigilar el faro", "Curtir pieles", "Podar los olivos")))
    other = placed(replace(of(2023), duties=(MadeUpForm().duties[0], *duties)), file="b")
    assert other.ente.is_sure
    assert not place_open(placed(BARE), (), [other], CATALOGS).ente.is_sure


@pytest.mark.parametrize(
    ("unit", "speaks"), [(("33202", "JEFATURA DE ALUMBRADO PUBLICO"), False), (("31161", "ARCHIVO"), True)]
)
def test_a_page_of_another_unit_says_nothing_of_the_municipality(unit: tuple[str, str], speaks: bool) -> None:
    """Two units may have the same duties, and be of two municipalities; one digit off may be a misprint."""
    other = placed(replace(of(2023), fields=(*BARE.fields[:2], unit, *BARE.fields[3:])), file="b")
    assert other.unidad.is_sure
    assert placed(BARE).unidad.is_sure
    assert place_open(placed(BARE), (), [other], CATALOGS).ente.is_sure == speaks
