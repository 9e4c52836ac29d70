"""Whole pages of words: what is read of them is what they print, however they lie, lean, go on or are stamped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dagster_project.sources.document import Document, Kind, Page, PlacedLine
from dagster_project.tmm_f004.grid.lines import placed_lines
from dagster_project.tmm_f004.model import Estado
from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.drawn_pages import (
    FIGURES,
    PITCH,
    Sheet,
    draw_head,
    draw_header,
    draw_rows,
    draw_signatures,
    drawn,
)
from tests.support.made_up_forms import CATALOGS, TITLE, MadeUpForm, header
from tests.support.printed_tables import sure

ROWS = (
    "3.1.4|700.- Abrir salas de lectura en el valle y en las colonias de la costa para acercar los libros a todos|Sala|"
    "446|126|128|91|95|207||22||223|50%|Se rebasa por la demanda de la comunidad, que en las colonias pidió más salas "
    "de las que hay en toda la zona y también en el valle",
    "3.1.4 3.1.5|701.- Reparar libros|Libro de consulta nuevo|150|50|52|0|0|100||0||52|35%|",
    "3.1.4|702.- Prestar equipo de cómputo|Préstamo|1,276|376|380|271|265|507||122||645|51%|Sin novedad",
    "3.1.4|703.- Catalogar donaciones de particulares que llegan a la biblioteca central de la ciudad, por tema y por "
    "año, y darlas de alta en el acervo|Acervo|20|5|5|5|6|5||5||11|55 %|",
)
READ = {
    700: "446 | 126 91 207 22 | 128 95 - - | 223 | 50%",
    701: "150 | 50 0 100 0 | 52 0 - - | 52 | 35%",
    702: "1276 | 376 271 507 122 | 380 265 - - | 645 | 51%",
    703: "20 | 5 5 5 5 | 5 6 - - | 11 | 55%",
}


def lines_of(*pages: Page) -> list[PlacedLine]:
    return placed_lines(Document(Kind.PDF, pages, "drawn"))


def read(*pages: Page) -> dict[int | None, str]:
    return sure(list(read_lines([line.text for line in lines_of(*pages)], CATALOGS)))


def cells(lines: Sequence[PlacedLine], number: int) -> list[str]:
    """The cells of an action's line."""
    return next(line.text.split("\t") for line in lines if f"{number}.-" in line.text)


@pytest.mark.parametrize("at_top", [False, True])
@pytest.mark.parametrize("at", ["center", "right", "left"])
def test_figures_set_anywhere_in_their_columns_are_read(at_top: bool, at: str) -> None:
    sheet = Sheet()
    draw_header(sheet)
    draw_head(sheet)
    draw_rows(sheet, ROWS, at_top=at_top, at=at)
    draw_signatures(sheet)
    assert read(sheet.page()) == READ


def test_texts_go_with_the_row_they_stand_in() -> None:
    """Codes stand at half their row's height, and remarks reach above and below its figures."""
    lines = lines_of(drawn(ROWS).page())
    assert cells(lines, 701)[:3] == ["3.1.4 3.1.5", "701.- Reparar libros", "Libro de consulta nuevo"]
    assert cells(lines, 700)[1].endswith("acercar los libros a todos")
    assert cells(lines, 700)[-1].startswith("Se rebasa")
    assert cells(lines, 700)[-1].endswith("en el valle")
    assert [cells(lines, n)[-1] for n in (701, 702)] == ["", "Sin novedad"]


@pytest.mark.parametrize("lean", [-2.5, -0.4, 1.3])
def test_a_page_that_leans_is_read_as_a_level_one(lean: float) -> None:
    assert read(drawn(ROWS).page(lean=lean)) == READ


def test_each_cell_says_where_it_stands() -> None:
    page = drawn(ROWS).page(number=4)
    line = next(x for x in lines_of(page) if "702.-" in x.text)
    places = dict(zip(line.text.split("\t"), line.places, strict=True))
    own = next(w for w in page.words if w.text == "1,276")
    place = places["1,276"]
    assert place is not None
    assert (place.page, place.box, place.confidence) == (4, own.box, 0.99)
    assert places[""] is None


def test_a_table_goes_on_without_a_head_on_a_page_that_was_fed_otherwise() -> None:
    first, second = Sheet(), Sheet()
    draw_header(first)
    draw_head(first)
    draw_rows(first, ROWS[:2])
    second.y = 60
    draw_rows(second, ROWS[2:])
    draw_signatures(second)
    moved = Sheet()
    for word in second.words:
        box = word.box
        moved.put(box.x0 + 9, (box.y0 + box.y1) / 2, word.text)
    assert read(first.page(1), moved.page(2)) == READ
    assert cells(lines_of(first.page(1), moved.page(2)), 703)[4:12] == ["5", "5", "5", "6", "5", "", "5", ""]


def test_a_table_goes_on_with_its_head_repeated() -> None:
    first, second = Sheet(), Sheet()
    draw_header(first)
    draw_head(first)
    draw_rows(first, ROWS[:2])
    draw_head(second)
    draw_rows(second, ROWS[2:])
    draw_signatures(second)
    assert read(first.page(1), second.page(2)) == READ


def test_two_forms_stand_on_one_page() -> None:
    sheet = Sheet()
    for part in (ROWS[:2], ROWS[2:]):
        draw_header(sheet)
        draw_head(sheet)
        draw_rows(sheet, part)
        draw_signatures(sheet)
        sheet.y += 30
    rows = list(read_lines([line.text for line in lines_of(sheet.page())], CATALOGS))
    assert sure(rows) == READ
    assert {r["formato"] for r in rows} == {1, 2}


def test_a_line_of_a_text_that_is_a_labels_word_ends_no_table() -> None:
    """``… los servicios del / MUNICIPIO`` is wrapped, and so is ``… que se / Revisó``."""
    text = "703.- Catalogar donaciones de particulares que llegan a cada municipio"
    wrapped = [*ROWS[:3], f"3.1.4|{text}|Acervo|20|5|5|5|6|5||5||11|55 %|"]
    sheet = Sheet()
    draw_header(sheet)
    draw_head(sheet)
    draw_rows(sheet, wrapped, at_top=True)
    draw_signatures(sheet)
    sheet.words = [replace(w, text=w.text.upper()) for w in sheet.words]
    assert cells(lines_of(sheet.page()), 703)[1] == text.upper()


def test_a_page_without_a_form_among_others_is_text() -> None:
    letter = Sheet()
    for text in ("Oficio 125 de la Tesorería", "Se remite el avance de 3 unidades.", "Tijuana, a 12 de julio de 2023"):
        letter.line(text)
    lines = lines_of(letter.page(1), drawn(ROWS).page(2))
    assert [x.text for x in lines[:3]] == ["Oficio 125 de la Tesorería", "Se remite el avance de 3 unidades.",
                                           "Tijuana, a 12 de julio de 2023"]  # fmt: skip
    assert read(letter.page(1), drawn(ROWS).page(2)) == READ


def test_a_stamp_over_a_row_adds_no_figure() -> None:
    """Its words stand off the row's level, and off its columns' middles."""
    sheet = drawn(ROWS)
    row = next(w.box for w in sheet.words if w.text == "1,276")
    level = (row.y0 + row.y1) / 2
    sheet.put(FIGURES[0] - 14, level + 0.45 * PITCH, "2022", "center")
    sheet.put(350, level - 0.6 * PITCH, "15 ABR 2022", "center")
    sheet.put(FIGURES[6], level + 0.5 * PITCH, "15", "center")
    assert read(sheet.page()) == READ


def test_an_action_whose_figures_were_not_read_is_a_row_by_itself() -> None:
    """Its text is not given to the row above, whose figures would then be those of two actions."""
    sheet = drawn(ROWS)
    row = next(w.box for w in sheet.words if w.text == "1,276")
    level = (row.y0 + row.y1) / 2
    sheet.words = [w for w in sheet.words if not (w.box.x0 > 390 and w.box.x1 < 810 and w.box.y0 < level < w.box.y1)]
    lines = lines_of(sheet.page())
    assert cells(lines, 702)[:3] == ["3.1.4", "702.- Prestar equipo de cómputo", "Préstamo"]
    assert not any(cells(lines, 702)[3:-1])
    assert read(sheet.page()) == READ | {702: "dudosa"}


def test_words_that_an_engine_read_as_one_run_are_parted_at_the_columns() -> None:
    sheet = drawn(ROWS)
    row = next(w.box for w in sheet.words if w.text == "1,276")
    level = (row.y0 + row.y1) / 2
    glued = [w for w in sheet.words if 440 < w.box.x0 < 700 and w.box.y0 < level < w.box.y1]
    sheet.words = [w for w in sheet.words if w not in glued]
    one = glued[0]
    box = type(one.box)(one.box.x0, one.box.y0, glued[1].box.x1, one.box.y1)
    sheet.words += [type(one)(f"{one.text} {glued[1].text}", box, 0.9), *glued[2:]]
    assert read(sheet.page()) == READ


@pytest.mark.parametrize(
    ("printed", "looked_at"),
    [
        ("50%", "5096"),
        ("1,276", "1;276"),
        ("128", ".128"),
        ("35%", "350/0"),
        ("22", ":22"),
        ("50%", "50%6"),
        ("1,276", "1,.276"),
    ],
)
def test_what_an_engine_reads_of_a_mark_is_the_mark(printed: str, looked_at: str) -> None:
    sheet = drawn(ROWS)
    sheet.words = [replace(w, text=looked_at) if w.text == printed else w for w in sheet.words]
    assert read(sheet.page()) == READ


def test_words_in_a_figures_place_are_a_figure_that_cannot_be_read() -> None:
    """A stamp's word over the meta is no measure and no blank: the row is doubtful, the other figures stay in place."""
    sheet = drawn(ROWS)
    sheet.words = [replace(w, text="RECIBIDO") if w.text == "1,276" else w for w in sheet.words]
    lines = lines_of(sheet.page())
    assert cells(lines, 702)[2:5] == ["Préstamo", "?", "376"]
    assert read(sheet.page()) == {**READ, 702: "dudosa"}


def test_what_stands_far_from_a_label_is_its_value_and_from_another_text_a_line() -> None:
    sheet = Sheet()
    sheet.line("UNIDAD EJECUTORA\t- 31101 BIBLIOTECAS")
    sheet.line("2.1.1 FOMENTO A LA LECTURA\tTMM-F004")
    draw_head(sheet)
    draw_rows(sheet, ROWS)
    texts = [x.text for x in lines_of(sheet.page())]
    assert texts[:3] == ["UNIDAD EJECUTORA\t- 31101 BIBLIOTECAS", "2.1.1 FOMENTO A LA LECTURA", "TMM-F004"]


def test_another_form_whose_head_was_not_read_is_none_of_the_table_before() -> None:
    """Its title ends that table; its rows are read as text lines are."""
    first, second = Sheet(), Sheet()
    draw_header(first)
    draw_head(first)
    draw_rows(first, ROWS[:2])
    draw_signatures(first)
    draw_header(second)
    second.y += 30
    draw_rows(second, [row.replace("702", "802").replace("703", "803") for row in ROWS[2:]])
    draw_signatures(second)
    found = list(read_lines([line.text for line in lines_of(first.page(1), second.page(2))], CATALOGS))
    assert [(row["accion"], row["formato"], row["absoluto"]) for row in found if row["formato"] == 2] == [
        (802, 2, 645), (803, 2, 11),
    ]  # fmt: skip


@pytest.mark.parametrize("x", [28, 480, 900])
def test_a_date_below_the_rows_is_a_line_whatever_columns_it_stands_under(x: float) -> None:
    sheet = Sheet()
    for text in (*TITLE, *header(MadeUpForm(), "label_value")):
        sheet.line(text)
    draw_head(sheet)
    draw_rows(sheet, ROWS)
    sheet.line("FECHA: ABRIL-JUNIO 2023", x)
    sheet.y += 2 * PITCH
    draw_signatures(sheet)
    lines = [line.text for line in lines_of(sheet.page())]
    assert "FECHA: ABRIL-JUNIO 2023" in lines
    (form,) = settle_extract(lines, CATALOGS).formatos
    assert (form.trimestre.valor, form.trimestre.estado) == ("2", Estado.EXACTA)
    assert read(sheet.page()) == READ
    assert not form.renglones[-1].observaciones


def test_who_signs_right_below_the_table_is_no_remark_of_its_last_row() -> None:
    """Where no ELABORÓ stands between them."""
    (form,) = settle_extract([line.text for line in lines_of(drawn(ROWS).page())], CATALOGS).formatos
    assert [c.texto_impreso for c in form.campos if c.campo == "firma"] == [
        "ANA SOTO RUIZ", "LUIS MORA PAZ", "EVA DIAZ LARA",
    ]  # fmt: skip
    assert form.renglones[-1].observaciones == ""
