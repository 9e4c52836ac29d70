from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.tmm_f004.model import Refusal
from dagster_project.tmm_f004.page.page_split import PageLines, iter_pages
from tests.support.made_up_forms import STYLES, TABLE_HEAD, MadeUpForm, page, rows

LATER = MadeUpForm(date=("FECHA: OCTUBRE-DICIEMBRE 2023",))


def split_pages(lines: Sequence[str]) -> tuple[list[PageLines], list[Refusal]]:
    """The pages of an extract, and what belongs to none."""
    refused: list[Refusal] = []
    return list(iter_pages(lines, refused)), refused


@pytest.mark.parametrize("style", STYLES)
def test_two_forms_are_two_pages_in_every_style(style: str) -> None:
    """Title, header, table and signatures of both forms stand where they are, none of it left over."""
    first, second = page(MadeUpForm(), style), page(LATER, style)
    pages, refused = split_pages(first + second)
    assert [p.inicio for p in pages] == [1, len(first) + 1]
    assert [len(p.tabla) for p in pages] == [7, 7]
    assert all(p.titulo and p.firmas and not p.sueltas for p in pages)
    assert refused == []


def test_title_after_the_header_belongs_to_the_same_page() -> None:
    form = page(MadeUpForm(title=()))
    at = form.index("TMM-F004")
    lines = [*form[:at], *MadeUpForm().title, "", *form[at:]]
    pages, refused = split_pages(lines + page(LATER))
    assert len(pages) == 2
    assert len(pages[0].titulo) == 4
    assert refused == []


@pytest.mark.parametrize(
    "title",
    [
        ("AVANCE FISICO PROGRAMATICO",),
        ("XXV AYUTAMIENTO DE TLJUANA", "PROGRANA OPERATVO ANUAL 2023"),
        ("QQ RRRRR DE SSSS", "PROGRAMA OPERATIVO ANUAL 2023"),
        (),
    ],
    ids=["one-line", "misread", "municipality-unreadable", "lost"],
)
def test_damaged_titles_still_part_the_forms(title: tuple[str, ...]) -> None:
    second = page(replace(LATER, title=title))
    pages, _ = split_pages(page(MadeUpForm()) + second)
    assert [len(p.tabla) for p in pages] == [7, 7]
    assert len(pages[1].titulo) == len(title) + 1  # and TMM-F004


def test_a_line_named_maintenance_is_no_title() -> None:
    """MANTENIMIENTO is as near to AYUNTAMIENTO as some misreadings of it."""
    fields = (*MadeUpForm().fields[:-1], ("3.1.4", "MANTENIMIENTO DE VIALIDADES"))
    pages, refused = split_pages(page(MadeUpForm(fields=fields), "codes_apart"))
    assert len(pages) == 1
    assert refused == []


def test_table_that_goes_on_over_a_page_stays_one_page() -> None:
    """Its header is repeated, but neither title nor signatures stand between."""
    more = rows(replace(MadeUpForm(), numbers=(704, 705)))
    form = page(MadeUpForm())
    at = form.index("ANA SOTO RUIZ")
    pages, refused = split_pages([*form[:at], "", "", *TABLE_HEAD, *more, "", *form[at:]])
    assert len(pages) == 1
    assert len(pages[0].tabla) == 7 + 5
    assert refused == []


@pytest.mark.parametrize("banner", ["PROGRAMA 511 GESTION ADMINISTRATIVA", "EJE: 2 BIENESTAR", "3 VIVIENDA DIGNA"])
def test_a_table_whose_parts_are_named_stays_one_page(banner: str) -> None:
    """A label between the rows of a table, alone in a row of it, begins no form."""
    form = page(MadeUpForm())
    at = form.index(TABLE_HEAD[-1]) + 2
    parted = [*form[:at], f"\t{banner}" + "\t" * 12, *form[at:]]
    pages, _ = split_pages(parted)
    assert [len(p.tabla) for p in pages] == [8]


def test_a_unit_named_between_rows_begins_a_page() -> None:
    """What follows is another unit's, however little of its header is left."""
    form = page(MadeUpForm())
    at = form.index(TABLE_HEAD[-1]) + 2
    pages, _ = split_pages([*form[:at], "\tUNIDAD EJECUTORA: 54201 TALLERES" + "\t" * 12, *form[at:]])
    assert len(pages) == 2


def test_missing_signatures_do_not_join_two_forms() -> None:
    pages, _ = split_pages(page(MadeUpForm(signatures=())) + page(LATER))
    assert [len(p.tabla) for p in pages] == [7, 7]
    assert pages[0].firmas == ()


def test_table_after_signatures_is_a_page_of_its_own() -> None:
    """Title and header of the second form are lost altogether."""
    second = page(LATER)
    pages, _ = split_pages(page(MadeUpForm()) + second[second.index(TABLE_HEAD[0]) :])
    assert [len(p.tabla) for p in pages] == [7, 7]


def test_text_between_forms_is_refused_with_its_line() -> None:
    first = page(MadeUpForm())
    note = "Este documento es copia fiel del original que obra en los archivos de la dependencia."
    pages, refused = split_pages([*first, note, "", "", "", *page(LATER)])
    assert len(pages) == 2
    assert [(r.regla, r.linea, r.texto) for r in refused] == [("texto_sin_lugar", len(first) + 1, note)]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["", "  ", "\t"],
        ["El PROGRAMA OPERATIVO ANUAL 2023 se publica en la gaceta y el AVANCE se informa despues."],
        ["producto\tprecio\tcantidad\tIVA", *["tornillo\t3\t4\t12\t16%"] * 9],
        ["RAMO 33 del presupuesto", "FECHA: 3 MAYO 2023", "2 manzanas", "3 peras", "54 kilos"],
        ["\x00\x01\ufffd" * 40, "%PDF-1.4"],
    ],
    ids=["nothing", "blank", "prose", "price-list", "shopping", "binary"],
)
def test_text_that_is_no_form_gives_no_page(lines: list[str]) -> None:
    assert split_pages(lines)[0] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(page(MadeUpForm(), "tabs"))), max_size=60))
def test_any_lines_are_parted_without_loss(lines: list[str]) -> None:
    """Pages do not overlap, and stand in order."""
    pages, refused = split_pages(lines)
    assert all(a.fin < b.inicio for a, b in pairwise(pages))
    assert all(1 <= r.linea <= len(lines) for r in refused)
