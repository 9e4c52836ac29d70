"""Which units and years have pages, and what the pages of a year say."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dagster_project.site import facts, pages
from dagster_project.site.pages import YEARS, About, recent, write_site


def test_the_last_ejercicios_of_each_municipality_have_pages() -> None:
    """Each municipality's own: one that reported last in 2012 keeps its pages beside one of 2026."""
    old = [{"ente_codigo": "02001", "ejercicio": year} for year in range(2005, 2013)]
    new = [{"ente_codigo": "02002", "ejercicio": year} for year in range(2020, 2027)]
    kept = recent([*old, *new])
    assert [unit["ejercicio"] for unit in kept if unit["ente_codigo"] == "02001"] == [2008, 2009, 2010, 2011, 2012]
    assert [unit["ejercicio"] for unit in kept if unit["ente_codigo"] == "02002"] == [2022, 2023, 2024, 2025, 2026]
    assert YEARS == 5


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The pages of two municipalities, of which one reported last in 2021; in 2022 a figure changed."""
    unit = {"ente_nombre": None, "unidad_codigo": "54101", "unidad_nombre": "Obras", "corte": "T1", "acciones": 3}
    given = {
        facts.UNITS: [
            unit | {"ente_codigo": ente, "ejercicio": year}
            for ente, year in (("02001", 2021), ("02002", 2021), ("02002", 2022))
        ],
        facts.REPROGRAMMED: [
            unit | {"ente_codigo": "02002", "ejercicio": 2022, "accion_numero": 1, "accion_descripcion": "", "antes": 1,
                    "trimestre": 1, "medida": "p1", "despues": 2, "corte_anterior": "T1", "es_cambio_de_plan": False}
        ],
    }  # fmt: skip
    return _site(tmp_path / "sitio", monkeypatch, given)


def _site(folder: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, list[dict]]) -> dict[str, str]:
    """The pages of what queries give, but those of units."""
    given = {facts.VERSION: [{"cifras": 9876, "dudosas": 1, "reparadas": 2, "paginas": 4, "apartadas": 0}]} | given
    for module in (pages, pages.crops):
        monkeypatch.setattr(module, "rows", lambda _, sql: given.get(sql, []))
    monkeypatch.setattr(pages, "_unit_years", lambda *_: [])
    monkeypatch.setattr(pages.questions, "answers", lambda *_: [])
    with duckdb.connect() as con:
        written = write_site(con, folder, About("1", "2026-11-27", ()), lambda _: {})
    return {path.name: path.read_text("utf-8") for path in written}


def test_totals_of_the_version_stand_on_its_first_page_alone(site: dict[str, str]) -> None:
    """A page of a year that shows them tells its reader that they are the year's."""
    assert "9,876" in site["index.html"]
    assert "9,876" not in site["ejercicio-2021.html"]
    assert "Quién cumple, quién va atrasado en 2021</h1>" in site["ejercicio-2021.html"]


def test_a_year_without_changes_says_so_of_itself(site: dict[str, str]) -> None:
    """Another year of the same version has some."""
    assert "Ninguna cifra asentada cambió" not in site["reprogramado.html"]
    assert "Ninguna cifra asentada cambió entre los reportes de 2021." in site["reprogramado-2021.html"]


def test_the_first_page_is_of_no_one_year(site: dict[str, str]) -> None:
    """It shows each municipality's last; the page of what was changed is of the newest."""
    links = {name: re.findall(r'<li><a href="([^"]*)">(\d+|El [^<]*)</a>', text) for name, text in site.items()}
    assert "<caption>02001, ejercicio 2021" in site["index.html"]
    for name in ("index.html", "ejercicio-2021.html"):
        assert links[name] == [("index.html", "El último de cada municipio"), ("ejercicio-2021.html", "2021")]
    current = {name: re.findall(r'href="([^"]*)" aria-current="page">\d', text) for name, text in site.items()}
    assert (current["index.html"], current["ejercicio-2021.html"]) == (["index.html"], ["ejercicio-2021.html"])
    assert links["reprogramado.html"] == [("reprogramado.html", "2022"), ("reprogramado-2021.html", "2021")]


def test_the_first_page_of_five_hundred_units_is_at_most_300_kb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of long names, and of all but one of the lights in each; so are the pages of its quarters."""
    lights = ("rojo", "naranja", "amarillo", "verde", "morado", "sin programación", "no programado", "sin reporte")
    codes = [f"{54000 + n}" for n in range(500)]
    unit = {"ente_codigo": "02002", "ente_nombre": "Mexicali", "ejercicio": 2022, "corte": "2022-T4", "acciones": 123}
    given = {
        facts.BANDS: [{"semaforo": light, "significado": "", "color": "#27AE60", "orden": 1} for light in lights],
        facts.UNITS: [
            unit | {"unidad_codigo": code, "unidad_nombre": "Subdirección de Administración y Finanzas Públicas"}
            for code in codes
        ],
        facts.LIGHTS: [
            unit | {"unidad_codigo": code, "trimestre": f"2022-T{quarter}", "semaforo": light, "de": of, "acciones": 17}
            for code in codes for quarter in (3, 4) for of in ("plan", "ejercicio") for light in lights[:-1]
        ],
    }  # fmt: skip
    made = _site(tmp_path / "sitio", monkeypatch, given)
    sizes = {
        name: len(text.encode()) for name, text in made.items() if name in ("index.html", "trimestre-2022-T3.html")
    }
    assert len(sizes) == 2
    assert max(sizes.values()) <= 300_000, sizes
