from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ

SEEDS = RAIZ / "seeds"


def test_the_seeds_load() -> None:
    catalogs = load_catalogs(SEEDS, "02002")
    assert catalogs.entes["02002"] == "Mexicali"
    assert catalogs.ente_supuesto == "02002"
    assert all(u.programa_codigo in catalogs.programmes_of(u.ente_codigo) for u in catalogs.unidades)
    assert {u.ente_codigo for u in catalogs.unidades} <= set(catalogs.entes)


@pytest.mark.parametrize("measure", ["Porcentaje", "%", "Índice", "tasa", "PROMEDIO", "Razón", "proporción"])
def test_ratio_measures_are_known_however_written(measure: str) -> None:
    assert not load_catalogs(SEEDS).adds_up(measure)


@pytest.mark.parametrize("measure", ["Apoyo", "Sesión", "Habitantes", "Taller"])
def test_additive_measures_are_no_ratios(measure: str) -> None:
    assert load_catalogs(SEEDS).adds_up(measure)


@pytest.mark.parametrize(
    "measure",
    [
        "Porcentaje de trámites resueltos", "% de ocupación", "Tasa de respuesta", "Índice de satisfacción ciudadana",
        "Razón de consultas por médico", "PROMEDIO DE ESPERA", "Porcentale de avance", "Ocupación (%)", "(%) atendido",
        "Por ciento de cobertura",
    ],
)  # fmt: skip
def test_what_is_called_a_ratio_is_not_added_though_no_catalogue_knows_it(measure: str) -> None:
    assert not load_catalogs(SEEDS).adds_up(measure)


@pytest.mark.parametrize("measure", ["Tasajo", "Razonamiento", "Casa", "Indicación", "Luminaria", "", "Promesa"])
def test_what_only_begins_alike_is_added(measure: str) -> None:
    assert load_catalogs(SEEDS).adds_up(measure)


def test_the_catalogue_has_the_last_word_on_a_measure(tmp_path: Path) -> None:
    """A measure called a ratio that a person lists as additive is."""
    (tmp_path / "unidades_medida.csv").write_text(
        "unidad_medida_nombre,es_razon,alias\nTasa municipal cobrada,false,TASAS COBRADAS\n", encoding="utf-8"
    )
    assert [load_catalogs(tmp_path).adds_up(m) for m in ("TASA MUNICIPAL COBRADA", "Tasas cobradas", "Tasa neta")] == [
        True, True, False,
    ]  # fmt: skip


def test_missing_files_are_empty_catalogues(tmp_path: Path) -> None:
    catalogs = load_catalogs(tmp_path)
    assert (catalogs.entes, catalogs.unidades, catalogs.ente_supuesto) == ({}, (), None)


def test_a_malformed_row_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "entes.csv").write_text("ente_codigo,ente_nombre,entidad_federativa\n02004,Tijuana\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"entes\.csv, line 2"):
        load_catalogs(tmp_path)


def test_earlier_names_of_a_unit_are_aliases_of_its_latest(tmp_path: Path) -> None:
    (tmp_path / "unidades.csv").write_text(
        "ente_codigo,unidad_codigo,unidad_nombre,ramo_codigo,programa_codigo,vigente_desde,vigente_hasta\n"
        "02004,31101,Bibliotecas,31,311,2023-01-01,\n"
        "02004,31101,Acervos,31,311,2020-01-01,2022-12-31\n",
        encoding="utf-8",
    )
    (unit,) = load_catalogs(tmp_path).unidades
    assert (unit.nombre, unit.alias) == ("Bibliotecas", ("Acervos",))


def test_two_municipalities_may_give_one_code_to_two_programmes(tmp_path: Path) -> None:
    """Each keeps its own name; of a page that is nobody's either may be meant."""
    (tmp_path / "programas.csv").write_text(
        "ente_codigo,programa_codigo,programa_nombre\n02001,511,Pesca\n02004,511,Lectura\n02004,512,Museos\n",
        encoding="utf-8",
    )
    catalogs = load_catalogs(tmp_path)
    assert catalogs.programmes_of("02001") == {"511": "Pesca"}
    assert catalogs.programmes_of("02004") == {"511": "Lectura", "512": "Museos"}
    assert catalogs.programmes_of("02002") == {}
    assert set(catalogs.programmes_of(None)) == {"511", "512"}


@pytest.mark.parametrize("code", ["OM_01", "54 204", "54204.", "Tránsito", ""])
def test_a_unit_that_the_gate_would_not_let_through_is_refused(tmp_path: Path, code: str) -> None:
    """By file and line."""
    (tmp_path / "unidades.csv").write_text(
        "ente_codigo,unidad_codigo,unidad_nombre,ramo_codigo,programa_codigo,vigente_desde,vigente_hasta\n"
        f"02004,OM-01,Oficialía,31,311,2023-01-01,\n02004,{code},Bibliotecas,31,311,2023-01-01,\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"unidades\.csv, line 3: .* is not a unit's code"):
        load_catalogs(tmp_path)


def test_a_version_without_a_beginning_is_the_first(tmp_path: Path) -> None:
    (tmp_path / "unidades.csv").write_text(
        "ente_codigo,unidad_codigo,unidad_nombre,ramo_codigo,programa_codigo,vigente_desde,vigente_hasta\n"
        "02004,31101,Bibliotecas,31,311,2023-01-01,\n"
        "02004,31101,Acervos,31,311,,2022-12-31\n",
        encoding="utf-8",
    )
    (unit,) = load_catalogs(tmp_path).unidades
    assert (unit.nombre, unit.alias) == ("Bibliotecas", ("Acervos",))
