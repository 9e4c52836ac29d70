from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.model import Estado, Form, Settled
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, STYLES, MadeUpForm, page, settle, with_unit

REAL = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
LATER = MadeUpForm(date=("FECHA: OCTUBRE-DICIEMBRE 2023",))
MUSEUMS = ("31105", "DEPARTAMENTO DE MUSEOS")


def never_wrong(settled: Settled, truth: str) -> bool:
    """The rule of the house: right, or flagged."""
    return settled.valor == truth or settled.estado is Estado.DUDOSA


def what(form: Form) -> tuple[str | None, ...]:
    return (form.ente.valor, form.unidad.valor, form.corte, form.plan.valor, form.programa.valor)


@pytest.mark.parametrize("style", STYLES)
def test_a_clean_form_settles_exactly_in_every_style(style: str) -> None:
    found = settle(page(MadeUpForm(), style))
    (form,) = found.formatos
    assert what(form) == ("02004", "31101", "2023-T3", "con_eje", "311")
    assert form.unidad.estado is form.anio.estado is form.trimestre.estado is Estado.EXACTA
    assert [r.accion for r in form.renglones] == [700, 701, 702, 703]
    assert found.rechazos == ()


@pytest.mark.parametrize("style", [s for s in STYLES if s != "shifted"])
@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("37101", "COORDINACION DE BIBLIOTECAS"),
        ("3101", "COORDINACION DE BIBLIOTECAS"),
        ("31101", "COORDINAGION DE BIBLIQTECAS"),
        ("31101", ""),
        ("9400", "COORDINACION DE BIBLIOTECAS"),
        ("31105", "COORDINACION DE BIBLIOTECAS"),
        ("31102", "REPOSICION DE SERVICIOS DE BAJA CALIFORNIA"),
    ],
    ids=["misread", "digit-lost", "name-misread", "name-lost", "another-code", "another-unit", "both-misread"],
)
def test_one_damaged_unit_is_never_sure_and_wrong(style: str, code: str, name: str) -> None:
    (form,) = settle(page(with_unit(MadeUpForm(), code, name), style)).formatos
    assert never_wrong(form.unidad, "31101")
    if form.unidad.estado is Estado.EXACTA:
        assert code == "31101"


def test_other_quarters_of_the_unit_settle_an_unreadable_unit() -> None:
    """The same actions in the same places stand on the other page."""
    torn = with_unit(MadeUpForm(), "9400", "REPOSICION DE SERVICIOS")
    first, second = settle(page(torn), page(LATER)).formatos
    assert (first.unidad.valor, first.unidad.estado) == ("31101", Estado.REPARADA)
    assert "mismas_acciones" in first.unidad.regla
    assert (second.unidad.valor, second.unidad.estado) == ("31101", Estado.EXACTA)


def test_code_of_one_unit_with_the_name_of_another_is_doubtful() -> None:
    """Nothing on the page says which of the two is misread."""
    (form,) = settle(page(with_unit(MadeUpForm(), "31105", "COORDINACION DE BIBLIOTECAS"))).formatos
    assert form.unidad.estado is Estado.DUDOSA
    assert {form.unidad.valor, *(v for v, _ in form.unidad.alternativas)} >= {"31101", "31105"}


def test_what_settles_does_not_depend_on_the_order_of_pages() -> None:
    """The pool is a set: pages of three units and two quarters, in one order and in the other."""
    archive = replace(with_unit(MadeUpForm(), "31140", "ARCHIVO HISTORICO"), numbers=(400, 401, 402, 403))
    pages = [page(MadeUpForm()), page(LATER), page(archive), page(replace(archive, date=LATER.date))]

    def settled(order: list[list[str]]) -> set[tuple[object, ...]]:
        forms = settle(*order).formatos
        return {(f.unidad, f.trimestre, f.plan, tuple(r.accion for r in f.renglones)) for f in forms}

    apart = [[*one, "", ""] for one in pages]
    assert settled(apart) == settled(apart[::-1])


@pytest.mark.parametrize(
    ("date", "quarter"),
    [
        (("FECHA: JULIO-SEPTIEMBRE 2023",), "3"),
        (("FECHA: Julio a Septiembre de 2023",), "3"),
        (("JUL-SEP 2023",), "3"),
        (("FECHA:", "JULIO - SEPTIEMBRE 2023"), "3"),
        (("FECHA: TERCER TRIMESTRE 2023",), "3"),
        (("FECHA: 3ER TRIMESTRE DE 2023",), "3"),
        (("FECHA: JULLO-SEPTIEMBPE 2023",), "3"),
        (("FICHA: JULIOSEPTIEMBRE 2023",), "3"),
        (("FECHA: JULIO-SEPTIEMBRE",), "3"),
    ],
)
def test_the_period_is_read_however_it_is_written(date: tuple[str, ...], quarter: str) -> None:
    (form,) = settle(page(MadeUpForm(date=date))).formatos
    assert (form.trimestre.valor, form.trimestre.estado) == (quarter, Estado.EXACTA)
    assert form.anio.valor == "2023"


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "date", [(), ("FECHA: 14 MAR 2023",), ("FECHA: XXXX",)], ids=["lost", "invented", "unreadable"]
)
def test_a_lost_period_is_right_or_flagged_and_never_exact(quarter: int, date: tuple[str, ...]) -> None:
    (form,) = settle(page(MadeUpForm(date=date), quarter=quarter)).formatos
    assert never_wrong(form.trimestre, str(quarter))
    assert form.trimestre.estado is not Estado.EXACTA


def test_years_that_contradict_are_doubtful() -> None:
    (form,) = settle(page(MadeUpForm(date=("FECHA: JULIO-SEPTIEMBRE 2021",)))).formatos
    assert form.anio.estado is Estado.DUDOSA
    assert {form.anio.valor, *(v for v, _ in form.anio.alternativas)} == {"2021", "2023"}


def test_a_page_without_year_takes_that_of_its_units_other_page() -> None:
    bare = MadeUpForm(title=("AVANCE FISICO PROGRAMATICO",), date=("FECHA: JULIO-SEPTIEMBRE",))
    first, _ = settle(page(bare), page(LATER)).formatos
    assert (first.anio.valor, first.anio.estado) == ("2023", Estado.REPARADA)


def test_a_form_of_the_plan_without_eje_is_told_by_header_and_quarter() -> None:
    fields, labels = MadeUpForm().fields, MadeUpForm().labels
    form = MadeUpForm(
        fields=fields[:6] + fields[7:], labels=labels[:6] + labels[7:], date=("FECHA: ENERO-MARZO 2022",),
        title=("XXV AYUNTAMIENTO DE TIJUANA", "PROGRAMA OPERATIVO ANUAL 2022"),
    )  # fmt: skip
    (settled,) = settle(page(form, quarter=1)).formatos
    assert (settled.plan.valor, settled.plan.estado) == ("sin_eje", Estado.EXACTA)


def test_header_of_one_plan_in_a_quarter_of_the_other_is_doubtful() -> None:
    form = MadeUpForm(
        date=("FECHA: ENERO-MARZO 2022",), title=("XXV AYUNTAMIENTO DE TIJUANA", "PROGRAMA OPERATIVO ANUAL 2022")
    )
    (settled,) = settle(page(form, quarter=1)).formatos
    assert settled.plan.estado is Estado.DUDOSA


def test_municipality_of_a_lost_title_comes_from_the_other_pages() -> None:
    first, second = settle(page(MadeUpForm(title=())), page(LATER)).formatos
    assert (first.ente.valor, first.ente.estado) == ("02004", Estado.REPARADA)
    assert (second.ente.valor, second.ente.estado) == ("02004", Estado.EXACTA)


def test_a_municipality_nobody_knows_is_never_taken_for_the_supposed_one() -> None:
    lines = page(MadeUpForm(title=("XXI AYUNTAMIENTO DE COMONDU", "PROGRAMA OPERATIVO ANUAL 2023")))
    (form,) = settle_extract(lines, replace(CATALOGS, ente_supuesto="02004")).formatos
    assert form.ente.estado is Estado.DUDOSA


def test_the_supposed_municipality_fills_a_lost_title() -> None:
    (form,) = settle_extract(page(MadeUpForm(title=())), replace(CATALOGS, ente_supuesto="02001")).formatos
    assert (form.ente.valor, form.ente.estado, form.ente.regla) == ("02001", Estado.REPARADA, "supuesto")


def test_nothing_to_go_by_leaves_the_municipality_open() -> None:
    (form,) = settle(page(MadeUpForm(title=()))).formatos
    assert (form.ente.valor, form.ente.estado) == (None, Estado.DUDOSA)


def test_numbers_lost_on_a_page_follow_from_the_next_page_of_the_same_reporte() -> None:
    first = MadeUpForm(numbers=(None,) * 4)
    rest = MadeUpForm(
        numbers=(704, 705),
        duties=("Inventariar mapotecas con criterios de conservación preventiva anual", "Afinar pianos"),
    )
    pages = settle(page(first), page(rest)).formatos
    assert [[r.accion for r in p.renglones] for p in pages] == [[700, 701, 702, 703], [704, 705]]
    assert all(r.accion_inferida and r.accion_regla == "secuencia_siguiente" for r in pages[0].renglones)


def test_a_page_that_is_printed_twice_running_does_not_stand_behind_itself() -> None:
    """Without any number it was put behind the page before it, which was itself: a fuzzer's find."""
    bare = page(MadeUpForm(numbers=(None,) * 4))
    assert [form.formato for form in settle(bare, bare).formatos] == [1, 2]


def test_a_form_cut_within_a_row_keeps_its_rows_and_says_so() -> None:
    lines = page(MadeUpForm())
    cut = next(n for n, t in enumerate(lines) if "702.-" in t)
    torn = [*lines[:cut], lines[cut][: lines[cut].index("\t24\t") + 6]]
    found = settle(torn)
    (form,) = found.formatos
    assert what(form)[:3] == ("02004", "31101", "2023-T3")
    assert [r.accion for r in form.renglones][:2] == [700, 701]
    assert [r.regla for r in found.rechazos if r.regla == "forma_cortada"] == ["forma_cortada"]
    assert found.rechazos[-1].linea == cut + 1


@pytest.mark.parametrize("keep", [6, 9, 16, 18])
def test_a_form_cut_before_its_rows_is_named_with_its_line(keep: int) -> None:
    found = settle(page(LATER), page(MadeUpForm())[:keep])
    assert found.formatos[0].unidad.valor == "31101"
    assert "forma_cortada" in {r.regla for r in found.rechazos}
    assert all(r.linea > 0 and r.razon for r in found.rechazos)


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ([], "archivo_vacio"),
        (["", " "], "archivo_vacio"),
        (["Estimado ciudadano:", "su solicitud 54101 procede."], "sin_formato"),
    ],
)
def test_a_file_without_a_form_gives_one_refusal_that_says_why(lines: list[str], rule: str) -> None:
    found = settle(lines)
    assert found.formatos == ()
    assert [(r.regla, bool(r.razon)) for r in found.rechazos] == [(rule, True)]


def test_every_part_goes_out_as_fields_in_order_of_their_lines() -> None:
    (form,) = settle(page(MadeUpForm())).formatos
    kinds = [c.campo for c in form.campos]
    assert kinds.count("titulo") == 4
    assert kinds.count("firma") == 3
    assert {"ramo", "finalidad", "funcion", "subfuncion", "eje", "linea_accion", "fecha"} <= set(kinds)
    assert [c.linea for c in form.campos] == sorted(c.linea for c in form.campos)
    values = {c.campo: c.valor for c in form.campos}
    assert (values["subfuncion"], values["ramo"], values["fecha"]) == ("2.2.2", "31", "2023-T3")


def test_a_line_code_printed_otherwise_once_follows_the_other_pages_of_its_plan() -> None:
    odd = replace(LATER, fields=(*MadeUpForm().fields[:-1], ("3.1.9", "BIBLIOTECAS VIVAS")))
    pages = settle(page(MadeUpForm()), page(odd)).formatos
    fields = [next(c for c in p.campos if c.campo == "linea_accion") for p in pages]
    assert [(c.codigo_impreso, c.valor) for c in fields] == [("3.1.4", "3.1.4"), ("3.1.9", "3.1.4")]


def test_two_units_with_the_same_duties_in_the_same_quarter_stay_two() -> None:
    first, second = settle(page(MadeUpForm()), page(with_unit(MadeUpForm(), *MUSEUMS))).formatos
    assert [first.unidad.valor, second.unidad.valor] == ["31101", "31105"]
    assert second.unidad.estado is Estado.EXACTA


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=80), st.sampled_from(page(MadeUpForm()) + page(LATER, "codes_apart"))), max_size=80
    )
)
def test_any_text_is_settled_without_an_error(lines: list[str]) -> None:
    found = settle(lines)
    assert found.formatos or found.rechazos
    assert all(f.linea_inicio <= r.linea <= f.linea_fin for f in found.formatos for r in f.renglones)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_form_with_lines_lost_or_doubled_is_settled_without_an_error(data: st.DataObject) -> None:
    lines = page(MadeUpForm(), data.draw(st.sampled_from(STYLES))) + page(LATER, data.draw(st.sampled_from(STYLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines = [*lines[:at], *lines[at + 1 :]] if data.draw(st.booleans()) else [*lines[:at], lines[at], *lines[at:]]
    for form in settle(lines).formatos:
        assert form.unidad.valor in ("31101", None) or form.unidad.estado is Estado.DUDOSA


@pytest.mark.parametrize("line", ["A" * 2_000_000, "1\t" * 500_000, "2.1.1 " * 300_000, "- " * 500_000, "a:" * 500_000])
def test_a_very_long_line_is_no_trouble(line: str) -> None:
    found = settle([*page(MadeUpForm()), line])
    assert [f.unidad.valor for f in found.formatos] == ["31101"]


def test_the_real_extract_settles_page_by_page() -> None:
    lines = REAL.read_text(encoding="utf-8").split("\n")
    found = settle_extract(lines, load_catalogs(REAL.parents[2]))
    forms = found.formatos
    units = ["54101", "54101", "54102", "54102", "54201", "54201", "54202", "54202", "54204", "54204", "54204"]
    assert [(f.unidad.valor, f.corte) for f in forms] == [
        (u, f"2022-T{q}") for u, q in zip(units, (1, 4, 1, 4, 1, 4, 1, 4, 1, 1, 4), strict=True)
    ]
    assert [f.plan.valor for f in forms] == ["sin_eje" if f.trimestre.valor == "1" else "con_eje" for f in forms]
    assert sum(len(f.renglones) for f in forms) == 68
    assert [r.accion for r in forms[8].renglones] == [600, 601, 602, 603, 604]
    assert (forms[6].renglones[-1].accion, forms[6].renglones[-1].accion_inferida) == (406, True)
    assert {f.ente.valor for f in forms} == {"02002"}
    assert found.rechazos == ()
