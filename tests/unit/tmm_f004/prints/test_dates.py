"""How offices date a report: by its period, the day it ends, or the day it was signed, which may be a quarter later."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, MONTHS, MadeUpForm, page

STATED = (
    "FECHA: {day} DE {last} DE 2023",
    "FECHA: {day}/{number:02}/2023",
    "FECHA: 2023-{number:02}-{day}",
    "CORTE AL {day} DE {last} DE 2023",
    "Periodo que se reporta: {first} a {last} de 2023",
    "DEL 1 DE {first} AL {day} DE {last} DE 2023",
    "{ordinal} TRIMESTRE 2023",
    "{quarter}o. Trimestre de 2023",
    "Trimestre: {roman}",
    "{roman} TRIM. 2023",
    "{quarter}T 2023",
    "T{quarter}-2023",
    "2023-T{quarter}",
    "{first:.3}-{last:.3} 23",
    "Avance al mes de {last} 2023",
    "TRIMESTRE: 1 DE {first} AL {day} DE {last} DE 2023",
    "TRIMESTRE 1/{opening:02}/2023 - {day}/{number:02}/2023",
    "FECHA: {first}, {middle} Y {last} DE 2023",
    "FECHA: Trim. 0{quarter} 2023",
    "FECHA: {quarter}o. Informe Trimestral 2023",
    "FECHA: {roman}/2023",
    "FECHA: Q{quarter} 2023",
    "FECHA: {quarter}TRIM2023",
    "FECHA: {quarter}to T. 2023",
    "FECHA: {opening:02}-{number:02}/2023",
    "PERIODO: {opening} AL {number} / 2023",
    "TRIMESTRE\t{quarter}",
    "FECHA:\tDIA\t{day}\tMES\t{last}\tAÑO\t2023",
    "DIA: {day}\tMES: {number:02}\tAÑO: 2023",
    "Trimestre reportado: {quarter}",
    "PERIODO REPORTADO: {ordinal} TRIMESTRE",
    "Trimestre que se reporta: {quarter}",
    "FECHA: {last} {day}, 2023",
    "FECHA: {day}/{month_roman}/2023",
    "FECHA: 2023{number:02}{day}",
    "FECHA: {day}{number:02}2023",
    "2023-{roman}",
    "FECHA: 2023/{roman}",
    "{quarter}T23",
    "FECHA: {quarter}Q2023",
    "FECHA: T{quarter} 23",
    "PERIODO: {first}-{last} 2023\tFECHA: 12/{next_number:02}/{year}",
    "FECHA DE CORTE: {day} DE {last} DE 2023\tFECHA DE ELABORACION: 12 DE {next} DE {year}",
    "CORRESPONDIENTE AL {ordinal} TRIMESTRE DEL EJERCICIO FISCAL 2023",
    "AVANCE FISICO PROGRAMATICO DEL {ordinal} TRIMESTRE DE 2023",
)
SIGNED = (
    "FECHA DE ELABORACIÓN: 05 DE {next} DE {year}",
    "FECHA: 05/{next_number:02}/{year}",
    "FECHA: 10 {next:.3} {year}",
    "FECHA: {last} 2023",
)
NEXT = {1: "ABRIL", 2: "JULIO", 3: "OCTUBRE", 4: "ENERO"}


def dated(wording: str, quarter: int) -> MadeUpForm:
    first, last = MONTHS[quarter].split("-")
    of_next = 3 * quarter % 12 + 1
    said = wording.format(
        day=31 if quarter in (1, 4) else 30, first=first, last=last, number=3 * quarter, opening=3 * quarter - 2,
        quarter=quarter,
        ordinal=("PRIMER", "SEGUNDO", "TERCER", "CUARTO")[quarter - 1], roman=("I", "II", "III", "IV")[quarter - 1],
        month_roman=("III", "VI", "IX", "XII")[quarter - 1],
        middle=("FEBRERO", "MAYO", "AGOSTO", "NOVIEMBRE")[quarter - 1],
        next=NEXT[quarter], next_number=of_next, year=2023 + (quarter == 4),
    )  # fmt: skip
    return MadeUpForm(date=(said,))


def quarter_of(lines: Sequence[str]) -> Settled:
    (form,) = settle_extract(lines, CATALOGS).formatos
    return form.trimestre


@pytest.mark.parametrize("quarter", [2, 3, 4])
def test_a_month_in_figures_is_that_month(quarter: int) -> None:
    """06/2023 is JUNIO 2023: no date of a report of the first quarter."""
    own, idle = (
        quarter_of(page(MadeUpForm(date=(f"FECHA: {3 * quarter:02}/2023",)), quarter=done))
        for done in (quarter, quarter - 1)
    )
    assert (own.valor, own.is_sure) == (str(quarter), True)
    assert not idle.is_sure


@pytest.mark.parametrize("quarter", MONTHS)
@pytest.mark.parametrize("wording", STATED + SIGNED)
def test_a_report_is_of_the_quarter_that_date_and_cells_say(wording: str, quarter: int) -> None:
    settled = quarter_of(page(dated(wording, quarter), quarter=quarter))
    assert settled.is_sure
    assert settled.valor == str(quarter)


@pytest.mark.parametrize("quarter", [2, 3, 4])
@pytest.mark.parametrize("wording", STATED + SIGNED)
def test_a_quarter_in_which_nothing_was_done_is_not_the_one_before(wording: str, quarter: int) -> None:
    """Its rows print the cells of the quarter before; a date that states the period settles it, a later one forbids."""
    settled = quarter_of(page(dated(wording, quarter), quarter=quarter - 1))
    assert settled.is_sure == (wording in STATED)
    assert settled.valor == str(quarter) or wording not in STATED


@pytest.mark.parametrize(
    "term", ["PLAN MUNICIPAL DE DESARROLLO 2021-2024", "ADMINISTRACION 2021 - 2024", "2021 A 2024"]
)
def test_a_term_of_years_is_no_year_of_the_page(term: str) -> None:
    title = (MadeUpForm().title[0], term, *MadeUpForm().title[1:])
    (form,) = settle_extract(page(MadeUpForm(title=title, date=("FECHA: JULIO-SEPTIEMBRE",))), CATALOGS).formatos
    assert form.anio.is_sure
    assert form.anio.valor == "2023"


@pytest.mark.parametrize("quarter", [2, 3, 4])
def test_a_title_states_the_quarter_where_no_date_does(quarter: int) -> None:
    title = (*MadeUpForm().title[:-1], f"AVANCE FÍSICO PROGRAMÁTICO {MONTHS[quarter]} 2023")
    settled = quarter_of(page(MadeUpForm(title=title, date=()), quarter=quarter - 1))
    assert (settled.valor, settled.is_sure) == (str(quarter), True)


def test_the_months_of_a_programme_of_the_year_are_no_quarter() -> None:
    title = (MadeUpForm().title[0], "PROGRAMA OPERATIVO ANUAL ENERO-DICIEMBRE 2023", *MadeUpForm().title[2:])
    settled = quarter_of(page(MadeUpForm(title=title, date=("FECHA: ABRIL-JUNIO 2023",)), quarter=2))
    assert (settled.valor, settled.is_sure) == ("2", True)


def test_a_number_and_months_of_two_quarters_leave_the_quarter_to_the_cells() -> None:
    (form,) = settle_extract(page(MadeUpForm(date=("1ER TRIMESTRE ABRIL-JUNIO 2023",)), quarter=2), CATALOGS).formatos
    assert form.trimestre.valor == "2"
    printed = page(MadeUpForm(date=("1ER TRIMESTRE ABRIL-JUNIO 2023",)), quarter=3)
    assert not quarter_of(printed).is_sure


@pytest.mark.parametrize("date", ["15 DE ENERO DE 2024", "12/02/2024", "8 DE MARZO DE 2024"])
def test_a_report_signed_before_a_year_s_first_quarter_ended_is_of_the_year_before(date: str) -> None:
    (form,) = settle_extract(page(MadeUpForm(date=(f"FECHA: {date}",)), quarter=4), CATALOGS).formatos
    assert (form.anio.valor, form.anio.is_sure) == ("2023", True)
    assert (form.trimestre.valor, form.trimestre.is_sure) == ("4", True)


def test_a_report_dated_in_april_may_be_of_the_year_of_its_date() -> None:
    (form,) = settle_extract(page(MadeUpForm(date=("FECHA: 8 DE ABRIL DE 2024",)), quarter=1), CATALOGS).formatos
    assert not form.anio.is_sure


@pytest.mark.parametrize("blank", ["0", ""])
def test_where_nothing_was_done_all_year_cells_tell_no_quarter(blank: str) -> None:
    def idle(text: str) -> str:
        cells = text.split("\t")
        if len(cells) < 13:
            return text
        return "\t".join([*cells[:4], *(c for p in cells[4:12:2] for c in (p, blank)), "0", "0%", ""])

    lines = [idle(t) if "3.1.4\t" in t else t for t in page(MadeUpForm(date=()), quarter=2)]
    assert not quarter_of(lines).is_sure


@pytest.mark.parametrize("dated_as", [1, 2])
def test_a_date_left_from_the_report_before_is_doubted_where_its_rows_achieved_more(dated_as: int) -> None:
    """Under it the figures of the quarter would be unknown, and the one before repaired by the total."""
    printed = page(MadeUpForm(date=(f"FECHA: {MONTHS[dated_as]} 2023",)), quarter=3)
    assert not quarter_of(printed).is_sure
    own = quarter_of(page(MadeUpForm(date=(f"FECHA: {MONTHS[dated_as]} 2023",)), quarter=dated_as))
    assert (own.valor, own.is_sure) == (str(dated_as), True)


PLACES = {
    "below the table": lambda lines, said: [*lines[:-13], said, "", *lines[-13:]],
    "below the signatures": lambda lines, said: [*lines[:-2], "", said],
    "beside the unit": lambda lines, said: [t + f"\t{said}" if t.startswith("UNIDAD EJ") else t for t in lines],
    "over the quarters": lambda lines, said: [t.replace("\tPERIODO\t", f"\tPERIODO: {said}\t") for t in lines],
}


@pytest.mark.parametrize("quarter", [2, 3, 4])
@pytest.mark.parametrize("said", ["{months} 2023", "TRIMESTRE {quarter}"])
@pytest.mark.parametrize("place", PLACES)
def test_a_date_that_stands_elsewhere_is_the_page_s_where_its_header_has_none(
    place: str, said: str, quarter: int
) -> None:
    """Nothing was done in the quarter: cells alone would tell the one before."""
    lines = page(MadeUpForm(date=()), quarter=quarter - 1)
    printed = PLACES[place](lines, said.format(months=MONTHS[quarter], quarter=quarter))
    (form,) = settle_extract(printed, CATALOGS).formatos
    assert (form.trimestre.valor, form.trimestre.is_sure) == (str(quarter), True)
    assert (form.unidad.valor, len(form.renglones)) == ("31101", 4)


def test_a_date_below_the_table_says_nothing_beside_one_in_the_header() -> None:
    lines = PLACES["below the table"](page(MadeUpForm()), "FECHA: ABRIL-JUNIO 2023")
    assert (quarter_of(lines).valor, quarter_of(lines).is_sure) == ("3", True)


@pytest.mark.parametrize("said", ["Tijuana, B.C., a 14 de julio de 2023", "TIJUANA A 14 DE JULIO DE 2023"])
def test_a_place_and_a_date_is_the_day_of_signing(said: str) -> None:
    """No report of the first quarter is settled by cells that a report of the second may print."""
    lines = PLACES["below the table"](page(MadeUpForm(date=()), quarter=1), said)
    assert not quarter_of(lines).is_sure
