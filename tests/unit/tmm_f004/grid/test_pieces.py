"""Words of a page, made level and parted: a run of an engine's may hold the figures of two columns."""

from __future__ import annotations

import pytest

from dagster_project.sources.document import Box, Word
from dagster_project.tmm_f004.grid.pieces import line_height, pieces_of
from tests.support.drawn_pages import LETTER, PITCH, Sheet


def text(lean: float = 0.0) -> list[Word]:
    sheet = Sheet()
    for k in range(12):
        sheet.line(
            f"{100 + k}.- Abrir salas de lectura en el valle y en la costa\tBeneficiarios de la zona\t446 126 128"
        )
    return list(sheet.page(lean=lean).words)


@pytest.mark.parametrize("lean", [-3.0, -0.7, 0.0, 0.5, 2.2])
def test_lines_of_a_page_that_leans_are_level(lean: float) -> None:
    pieces = pieces_of(text(lean))
    first = [p.y for p in pieces if p.text.startswith("100.-") or p.text == "446"][:2]
    assert abs(first[0] - first[1]) < 0.1 * PITCH


def test_a_level_page_is_left_as_it_is() -> None:
    assert {(p.x0, p.y) for p in pieces_of(text())} == {(w.box.x0, (w.box.y0 + w.box.y1) / 2) for w in text()}


def test_a_line_is_as_high_as_lines_are_apart_however_high_its_boxes() -> None:
    high = [Word(w.text, Box(w.box.x0, w.box.y0 - 2, w.box.x1, w.box.y1 + 2)) for w in text()]
    assert line_height(pieces_of(high)) == pytest.approx(PITCH, abs=0.1)


def test_a_run_with_wide_gaps_is_parted_where_its_words_stand() -> None:
    """``446   126``: the room that letters do not need is between the words."""
    run = Word("446 126", Box(400, 100, 400 + 6 * LETTER + 30, 107), 0.8)
    pieces = pieces_of([*text(), run])
    one, two = (p for p in pieces if p.confidence == 0.8)
    assert (one.text, two.text) == ("446", "126")
    assert one.x1 == pytest.approx(400 + 3 * LETTER, abs=0.5)
    assert two.x0 == pytest.approx(430 + 3 * LETTER, abs=0.5)


def test_no_words_are_no_pieces() -> None:
    assert pieces_of([]) == []
    assert pieces_of([Word(" ", Box(0, 0, 1, 1))]) == []
