from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dagster_project.tmm_f004.model import Estado
from dagster_project.tmm_f004.page.header import Header, read_header
from dagster_project.tmm_f004.page.header_fields import Vocabulary
from dagster_project.tmm_f004.page.line_kinds import label_of
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, STYLES, TABLE_HEAD, MadeUpForm, header, rows

FIELDS = ("ramo", "programa", "unidad_ejecutora", "finalidad", "funcion", "subfuncion", "eje", "linea_accion")


def read(lines: list[str]) -> Header:
    return read_header([(n, t) for n, t in enumerate(lines, start=1) if t.strip()], Vocabulary(CATALOGS))


def printed(header_read: Header) -> list[tuple[str, str | None, str | None]]:
    return [(c.campo, c.codigo_impreso, c.texto_impreso) for c in header_read.campos]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_gives_the_same_fields(style: str) -> None:
    form = MadeUpForm()
    expected = [(f, code, name) for f, (code, name) in zip(FIELDS, form.fields, strict=True)]
    found = read(header(form, style))
    assert printed(found) == expected
    assert found.resto == ()


def test_a_code_in_brackets_behind_its_name_is_that_name_s() -> None:
    form = MadeUpForm()
    lines = [
        f"{label}: {name} ({code})" if label != "LINEAS DE ACCION" else f"{label}: {code} {name}"
        for label, (code, name) in zip(form.labels, form.fields, strict=True)
    ]
    assert printed(read(lines)) == [(f, code, name) for f, (code, name) in zip(FIELDS, form.fields, strict=True)]


def test_a_year_in_brackets_is_no_code() -> None:
    (field,) = read(["UNIDAD EJECUTORA: DIRECCION DE INGRESOS (2023)"]).campos
    assert (field.codigo_impreso, field.texto_impreso) == (None, "DIRECCION DE INGRESOS (2023)")


@pytest.mark.parametrize("style", [s for s in STYLES if s != "codes_apart"])
@pytest.mark.parametrize("lost", ["programa", "funcion", "eje"])
def test_a_lost_line_moves_no_other_field(style: str, lost: str) -> None:
    at = FIELDS.index(lost)
    form = MadeUpForm()
    form = replace(
        form, fields=form.fields[:at] + form.fields[at + 1 :], labels=form.labels[:at] + form.labels[at + 1 :]
    )
    found = {c.campo: c.codigo_impreso for c in read(header(form, style)).campos}
    assert found["unidad_ejecutora"] == "31101"
    assert found["linea_accion"] == "3.1.4"
    assert lost not in found or style == "no_labels"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("SUBSUNCIÓN", "subfuncion"), ("PRIVALIDAD", "finalidad"), ("FUNCIÓN", "funcion"), ("RAM0", None),
        ("UNIDAD EJECUTIVA", "unidad_ejecutora"), ("LÍNEA DE ACCIÓN", "linea_accion"), ("FICHA", "fecha"),
        ("GESTION ADMINISTRATIVA", None), ("511 GESTION", None), ("CAPACITACION", None),
    ],
)  # fmt: skip
def test_labels_are_known_also_misread(text: str, field: str | None) -> None:
    assert label_of(text) == field


def test_names_one_line_below_their_codes_are_put_right() -> None:
    """The programme's code is lost, so that each code stands beside the name of the field before."""
    names = [name for _, name in MadeUpForm().fields]
    codes = ["31", "31101", "2", "2", "2"]
    lines = [*(f"{c} {n}" for c, n in zip(codes, names, strict=False)), *names[5:6], "3.1.4 BIBLIOTECAS VIVAS"]
    found = {c.campo: (c.codigo_impreso, c.texto_impreso) for c in read(lines).campos}
    assert found["unidad_ejecutora"] == ("31101", "COORDINACION DE BIBLIOTECAS")
    assert found["programa"] == (None, "FOMENTO A LA LECTURA")


def test_several_lines_of_action_on_one_line_are_parted() -> None:
    found = read(
        ["RAMO: 31 CULTURA", "PROGRAMA: 311 FOMENTO", "LINEAS DE ACCION:\t3.1.4 LEER MAS. 3.1.5 ESCRIBIR MAS."]
    )
    lines = found.fields("linea_accion")
    assert [(c.codigo_impreso, c.texto_impreso) for c in lines] == [("3.1.4", "LEER MAS"), ("3.1.5", "ESCRIBIR MAS")]


def test_form_code_beside_a_label_is_no_value() -> None:
    found = read(["RAMO: TMM-F004", "31 CULTURA", "311 FOMENTO A LA LECTURA", "31101 COORDINACION DE BIBLIOTECAS"])
    assert found.field("ramo").codigo_impreso == "31"


def test_line_that_is_no_field_is_left_over() -> None:
    found = read([*header(MadeUpForm(), "label_value"), "", "(sello ilegible de recepcion, oficialia)"])
    assert [n for n, _ in found.resto] == [10]


def test_a_wrapped_name_is_joined() -> None:
    found = read([*header(MadeUpForm(), "label_value"), "Y ABIERTAS A TODOS"])
    assert found.campos[-1].texto_impreso == "BIBLIOTECAS VIVAS Y ABIERTAS A TODOS"


@pytest.mark.parametrize("above", [True, False])
def test_a_unit_that_answers_for_the_executing_one_is_another(above: bool) -> None:
    """UNIDAD RESPONSABLE is the executing unit's label where no other is printed; beside UNIDAD EJECUTORA it is not."""
    lines = header(MadeUpForm(), "label_value")
    lines.insert(2 if above else 3, "UNIDAD RESPONSABLE: 31105 DEPARTAMENTO DE MUSEOS")
    form = [*MadeUpForm().title, "", *lines, "", "TMM-F004", *MadeUpForm().date, "", *TABLE_HEAD, *rows(MadeUpForm())]
    (found,) = settle_extract(form, CATALOGS).formatos
    assert (found.unidad.valor, found.unidad.estado) == ("31101", Estado.EXACTA)
    assert [text for _, text in read(lines).resto] == ["UNIDAD RESPONSABLE: 31105 DEPARTAMENTO DE MUSEOS"]
    assert read([t.replace("EJECUTORA", "RESPONSABLE") for t in header(MadeUpForm(), "label_value")]) == read(
        header(MadeUpForm(), "label_value")
    )


@pytest.mark.parametrize("first", range(len(FIELDS)))
@pytest.mark.parametrize("turned", [False, True])
def test_lines_with_their_labels_may_stand_in_any_order(first: int, *, turned: bool) -> None:
    """Another office's header, which names every line: its unit first, its ramo last."""
    form = MadeUpForm()
    lines = header(form, "label_value")
    lines = [*lines[first:], *lines[:first]][:: -1 if turned else 1]
    expected = [(f, code, name) for f, (code, name) in zip(FIELDS, form.fields, strict=True)]
    assert sorted(printed(read(lines))) == sorted(expected)


def side_by_side(cells: list[str], wide: int, gap: str = "\t") -> list[str]:
    return [gap.join(cells[k : k + wide]) for k in range(0, len(cells), wide)]


@pytest.mark.parametrize(
    "laid_out",
    [
        pytest.param(lambda said: side_by_side([f"{f}: {c} {n}" for f, c, n in said], 3), id="three a line"),
        pytest.param(lambda said: side_by_side([f"{f}: {c} {n}" for f, c, n in said], 2, " " * 6), id="two, blanks"),
        pytest.param(lambda said: side_by_side([f"{f} {c} {n}" for f, c, n in said], 2), id="two, no colons"),
        pytest.param(lambda said: side_by_side([f"{f}\t{c}\t{n}" for f, c, n in said], 2), id="two, in cells"),
        pytest.param(
            lambda said: side_by_side([f"{f}: {c} {n}" for f, c, n in (*said[2:], *said[:2])], 3), id="turned"
        ),
        pytest.param(
            lambda said: ["\t".join(f for f, _, _ in said), "\t".join(f"{c} {n}" for _, c, n in said)],
            id="labels above",
        ),
        pytest.param(lambda said: [f"{f}: ({c}) {n}" for f, c, n in said], id="codes in brackets"),
    ],
)
def test_fields_may_stand_side_by_side(laid_out: Callable[[list[tuple[str, str, str]]], list[str]]) -> None:
    """Offices lay the form's header out in columns."""
    form = MadeUpForm()
    lines = laid_out([(label, code, name) for label, (code, name) in zip(form.labels, form.fields, strict=True)])
    expected = [(f, code, name) for f, (code, name) in zip(FIELDS, form.fields, strict=True)]
    assert sorted(printed(read(lines))) == sorted(expected)


def test_a_code_may_stand_behind_its_name() -> None:
    form = MadeUpForm()
    lines = [f"{label}\t{name}\t{code}" for label, (code, name) in zip(form.labels[:-1], form.fields, strict=False)]
    assert printed(read(lines)) == [(f, code, name) for f, (code, name) in zip(FIELDS[:-1], form.fields, strict=False)]
