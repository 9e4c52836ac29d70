"""Units that the catalogue lacks: taken where pages bear them out, never where they may be a misreading of another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.tmm_f004.catalogs import Unit
from dagster_project.tmm_f004.model import Estado
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, MONTHS, MadeUpForm, page, settle, with_unit

LATER = MadeUpForm(date=("FECHA: OCTUBRE-DICIEMBRE 2023",))


def test_a_unit_no_catalogue_knows_is_accepted_as_printed_with_less_than_full_score() -> None:
    new = replace(
        with_unit(MadeUpForm(), "31140", "ARCHIVO HISTORICO"),
        numbers=(300, 301, 302, 303),
        duties=MadeUpForm().duties[::-1],
    )
    first, second = settle(page(new), page(replace(new, date=LATER.date))).formatos
    for form in (first, second):
        assert (form.unidad.valor, form.unidad.estado) == ("31140", Estado.EXACTA)
        assert "codigo_nuevo" in form.unidad.regla
        assert form.unidad.puntaje <= 0.9


ARCHIVE = replace(with_unit(MadeUpForm(), "31140", "ARCHIVO HISTORICO"), numbers=(400, 401, 402, 403))


def test_a_new_unit_alone_is_taken_where_its_header_bears_out_the_code() -> None:
    """Code and name whole, ramo and programa agree, and no known unit is one misread digit away."""
    (form,) = settle(page(ARCHIVE)).formatos
    assert (form.unidad.valor, form.unidad.estado) == ("31140", Estado.EXACTA)
    assert form.unidad.puntaje <= 0.9


def test_a_new_unit_alone_stays_open_where_its_ramo_says_otherwise() -> None:
    (form,) = settle(page(replace(ARCHIVE, fields=(("37", ARCHIVE.fields[0][1]), *ARCHIVE.fields[1:])))).formatos
    assert form.unidad.estado is Estado.DUDOSA


def test_a_code_one_digit_from_two_legible_pages_of_its_name_is_theirs() -> None:
    """The name, the programme and the actions of two other quarters, and one digit misread: that unit, repaired."""
    months = ("ENERO-MARZO", "ABRIL-JUNIO", "JULIO-SEPTIEMBRE")
    quarters = [replace(ARCHIVE, date=(f"FECHA: {m} 2023",)) for m in months]
    misread = with_unit(quarters[2], "31146", "ARCHIVO HISTORICO")
    pages = [page(form, quarter=q) for q, form in enumerate((*quarters[:2], misread), start=1)]
    first, second, third = settle(*pages).formatos
    assert [(f.unidad.valor, f.unidad.estado) for f in (first, second)] == [("31140", Estado.EXACTA)] * 2
    assert (third.unidad.valor, third.unidad.estado) == ("31140", Estado.REPARADA)


def test_unknown_codes_that_disagree_are_doubtful_on_both_pages() -> None:
    """One of two pages with the same actions is misread, and no catalogue says which."""
    one, other = (with_unit(f, c, "ARCHIVO HISTORICO") for f, c in ((MadeUpForm(), "31140"), (LATER, "31146")))
    for form in settle(page(one), page(other)).formatos:
        assert form.unidad.estado is Estado.DUDOSA
        assert {form.unidad.valor, *(v for v, _ in form.unidad.alternativas)} >= {"31140", "31146"}


def test_a_new_unit_alone_is_no_witness_where_codes_around_it_are_misprinted() -> None:
    """A page of a known unit with a code of nobody's: so may this one be, and there is no other page to tell."""
    misprinted = with_unit(MadeUpForm(), "31701", "COORDINACION DE BIBLIOTECAS")
    archive = replace(ARCHIVE, duties=MadeUpForm().duties[::-1])
    clean, damaged = (settle(page(archive), page(f)).formatos for f in (MadeUpForm(), misprinted))
    assert [f.unidad.is_sure for f in (*clean, damaged[1])] == [True, True, True]
    assert damaged[0].unidad.estado is Estado.DUDOSA


@pytest.mark.parametrize(
    ("codes", "sure"),
    [(("31140", "31140", "31146", "31140"), True), (("31146", "31146", "31140", "31940"), False)],
    ids=["one-misread", "two-misread-alike-or-two-otherwise"],
)
def test_a_code_on_two_pages_is_taken_unless_another_explains_the_pages_of_its_name_as_well(
    codes: tuple[str, ...], sure: bool
) -> None:
    forms = [
        replace(with_unit(ARCHIVE, code, "ARCHIVO HISTORICO"), date=(f"FECHA: {months} 2023",))
        for code, months in zip(codes, MONTHS.values(), strict=True)
    ]
    found = settle(*(page(form, quarter=q) for q, form in enumerate(forms, start=1))).formatos
    assert [f.unidad.is_sure for f in found] == [sure] * 4


@pytest.mark.parametrize("numbers", [(300, 301, 302, 303), (1, 2, 3, 4)], ids=["another-hundred", "counted-from-one"])
def test_units_in_their_first_quarter_are_taken_though_one_digit_parts_their_codes(numbers: tuple[int, ...]) -> None:
    """Each has its own page of the quarter, and they number their actions apart: neither can be the other, misread."""
    museum = replace(
        with_unit(MadeUpForm(), "31141", "CASA DE LA MUSICA"), numbers=numbers, duties=MadeUpForm().duties[::-1]
    )
    forms = settle_extract([*page(ARCHIVE), *page(museum)], replace(CATALOGS, unidades=())).formatos
    assert [(f.unidad.valor, f.unidad.is_sure) for f in forms] == [("31140", True), ("31141", True)]


@pytest.mark.parametrize("quarters", [1, 2])
def test_two_units_of_like_names_and_codes_are_two_once_two_quarters_print_both(quarters: int) -> None:
    """Ingresos and Egresos: in one quarter alone either may be the other misread."""
    incomes = with_unit(ARCHIVE, "31141", "DIRECCION DE INGRESOS")
    spendings = replace(
        with_unit(ARCHIVE, "31142", "DIRECCION DE EGRESOS"), numbers=(1, 2, 3, 4), duties=MadeUpForm().duties[::-1]
    )
    pages = [
        page(replace(form, date=(f"FECHA: {months} 2023",)), quarter=q)
        for q, months in enumerate(("ENERO-MARZO", "ABRIL-JUNIO")[:quarters], start=1)
        for form in (incomes, spendings)
    ]
    forms = settle_extract([line for lines in pages for line in lines], replace(CATALOGS, unidades=())).formatos
    assert [f.unidad.is_sure for f in forms] == [quarters == 2] * 2 * quarters
    assert [f.unidad.valor for f in forms][:2] == ["31141", "31142"]


def test_a_code_of_another_shape_is_taken_where_the_catalogue_has_it_and_blocks_nobody() -> None:
    """OM-01 and six digits: settled from the catalogue, else in doubt; the page beside it settles all the same."""
    duties = MadeUpForm().duties
    lettered = replace(with_unit(MadeUpForm(), "OM-01", "OFICIALIA MAYOR"), duties=duties[::-1])
    known = (Unit("02004", "OM-01", "Oficialía Mayor", "311"), Unit("02004", "311500", "Tesorería Municipal", "311"))
    other = replace(with_unit(MadeUpForm(), "311500", "TESORERIA MUNICIPAL"), duties=duties[1:] + duties[:1])
    pages = [line for form in (lettered, other, LATER) for line in page(form)]
    for units, sure in ((CATALOGS.unidades + known, ["OM-01", "311500", "31101"]), (CATALOGS.unidades, ["31101"])):
        forms = settle_extract(pages, replace(CATALOGS, unidades=units)).formatos
        assert [f.unidad.valor for f in forms if f.unidad.is_sure] == sure


def test_where_the_catalogue_says_nothing_most_codes_say_what_shape_they_have() -> None:
    """Beside two of five digits one of six waits for its line, though two quarters agree on it; the others do not."""
    duties = MadeUpForm().duties
    units = {"31141": "ARCHIVO HISTORICO", "31155": "CORO MUNICIPAL", "311500": "TESORERIA MUNICIPAL"}
    forms = [replace(with_unit(ARCHIVE, *unit), duties=duties[k:] + duties[:k]) for k, unit in enumerate(units.items())]
    lines = [
        line
        for q, months in enumerate(("ENERO-MARZO", "ABRIL-JUNIO"), start=1)
        for form in forms
        for line in page(replace(form, date=(f"FECHA: {months} 2023",)), quarter=q)
    ]
    found = settle_extract(lines, replace(CATALOGS, unidades=())).formatos
    assert [f.unidad.valor for f in found] == [*units] * 2
    assert [f.unidad.is_sure for f in found] == [True, True, False] * 2


@pytest.mark.parametrize(
    ("code", "later", "taken"),
    [("31149", "31140", False), ("61140", "31140", False), ("61140", None, False), ("31149", None, True)],
    ids=["another-code-later", "of-another-ramo", "of-another-ramo-alone", "borne-out"],
)
def test_two_pages_of_one_report_bear_each_other_out_in_what_a_copied_header_could_not(
    code: str, later: str | None, taken: bool
) -> None:
    """They have one header, misprint and all: ramo and programa must agree, and no other quarter say otherwise.

    Codes are misprinted around them, so that one page alone is no witness.
    """
    report = [replace(with_unit(ARCHIVE, code, "ARCHIVO HISTORICO"), numbers=(*range(n, n + 4),)) for n in (400, 404)]
    report[1] = replace(report[1], duties=tuple(f"{duty} en otra sede" for duty in MadeUpForm().duties[::-1]))
    pages = [page(form) for form in report]
    if later:
        pages.append(page(replace(with_unit(ARCHIVE, later, "ARCHIVO HISTORICO"), date=LATER.date), quarter=4))
    pages.append(page(with_unit(MadeUpForm(), "31701", "COORDINACION DE BIBLIOTECAS")))
    settled = [(f.unidad.valor, f.unidad.is_sure) for f in settle(*pages).formatos[:-1]]
    assert ((code, True) in settled) == taken


def test_two_units_of_one_name_that_number_their_actions_alike_are_two() -> None:
    """Two pages of one report share no number with other words.

    In the third quarter the first has not reported, and the second's page has lost its date: that says nothing.
    """
    quarters = ("ENERO-MARZO", "ABRIL-JUNIO")
    one, two = (with_unit(ARCHIVE, code, "DIRECCION") for code in ("31141", "31142"))
    two = replace(two, duties=MadeUpForm().duties[::-1])
    pages = [
        page(replace(form, date=(f"FECHA: {months} 2023",)), quarter=q)
        for form in (one, two)
        for q, months in enumerate(quarters, start=1)
    ]
    lines = [line for lines in (*pages, page(replace(two, date=("",)))) for line in lines]
    for units in ((), (Unit("02004", "31141", "Dirección", "311"),)):
        forms = settle_extract(lines, replace(CATALOGS, unidades=units)).formatos
        found = [(f.unidad.valor, f.unidad.is_sure) for f in forms]
        assert found == [("31141", True)] * 2 + [("31142", True)] * 3


def test_a_unit_made_of_half_of_another_is_one_where_two_quarters_print_its_name() -> None:
    """The actions and numbers of a unit one digit away are no proof of a misreading: that prints its own name."""
    numbers, duties = (*range(400, 408),), (*ARCHIVE.duties, *(f"{d} en otra sede" for d in ARCHIVE.duties[::-1]))
    whole = replace(with_unit(ARCHIVE, "31141", "ARCHIVO HISTORICO"), numbers=numbers, duties=duties)
    rest = replace(whole, numbers=numbers[:4], duties=duties[:4])
    made = replace(with_unit(whole, "31142", "SALAS DE CONCIERTO"), numbers=numbers[4:], duties=duties[4:])
    pages = [
        page(replace(form, date=(f"FECHA: {months} 2023",)), quarter=q)
        for q, months in MONTHS.items()
        for form in ((whole,) if q < 3 else (rest, made))
    ]
    known = replace(CATALOGS, unidades=(Unit("02004", "31141", "Archivo Histórico", "311"),))
    forms = settle_extract([line for lines in pages for line in lines], known).formatos
    assert [f.unidad.valor for f in forms if f.unidad.is_sure] == ["31141", "31141", *["31141", "31142"] * 2]
