"""Whose a page is: its title before everything that is supposed, on made-up forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.catalogs import Catalogs, Unit
from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import MadeUpForm, page

CATALOGS = load_catalogs(RAIZ / "seeds")
BENITO_JUAREZ = "H. AYUNTAMIENTO DE BENITO JUÁREZ"


def ente_of(title: str, catalogs: Catalogs = CATALOGS, **said: str) -> Settled:
    form = MadeUpForm(title=(title, "PROGRAMA OPERATIVO ANUAL 2023", "AVANCE FÍSICO PROGRAMÁTICO"))
    (found,) = settle_extract(page(form), replace(catalogs, **said)).formatos
    return found.ente


@pytest.mark.parametrize(
    "title",
    ["MUNICIPIO DE TIJUANA", "GOBIERNO MUNICIPAL DE TIJUANA", "INSTITUTO MUNICIPAL DE LA MUJER DE TIJUANA"],
)
def test_the_setting_never_beats_a_title(title: str) -> None:
    found = ente_of(title, ente_supuesto="02002")
    assert (found.valor, found.is_sure) == ("02004", True)


@pytest.mark.parametrize(
    "title",
    ["AYUNTAMIENTO DE VILLA INVENTADA", "SISTEMA DIF VILLA INVENTADA", "INSTITUTO DE LA MUJER DE PUEBLA",
     "INSTITUTO DE LA JUVENTUD DE VILLA INVENTADA, QUINTANA ROO", "CONSEJO DE VILLA INVENTADA, Q. ROO"],
)  # fmt: skip
def test_a_title_of_a_municipality_that_the_catalogue_lacks_is_nobody_elses(title: str) -> None:
    assert not ente_of(title, ente_supuesto="02002").is_sure


@pytest.mark.parametrize(
    "title",
    ["GOBIERNO DE VILLA INVENTADA", "MUNICIPIO LIBRE DE VILLA INVENTADA", "INSTITUTO DE LA JUVENTUD DE VILLA INVENTADA",
     "COMISIÓN DE AGUA POTABLE Y ALCANTARILLADO DE VILLA INVENTADA", "VILLA INVENTADA, BAJA CALIFORNIA"],
)  # fmt: skip
def test_a_name_that_no_word_announces_may_be_a_municipalitys_all_the_same(title: str) -> None:
    """In the setting's own state too: a municipality that the catalogue lacks is none of its own."""
    assert not ente_of(title, ente_supuesto="02002").is_sure


@pytest.mark.parametrize(
    "title",
    ["", "INSTITUTO MUNICIPAL DE ARTE Y CULTURA", "GOBIERNO DE BAJA CALIFORNIA", "SISTEMA PARA EL DESARROLLO INTEGRAL"
     " DE LA FAMILIA", "INSTITUTO DE LA MUJER DEL ESTADO DE BAJA CALIFORNIA"],
)  # fmt: skip
def test_a_title_that_names_no_other_place_leaves_it_to_the_setting(title: str) -> None:
    assert ente_of(title, ente_supuesto="02002").is_sure


def test_the_setting_adds_nothing_where_other_pages_of_the_file_name_one() -> None:
    """A home with the setting settles its pages as one without: to the same score."""
    lines = [*page(MadeUpForm()), *page(MadeUpForm(title=("", "PROGRAMA OPERATIVO ANUAL 2023")))]
    settled = [
        settle_extract(lines, replace(CATALOGS, ente_supuesto=supposed)).formatos[1].ente
        for supposed in (None, "02004", "02002")
    ]
    assert settled == [settled[0]] * 3
    assert (settled[0].valor, settled[0].is_sure) == ("02004", True)


def test_a_title_in_a_files_first_line_is_read_whatever_its_last_line_is() -> None:
    """No word of it gives a title away: it is one by its place above PROGRAMA OPERATIVO ANUAL."""
    form = MadeUpForm(title=("MUNICIPIO DE MÉRIDA, YUCATÁN", "PROGRAMA OPERATIVO ANUAL 2023"))
    lines = page(form)
    while not lines[-1]:
        lines.pop()
    (found,) = settle_extract(lines, CATALOGS).formatos
    assert (found.ente.valor, found.ente.is_sure) == ("31050", True)


def test_the_setting_is_supposed_where_nothing_is_said() -> None:
    found = ente_of("", ente_supuesto="02002")
    assert (found.valor, found.is_sure, found.regla) == ("02002", True, "supuesto")


@pytest.mark.parametrize(("said", "is_sure"), [({}, False), ({"ente_supuesto": "23005"}, True)])
def test_of_a_shared_name_the_setting_tells_which(said: dict[str, str], is_sure: bool) -> None:
    found = ente_of(BENITO_JUAREZ, **said)
    assert found.is_sure is is_sure
    assert not is_sure or found.valor == "23005"


def test_of_a_shared_name_a_setting_of_another_name_tells_nothing() -> None:
    assert not ente_of(BENITO_JUAREZ, ente_supuesto="02002").is_sure


def test_of_a_shared_name_the_pages_unit_tells_which() -> None:
    unit = Unit("23005", "31101", "Coordinación de Bibliotecas", "311")
    found = ente_of(BENITO_JUAREZ, replace(CATALOGS, unidades=(unit,)))
    assert (found.valor, found.is_sure) == ("23005", True)


@pytest.mark.parametrize("title", ["AYUNTAMIENTO DE VILLA INVENTADA", "", BENITO_JUAREZ])
def test_the_register_says_whose_a_file_is(title: str) -> None:
    found = ente_of(title, ente_registrado="23005")
    assert (found.valor, found.is_sure) == ("23005", True)


def test_a_register_that_a_title_contradicts_is_in_doubt() -> None:
    assert not ente_of("MUNICIPIO DE TIJUANA", ente_registrado="23005").is_sure


def test_a_name_misread_beyond_likeness_is_its_neighbours_where_the_state_is_theirs() -> None:
    """ANIV AVIANTAMIENTO DE SERVICIOS DE BAJA CALIFORNIA: no municipality of that state is called so."""
    torn = MadeUpForm(title=("ANIV AVIANTAMIENTO DE SERVICIOS DE BAJA CALIFORNIA", "PROGRAMA OPERATIVO ANUAL 2023"))
    forms = settle_extract([*page(MadeUpForm()), *page(torn)], CATALOGS).formatos
    assert [(f.ente.valor, f.ente.is_sure) for f in forms] == [("02004", True)] * 2


def test_a_page_of_an_unknown_municipality_is_not_its_neighbours() -> None:
    """Of two pages of a file one is Tijuana's; the other announces a name that is no misreading of it."""
    other = MadeUpForm(title=("AYUNTAMIENTO DE VILLA INVENTADA", "PROGRAMA OPERATIVO ANUAL 2023"))
    forms = settle_extract([*page(MadeUpForm()), *page(other)], CATALOGS).formatos
    assert (forms[0].ente.valor, [f.ente.is_sure for f in forms]) == ("02004", [True, False])
