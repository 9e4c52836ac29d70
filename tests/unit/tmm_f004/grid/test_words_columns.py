"""Columns of pages of words: each text, measure, remark and figure in its own, and none that is not the form's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from dagster_project.sources.document import Box, Word
from dagster_project.tmm_f004.grid.pieces import line_height, pieces_of
from tests.support.drawn_pages import (
    BLANK,
    FIGURES,
    LETTER,
    PITCH,
    Sheet,
    draw_head,
    draw_header,
    draw_rows,
    draw_signatures,
    drawn,
)  # fmt: skip
from tests.support.printed_tables import READ as PRINTED
from tests.support.printed_tables import WHOLE
from tests.unit.tmm_f004.grid.test_words_page import READ, ROWS, cells, lines_of, read


def test_the_plan_to_date_is_no_column_of_the_form() -> None:
    """P and A under AVANCE ABSOLUTO: 2,059 and 2,058 of 12,044 are both 17 %, and only the place tells them apart."""
    sheet = Sheet()
    draw_header(sheet, quarter=1)
    draw_head(sheet)
    level = next(w.box for w in sheet.words if w.text == "P").y0 + 3.6
    sheet.put(725, level, "P", "center")
    sheet.put(752, level, "A", "center")
    sheet.put(725, sheet.y, "2,059", "center")
    sheet.put(752, sheet.y, "2,058", "center")
    figures = "12,044|2,059|2,058|4,625||4,716||644|||17%"
    draw_rows(sheet, [f"3.1.4|700.- Abrir salas de lectura|Sala|{figures}|"], at_top=True)
    lines = lines_of(sheet.page())
    assert cells(lines, 700)[3:] == [
        "12,044",
        "2,059",
        "2,058",
        "4,625",
        "",
        "4,716",
        "",
        "644",
        "",
        "2,058",
        "17%",
        "",
    ]
    assert len(cells(lines, 700)) == len(next(line for line in lines if "METAS" in line.text).places)


def test_a_measure_or_remark_that_is_like_a_label_ends_no_table_that_goes_on() -> None:
    """Reunión is like FUNCIÓN, ``programada.`` like PROGRAMA: the page has no head that rows could be told by."""
    rows = [row.replace("|Acervo|", "|Reunión|").replace("|Préstamo|", "|Reunión|") for row in ROWS]
    rows[2] = rows[2].replace("Sin novedad", "Se cumple con lo que era la meta programada.")
    first, second = Sheet(), Sheet()
    draw_header(first)
    draw_head(first)
    draw_rows(first, rows[:1])
    draw_rows(second, rows[1:])
    draw_signatures(second)
    codes = {"3.1.4": (66.5, 83.5)}  # close to the text: they are one text on their level
    second.words = [_moved(w, *codes.get(w.text, (w.box.x0, w.box.x1))) for w in second.words]
    assert read(first.page(1), second.page(2)) == READ
    assert cells(lines_of(first.page(1), second.page(2)), 703)[1].endswith("darlas de alta en el acervo")


def test_remarks_begin_where_their_lines_begin() -> None:
    """Right behind the percentages: a gap between their first words may be wider than the one before them."""
    sheet = drawn([f"{row.rpartition('|')[0]}|Se cumple" for row in ROWS])
    ends = max(w.box.x1 for w in sheet.words if w.text.endswith("%"))
    begun = {"Se": ends + 1, "cumple": ends + 11}
    sheet.words = [
        _moved(w, begun[w.text], begun[w.text] + w.box.x1 - w.box.x0) if w.text in begun else w for w in sheet.words
    ]
    assert [cells(lines_of(sheet.page()), n)[-1] for n in READ] == ["Se cumple"] * 4


def test_remarks_of_a_page_without_a_head_begin_where_they_begin_there() -> None:
    """The page before has none, or few: its table's end is a guess."""
    first, second = Sheet(), Sheet()
    draw_header(first)
    draw_head(first)
    draw_rows(first, [f"{ROWS[0].rpartition('|')[0]}|"])
    draw_rows(second, [f"{row.rpartition('|')[0]}|Se cumple" for row in ROWS[1:]])
    ends = max(w.box.x1 for w in second.words if w.text.endswith("%"))
    begun = {"Se": ends + 1, "cumple": ends + 11}
    second.words = [
        _moved(w, begun[w.text], begun[w.text] + w.box.x1 - w.box.x0) if w.text in begun else w for w in second.words
    ]
    lines = lines_of(first.page(1), second.page(2))
    assert [cells(lines, n)[-1] for n in READ] == ["", *["Se cumple"] * 3]


def test_codes_side_by_side_stand_before_the_text() -> None:
    """Where the blank between two codes is wider than that before the text."""
    sheet = Sheet()
    draw_header(sheet)
    draw_head(sheet)
    draw_rows(sheet, [row.replace("3.1.4|", "3.1.4 3.1.5|") if row.startswith("3.1.4|") else row for row in ROWS])
    sheet.words = [_moved(w, 66.5, 83.5) if w.text == "3.1.5" else w for w in sheet.words]
    assert [cells(lines_of(sheet.page()), n)[0] for n in READ] == ["3.1.4 3.1.5"] * 4
    assert cells(lines_of(sheet.page()), 701)[1] == "701.- Reparar libros"


def _moved(word: Word, x0: float, x1: float) -> Word:
    return replace(word, box=replace(word.box, x0=x0, x1=x1))


def _uneven(sheet: Sheet, rows: Sequence[str], *, names_over: str = "P", at: str = "center") -> None:
    """A table as a spreadsheet prints it without merged cells: P wide, A narrow, a quarter's name over one of them."""
    lefts = (60, 90, 320, 385, *(x for k in range(4) for x in (430 + 75 * k, 480 + 75 * k)), 730, 790, 850)
    middles = [(a + b) / 2 for a, b in pairwise(lefts)]
    y = sheet.y + 2 * PITCH
    for x, lines in zip(middles[:4], (("LINEA DE", "ACCION", "P.M.D."), ("METAS Y", "ACCIONES"), ("UNIDAD", "MEDIDA"),
                                      ("META", "ANUAL")), strict=True):  # fmt: skip
        for k, text in enumerate(lines):
            sheet.put(x, y + (k - (len(lines) - 1) / 2) * PITCH, text, "center")
    sheet.put(middles[4], y, "PERIODO", "center")
    for x, upper, lower in ((760, "AVANCE", "ABSOLUTO"), (820, "ACUMULADO", "RELATIVO")):
        sheet.put(x, y - PITCH / 2, upper, "center")
        sheet.put(x, y + PITCH / 2, lower, "center")
    for k, (first, last) in enumerate((("ENE-", "MAR"), ("ABR-", "JUN"), ("JUL-", "SEP"), ("OCT-", "DIC"))):
        x = middles[4 + 2 * k + (names_over == "A")]
        if k == 2:
            sheet.put(x, y + 3 * PITCH, first + last, "center")
        else:
            sheet.put(x, y + 2.5 * PITCH, first, "center")
            sheet.put(x, y + 3.5 * PITCH, last, "center")
    for k, x in enumerate(middles[4:12]):
        at_left = names_over == "left"
        sheet.put(lefts[4 + k] + 2 if at_left else x, y + 5 * PITCH, "PA"[k % 2], "left" if at_left else "center")
    sheet.y = y + 6.5 * PITCH
    for row in rows:
        codes, text, measure, *figures, _ = row.split("|")
        sheet.put(lefts[1] - 3, sheet.y, codes, "right")
        sheet.put(lefts[1] + 2, sheet.y, text)
        sheet.put(middles[2], sheet.y, measure, "center")
        for left, right, figure in zip(lefts[3:], lefts[4:], figures, strict=False):
            sheet.put((left + right) / 2 if at == "center" else right - 3, sheet.y, figure, at)
        sheet.y += 1.5 * PITCH
    sheet.y += 2 * PITCH


@pytest.mark.parametrize("names_over", ["P", "A", "left"])
@pytest.mark.parametrize("at", ["center", "right"])
@pytest.mark.parametrize("rows", [WHOLE, WHOLE[:1]])
def test_columns_of_unequal_width_are_where_their_marks_are(rows: Sequence[str], at: str, names_over: str) -> None:
    """Whatever a quarter's name stands over, where names wrap, and where figures are set in a wide column's corner."""
    sheet = Sheet()
    draw_header(sheet)
    _uneven(sheet, rows, names_over=names_over, at=at)
    draw_signatures(sheet)
    lines = lines_of(sheet.page())
    for row in rows:
        assert cells(lines, int(row.split("|")[1][:3])) == row.split("|")
    assert read(sheet.page()) == dict(list(PRINTED.items())[: len(rows)])


def test_names_that_begin_above_the_word_over_all_quarters_are_of_the_head() -> None:
    sheet = Sheet()
    draw_header(sheet)
    _uneven(sheet, WHOLE)
    head = next(line.text for line in lines_of(sheet.page()) if "METAS" in line.text)
    assert head.split("\t")[:4] == ["LINEA DE ACCION P.M.D.", "METAS Y ACCIONES", "UNIDAD MEDIDA", "META ANUAL"]


def test_a_date_right_above_a_head_is_none_of_its_names() -> None:
    """Where no word stands over the quarters, a head's first lines are those above them: up to the date."""
    sheet = Sheet()
    draw_header(sheet, quarter=2)
    sheet.y -= PITCH
    draw_head(sheet)
    sheet.words = [w for w in sheet.words if w.text not in ("PERIODO", "ACUMULADO")]
    draw_rows(sheet, ROWS)
    draw_signatures(sheet)
    assert any("FECHA" in line.text for line in lines_of(sheet.page()))
    assert read(sheet.page()) == READ


def test_codes_under_a_short_name_are_no_part_of_the_text() -> None:
    sheet = drawn(ROWS)
    sheet.words = [replace(w, text="L/A") if w.text == "LINEA" else w for w in sheet.words if w.text != "P.M.D."]
    lines = lines_of(sheet.page())
    assert [cells(lines, number)[0] for number in READ] == ["3.1.4", "3.1.4 3.1.5", "3.1.4", "3.1.4"]


def test_lines_of_a_text_are_read_in_their_order_where_rows_stand_far_apart() -> None:
    """Most print is of figures, a row from each other: the distance of a text's lines is that of its letters."""
    sheet = Sheet()
    for k in range(12):
        sheet.put(30, sheet.y, f"70{k}.- Abrir salas de lectura en el valle")
        sheet.put(30, sheet.y + PITCH, "pública.")
        for x in FIGURES:
            sheet.put(x, sheet.y + PITCH / 2, "12", "center")
        sheet.y += 2.2 * PITCH
    letters = pieces_of([replace(w, confidence=None) for w in sheet.words])
    assert line_height(letters) < 1.4 * PITCH


def test_a_number_in_a_column_of_its_own() -> None:
    """Named so before the codes: without a name it would be one of them."""
    sheet = Sheet()
    draw_header(sheet)
    draw_head(sheet)
    sheet.put(4, sheet.y - 3 * PITCH, "No.")
    parted = [(row.split("|"), row.split("|")[1].partition(".- ")) for row in ROWS]
    for cells_of_row, (number, _, text) in parted:
        sheet.put(4, sheet.y, number)
        draw_rows(sheet, ["|".join([cells_of_row[0], text, *cells_of_row[2:]])], at_top=True)
    draw_signatures(sheet)
    begun = [line.text.split("\t")[:2] for line in lines_of(sheet.page()) if line.text[:3].isdigit()]
    assert begun == [[str(number), row.split("|")[0]] for number, row in zip(READ, ROWS, strict=True)]
    assert read(sheet.page()) == READ


def test_a_measure_set_at_the_left_under_a_name_on_one_line() -> None:
    """The name's middle is that of all of it: the widest gap before MEDIDA alone lies behind the measures."""
    sheet = drawn(WHOLE)
    named = [w for w in sheet.words if w.text in ("UNIDAD", "DE", "MEDIDA") and w.box.x0 > 320][-3:]
    level = sum(w.box.y0 for w in named) / len(named)
    measures = {row.split("|")[2] for row in WHOLE}
    ends = max(w.box.x1 for w in sheet.words if w.box.x0 < 310 and w.box.y0 > level + 3 * PITCH)
    x = ends + 8
    for text in ("UNIDAD", "DE", "MEDIDA"):
        at = next(k for k, w in enumerate(sheet.words) if w in named and w.text == text)
        sheet.words[at] = Word(text, Box(x, level, x + len(text) * LETTER, level + 7.2), 0.99)
        x = sheet.words[at].box.x1 + BLANK
    sheet.words = [
        _moved(w, ends + 6, ends + 6 + w.box.x1 - w.box.x0) if w.text in measures else w for w in sheet.words
    ]
    lines = lines_of(sheet.page())
    assert [cells(lines, number)[2] for number in PRINTED] == ["Sala", "Libro", "Préstamo", "Acervo"]


@pytest.mark.parametrize("down", [0.0, 6.0, 11.0])
def test_marks_stand_below_names_that_wrap(down: float) -> None:
    """A head is as high as the highest name beside its quarters."""
    sheet = drawn(ROWS)
    level = next(w.box.y0 for w in sheet.words if w.text == "PERIODO") + 1.4 * PITCH
    sheet.words = [
        replace(w, box=replace(w.box, y0=w.box.y0 + down, y1=w.box.y1 + down)) if w.box.y0 > level + PITCH else w
        for w in sheet.words
    ]
    marks = next(line.text for line in lines_of(sheet.page()) if "\tP\tA\t" in line.text)
    assert marks.split("\t")[4:12] == ["P", "A"] * 4
    assert read(sheet.page()) == READ
    assert sum("\tP\tA\t" in line.text or line.text.startswith("P\tA") for line in lines_of(sheet.page())) == 1
