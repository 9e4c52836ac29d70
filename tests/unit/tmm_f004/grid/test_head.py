"""The head of a table: its columns are found also where a scan lost marks or names, and a date is no head."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dagster_project.sources.document import Box, Word
from dagster_project.tmm_f004.grid.head import Head, heads
from dagster_project.tmm_f004.grid.head_names import top_of
from dagster_project.tmm_f004.grid.pieces import line_height, pieces_of
from tests.support.drawn_pages import FIGURES, PITCH, Sheet, draw_head

MIDDLES = [float(x) for x in FIGURES[1:9]]


def found(sheet: Sheet) -> list[Head]:
    pieces = pieces_of(sheet.page().words)
    return heads(pieces, line_height(pieces))


def columns(sheet: Sheet) -> list[float]:
    (head,) = found(sheet)
    return [round(mark.x, 0) for mark in head.marks]


def drawn(quarters: Sequence[str] = ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"), marks: str = "PAPAPAPA") -> Sheet:
    sheet = Sheet()
    sheet.line("FECHA: ENE-MAR 2022", 980, "right")
    sheet.y += 3 * PITCH
    draw_head(sheet, quarters, marks)
    return sheet


def test_names_of_other_columns_stand_where_they_are_printed() -> None:
    (head,) = found(drawn())
    middles = {"meta": 410, "absoluto": 740, "relativo": 785, "observaciones": 890, "medida": 350}
    assert {name: head.named[name] for name in middles} == pytest.approx(middles, abs=3)
    assert 160 < head.named["texto"] < 240


@pytest.mark.parametrize(
    ("text", "name"),
    [("METAS Y ACCIONES", "texto"), ("UNIDAD DE", "medida"), ("LINEA DE", "lineas")],
)
def test_a_name_that_an_engine_read_as_one_word_stands_where_it_is_printed(text: str, name: str) -> None:
    sheet = drawn()
    printed = [w.text for w in sheet.words]
    at = next(k for k in range(len(printed)) if printed[k : k + len(text.split())] == text.split())
    first, last = sheet.words[at].box, sheet.words[at + len(text.split()) - 1].box
    one = Word(text.replace(" ", ""), Box(first.x0, first.y0, last.x1, last.y1))
    sheet.words[at : at + len(text.split())] = [one]
    (head,) = found(sheet)
    low, high = {"texto": (160, 240), "medida": (330, 370), "lineas": (28, 80)}[name]
    assert low < head.named[name] < high
    assert 160 < head.named["texto"] < 240


@pytest.mark.parametrize("marks", ["PAPAPAPA", "PAP PAPA", "PA  PAPA", " APAPAP "])
def test_marks_that_were_not_read_are_where_they_would_stand(marks: str) -> None:
    assert columns(drawn(marks=marks)) == pytest.approx(MIDDLES, abs=1.5)


def test_a_quarter_whose_name_was_not_read_is_between_the_others() -> None:
    assert columns(drawn(("ENE-MAR", "ABR-JUN", "", "OCT-DIC"))) == pytest.approx(MIDDLES, abs=1.5)


@pytest.mark.parametrize(
    "quarters",
    [
        ("1er Trimestre", "2do Trimestre", "3er Trimestre", "4to Trimestre"),
        ("ENERO - MARZO", "ABRIL - JUNIO", "JULIO - SEPT", "OCT - DIC"),
        ("", "", "", ""),
    ],
)
def test_quarters_of_any_name_head_the_same_columns(quarters: Sequence[str]) -> None:
    assert columns(drawn(quarters)) == pytest.approx(MIDDLES, abs=1.5)


def test_names_of_quarters_go_on_below() -> None:
    """``JULIO-`` over ``SEPTIEMBRE`` where columns are narrow."""
    sheet = Sheet()
    for k, (upper, lower) in enumerate([("ENERO-", "MARZO"), ("ABRIL-", "JUNIO"), ("JULIO-", "SEPTIEMBRE")]):
        sheet.put(467.5 + 70 * k, 50, upper, "center")
        sheet.put(467.5 + 70 * k, 50 + PITCH, lower, "center")
        sheet.put(450 + 70 * k, 50 + 2.2 * PITCH, "P", "center")
        sheet.put(485 + 70 * k, 50 + 2.2 * PITCH, "A", "center")
    (head,) = found(sheet)
    assert [q.text for q in head.quarters] == ["ENERO- MARZO", "ABRIL- JUNIO", "JULIO- SEPTIEMBRE"]


def test_the_word_beside_a_quarters_name_is_not_of_it() -> None:
    """ANUAL of META ANUAL stands right before ENE-MAR, on its level."""
    sheet = drawn()
    sheet.put(438, next(w.box.y0 for w in sheet.words if w.text == "ABR-JUN") + 3.6, "ANUAL", "center")
    (head,) = found(sheet)
    assert head.quarters[0].text == "ENE-MAR"


@pytest.mark.parametrize("quarters", [("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"), ("", "", "", "")])
def test_p_and_a_of_the_total_are_no_quarters(quarters: Sequence[str]) -> None:
    sheet = drawn(quarters)
    level = next(w.box for w in sheet.words if w.text == "P").y0 + 3.6
    sheet.put(725, level, "P", "center")
    sheet.put(752, level, "A", "center")
    (head,) = found(sheet)
    assert (len(head.marks), [m.text for m in head.to_date]) == (8, ["P", "A"])


def test_a_date_is_no_head() -> None:
    sheet = Sheet()
    sheet.line("FECHA: ENE-MAR 2022")
    sheet.line("Se informa del avance A de P A los comités")
    assert found(sheet) == []


def test_a_date_a_third_of_a_line_above_the_quarters_ends_no_head_below_them() -> None:
    sheet = Sheet()
    sheet.put(60, 60 - 0.35 * PITCH, "FECHA: ENERO-MARZO 2023")
    assert top_of(pieces_of(sheet.page().words), 60, PITCH) < 60
