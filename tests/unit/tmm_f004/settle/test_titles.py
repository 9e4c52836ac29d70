"""Which municipalities a title names, of the 2,478 of the country."""

from __future__ import annotations

import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.settle.titles import Named, gazetteer_of

CATALOGS = load_catalogs(RAIZ / "seeds")


def named_in(*title: str) -> Named:
    return gazetteer_of(CATALOGS).named_in(title)


@pytest.mark.parametrize(
    ("title", "ente"),
    [
        ("XXIV AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA", "02002"),
        ("XXIV AYUNTAMIENTO DE MEXICALI", "02002"),
        ("MUNICIPIO DE TIJUANA", "02004"),
        ("MUNICIPIO DE TIJUANA, B.C.", "02004"),
        ("GOBIERNO MUNICIPAL DE TECATE", "02003"),
        ("INSTITUTO MUNICIPAL DE ARTE Y CULTURA DE TIJUANA", "02004"),
        ("SISTEMA PARA EL DESARROLLO INTEGRAL DE LA FAMILIA DE ENSENADA, BAJA CALIFORNIA", "02001"),
        ("CONCEJO MUNICIPAL FUNDACIONAL DE SAN QUINTÍN", "02006"),
        ("R. AYUNTAMIENTO DE MONTERREY", "19039"),
        ("R. AYUNTAMIENTO DE SAN PEDRO GARZA GARCÍA, N.L.", "19019"),
        ("HONORABLE AYUNTAMIENTO CONSTITUCIONAL DEL MUNICIPIO DE GUADALAJARA, JALISCO", "14039"),
        ("H. AYUNTAMIENTO DEL FUERTE", "25010"),
        ("H. AYUNTAMIENTO DE BENITO JUÁREZ, QUINTANA ROO", "23005"),
        ("MUNICIPIO DE JUÁREZ, CHIHUAHUA", "08037"),
        ("H. AYUNTAMIENTO DE LA PAZ, B.C.S.", "03003"),
        ("AYUNTAMIENTO DE TOLUCA, ESTADO DE MÉXICO", "15106"),
        ("ALCALDÍA DE TLALPAN, CIUDAD DE MÉXICO", "09012"),
        ("H. AYUNTAMIENTO DE HERMOSILLO 2021-2024", "26030"),
        ("AYUNTAMIENTO DE SANTIAGO TUXTLA, VER.", "30143"),
        ("TIJUANA, BAJA CALIFORNIA", "02004"),
        ("ZAPOPAN", "14120"),
        ("SISTEMA DIF LEÓN", "11020"),
        ("SISTEMA DIF LEÓN, GTO.", "11020"),
        ("DIF MUNICIPAL DE SAN NICOLÁS DE LOS GARZA, NUEVO LEÓN", "19046"),
        ("PRESIDENCIA MUNICIPAL DE XALAPA, VERACRUZ DE IGNACIO DE LA LLAVE", "30087"),
        ("H. AYUNTAMIENTO DE GUADALUPE, ZAC. 2021-2024", "32017"),
        ("AYUNTAMIENTO DE PUEBLA", "21114"),
    ],
)
def test_a_title_names_its_municipality_however_it_is_called(title: str, ente: str) -> None:
    assert named_in(title).clear == ente


@pytest.mark.parametrize(
    "title",
    ["H. AYUNTAMIENTO DE BENITO JUÁREZ", "AYUNTAMIENTO DE LA PAZ", "INSTITUTO MUNICIPAL DE LA MUJER DE HIDALGO"],
)
def test_a_name_of_several_states_needs_the_state(title: str) -> None:
    found = named_in(title)
    assert found.clear is None
    assert len(found.shared) > 1


@pytest.mark.parametrize(
    "title",
    [
        "AYUNTAMIENTO DE VILLA INVENTADA",
        "AYUNTAMIENTO DE TIJUANA, JALISCO",
        "INSTITUTO DE CULTURA DE BAJA CALIFORNIA",
        "INSTITUTO DE LA MUJER DE GUANAJUATO",
        "DIF MUNICIPAL DE SOLIDARIDAD DE QUINTANA ROO",
        "INSTITUTO DE LA JUVENTUD DE SOLIDARIDAD DE QUINTANA ROO",
        "INSTITUTO MUNICIPAL DE LA JUVENTUD",
        "DIRECCIÓN DE BIENESTAR SOCIAL MUNICIPAL",
        "AVANCE FISICO PROGRAMATICO",
    ],
)
def test_what_names_no_municipality_of_the_catalogue_is_none(title: str) -> None:
    assert named_in(title).clear is None


def test_a_misread_name_that_begins_as_another_is_not_that_one() -> None:
    """Santiago is a municipality of Nuevo León; SANTIAGO TUXTIA is not its title."""
    assert "19049" not in named_in("AYUNTAMIENTO DE SANTIAGO TUXTIA").scores


def test_of_a_misread_name_the_words_in_which_it_differs_must_be_alike() -> None:
    """GUADALUPE, NUE. is no misreading of Guadalupe Etla, as much of it as is the same."""
    assert not named_in("H. AYUNTAMIENTO DE GUADALUPE, NUE.").scores


def test_libre_is_no_misreading_of_libres() -> None:
    assert named_in("MUNICIPIO LIBRE DE TIJUANA").clear == "02004"
    assert not named_in("MUNICIPIO LIBRE DE VILLA INVENTADA").scores


def test_a_misread_name_is_likeliest_the_one_it_resembles() -> None:
    found = named_in("XXIV AYUNTAMIENTO DE MEXICALL DE BAJA CALIF0RNIA").scores
    assert max(found, key=lambda e: found[e]) == "02002"


def test_two_lines_that_name_two_municipalities_leave_it_open() -> None:
    assert named_in("AYUNTAMIENTO DE MEXICALI", "INSTITUTO MUNICIPAL DE LA MUJER DE TIJUANA").clear is None
