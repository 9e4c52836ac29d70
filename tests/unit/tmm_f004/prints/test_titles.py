"""Councils by other names, years far apart in one file, bars without outer bars: no needless doubt."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.page.line_kinds import title_of
from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS
from tests.support.printed_tables import HEAD, READ, WHOLE, lines_of, read, sure, tabbed

ROWS = [tabbed(row) for row in WHOLE]


@pytest.mark.parametrize(
    "title",
    ["Gobierno municipal de Tijuana", "XXV CONCEJO MUNICIPAL DE TIJUANA", "XXV Consejo fundacional de Tijuana",
     "I Concejo Municipal Fundacional de Tijuana, B.C.", "GOBIERNO DEL MUNICIPIO DE TIJUANA",
     "H. XXV AYUNTAMIENTO CONSTITUCIONAL DE TIJUANA", "H. CABILDO MUNICIPAL DE TIJUANA"],
)  # fmt: skip
def test_a_council_by_another_name_names_its_municipality(title: str) -> None:
    lines = lines_of(ROWS, title=[title, "PROGRAMA OPERATIVO ANUAL 2023", "", "AVANCE FÍSICO PROGRAMÁTICO"])
    extract = settle_extract(lines, CATALOGS)
    (form,) = extract.formatos
    assert (form.ente.valor, form.ente.is_sure, form.unidad.is_sure, len(form.renglones)) == ("02004", True, True, 4)
    assert extract.rechazos == ()


@pytest.mark.parametrize(
    "text",
    ["5 GOBIERNO MUNICIPAL DE RESULTADOS", "GOBIERNO MUNICIPAL EFICIENTE", "Municipio de Tijuana.",
     "GOBIERNO DEL ESTADO",
     "CONSEJO CIUDADANO DE SEGURIDAD", "GOBIERNO DE RESULTADOS"],
)  # fmt: skip
def test_a_name_of_the_header_or_a_wrapped_text_is_no_council(text: str) -> None:
    assert title_of(text) is None


@pytest.mark.parametrize("years", [(2017, 2023), (2023, 2017), (2016, 2020, 2024), (2023, 2023, 2018)], ids=str)
def test_years_far_apart_in_one_file(years: tuple[int, ...]) -> None:
    """Each page prints its own in title and date."""
    lines = [line for year in years for line in lines_of(ROWS, year=year)]
    forms = settle_extract(lines, CATALOGS).formatos
    assert [(f.ejercicio, f.anio.is_sure) for f in forms] == [(year, True) for year in years]


def test_a_year_far_off_that_stands_in_one_place_only_is_doubted() -> None:
    """2072 for 2022."""
    pages = [lines_of(ROWS, quarter=q) for q in (1, 2, 3)]
    pages[1] = [line.replace("2023", "2073") if line.startswith("FECHA") else line for line in pages[1]]
    forms = settle_extract([line for page in pages for line in page], CATALOGS).formatos
    assert [f.ejercicio for f in forms] == [2023] * 3


@pytest.mark.parametrize("bar", [" | ", "|", "  |  "])
@pytest.mark.parametrize(
    "ends", [("", ""), ("| ", " |"), ("| ", ""), ("", " |")], ids=["none", "both", "left", "right"]
)
def test_bars_with_and_without_outer_ones(bar: str, ends: tuple[str, str]) -> None:
    def barred(line: str) -> str:
        return bar.join(line.split("\t")).join(ends)

    assert sure(read([barred(row) for row in ROWS], head=[barred(line) for line in HEAD])) == READ


def test_a_second_table_stands_under_the_date_of_the_first() -> None:
    """Until somebody signs: two units under one title and one date, and nothing done that would tell the quarter."""
    first = lines_of(ROWS)
    at = first.index(ROWS[-1]) + 1
    named = ["UNIDAD EJECUTORA: 33202 JEFATURA DE ALUMBRADO PUBLICO"]
    idle = [tabbed(f"3.1.4|80{k}.- Prestar equipo {k} en el valle|Equipo|8|2|0|2|0|2|0|2|0|0|0%|") for k in range(3)]
    under = list(read_lines([*first[:at], "", *named, *HEAD, *idle, *first[at:]], CATALOGS))
    assert {(r["formato"], r["unidad"], r["anio"], r["trimestre"]) for r in under[4:]} == {(2, "33202", 2023, 2)}
    assert "dudosa" not in {r["corte_estado"] for r in under}
    signed = list(read_lines([*first, "", *named, *HEAD, *idle, *first[at:]], CATALOGS))
    assert {r["corte_estado"] for r in signed[4:]} == {"dudosa"}


def test_a_third_table_stands_under_that_date_too() -> None:
    """Through those between that print none."""
    first = lines_of(ROWS)
    at = first.index(ROWS[-1]) + 1
    names = "33202 JEFATURA DE ALUMBRADO PUBLICO", "31105 DEPARTAMENTO DE MUSEOS"
    tables = []
    for hundred, name in zip((8, 9), names, strict=True):
        row = "3.1.4|{}0{}.- Prestar equipo {} en el valle|Equipo|8|2|0|2|0|2|0|2|0|0|0%|"
        tables += ["", f"UNIDAD EJECUTORA: {name}", *HEAD, *(tabbed(row.format(hundred, k, k)) for k in range(3))]
    found = list(read_lines([*first[:at], *tables, *first[at:]], CATALOGS))
    places = [(r["formato"], r["unidad"], r["anio"], r["trimestre"], r["corte_estado"]) for r in found[4:]]
    assert places == [(2, "33202", 2023, 2, "reparada")] * 3 + [(3, "31105", 2023, 2, "reparada")] * 3
