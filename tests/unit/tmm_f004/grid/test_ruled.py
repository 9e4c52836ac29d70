"""Tables whose rules are drawn: each word is of its cell, however narrow, merged or filled the cell is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dagster_project.sources.document import GridCell, Place, Word
from tests.support.drawn_pages import PITCH, Sheet, draw_header, draw_signatures
from tests.support.printed_tables import HEAD, READ, WHOLE
from tests.unit.tmm_f004.grid.test_words_page import cells, lines_of, read

EDGES = (20, 90, 330, 400, *(440 + 25 * k for k in range(9)), 720, 800, 990)
"""Where columns begin and end: those of the quarters are narrow, the totals wide."""


def ruled(rows: Sequence[Sequence[str]], *, first: int = 1, at: str = "right", edges: Sequence[float] = EDGES) -> Sheet:
    """A form whose table is drawn; a cell's lines are parted by ``/``, one that is merged to the right ends in ``>``s.

    ``at`` says where figures stand in their cells.
    """
    sheet = Sheet()
    draw_header(sheet)
    for number, texts in enumerate(rows, first):
        lines = max(text.count("/") for text in texts) + 1
        for column, text in enumerate(texts):
            own = text.rstrip(">").split("/")
            last = column + text.count(">")
            for k, part in enumerate(own):
                before = len(sheet.words)
                y = sheet.y + (k + (lines - len(own)) / 2) * PITCH
                if part[:1].isdigit() and len(part) < 8:
                    left, right = edges[column] + 2, edges[last + 1] - 2
                    sheet.put({"left": left, "center": (left + right) / 2, "right": right}[at], y, part, at)
                else:
                    sheet.put(edges[column] + 2, y, part)
                drawn = GridCell(number, column + 1, number, last + 1)
                sheet.words[before:] = [Word(w.text, w.box, 0.99, drawn) for w in sheet.words[before:]]
        sheet.y += (lines + 0.4) * PITCH
    sheet.y += 2 * PITCH
    draw_signatures(sheet)
    return sheet


def table(rows: Sequence[str] = WHOLE) -> list[list[str]]:
    """The head and the rows of a table as cells, names that stand over several columns merged."""
    head = [text.split("\t") for text in HEAD]
    head[0][4] += ">" * 7
    for column in (4, 6, 8, 10):
        head[1][column] += ">"
    return [*head, *(row.split("|") for row in rows)]


@pytest.mark.parametrize("at", ["left", "center", "right"])
@pytest.mark.parametrize("rows", [WHOLE, WHOLE[:1]])
def test_figures_are_of_their_cell_wherever_in_it_they_stand(rows: Sequence[str], at: str) -> None:
    page = ruled(table(rows), at=at).page()
    for row in rows:
        assert cells(lines_of(page), int(row.split("|")[1][:3])) == row.split("|")
    assert read(page) == dict(list(READ.items())[: len(rows)])


def test_a_cell_has_its_place_on_the_page() -> None:
    page = ruled(table()).page()
    line = next(line for line in lines_of(page) if "702.-" in line.text)
    word = next(w for w in page.words if w.text == "376")
    assert line.places[4] == Place(1, word.box)
    assert line.places[-1] is None


def test_a_banner_across_the_table_names_no_action() -> None:
    rows = table()
    rows.insert(5, ["PROGRAMA 511 GESTION ADMINISTRATIVA" + ">" * 14])
    assert read(ruled(rows).page()) == READ


def test_a_number_in_a_column_of_its_own_is_the_actions() -> None:
    rows = [[*r[:1], "", *r[1:]] for r in table()]
    rows[0][1] = "No."
    for own in rows[3:]:
        own[1], _, own[2] = own[2].partition(".- ")
    edges = (*EDGES[:1], 60, *EDGES[1:])
    assert read(ruled(rows, edges=edges).page()) == READ


def test_a_figure_that_wraps_within_its_cell_is_one() -> None:
    rows = table()
    rows[5] = [text.replace("1,276", "1,2/76") for text in rows[5]]
    line = cells(lines_of(ruled(rows).page()), 702)
    assert line[3] == "1,2 76"
    assert line[4:] == rows[5][4:]


def test_rows_without_rules_between_them_are_parted_by_their_levels() -> None:
    """One band of cells holds them all: as where only the table's outer border is drawn."""
    rows = table()
    merged = ["/".join(texts) for texts in zip(*rows[3:], strict=True)]
    assert read(ruled([*rows[:3], merged], at="center").page()) == READ


def test_the_plan_to_date_beside_the_total_is_no_column_of_the_form() -> None:
    rows = [[*r[:12], r[12], *r[12:]] for r in table()]
    rows[0][12:14] = ["AVANCE ABSOLUTO>", ""]
    rows[2][12:14] = ["P", "A"]
    for own, planned in zip(rows[3:], ("217", "50", "641", "10"), strict=True):
        own[12] = planned
    edges = (*EDGES[:13], 760, *EDGES[13:])
    assert read(ruled(rows, edges=edges).page()) == READ


def test_boxes_right_above_and_below_part_none_of_its_columns() -> None:
    """A header and signatures in boxes of their own, whose rules run on into the table's."""
    rows = table()
    sheet = ruled(rows, first=5)
    sheet.words = [
        replace(w, cell=GridCell(c.row, c.column + (c.column > 2), c.last_row, c.last_column + (c.last_column > 1)))
        if (c := w.cell) else w
        for w in sheet.words
    ]  # fmt: skip
    split = next(w for w in sheet.words if w.text == "TMM-F004")
    sheet.words = [replace(w, cell=GridCell(4, 3, 4, 16)) if w is split else w for w in sheet.words]
    sheet.words = [
        replace(w, cell=GridCell(5 + len(rows), 3, 5 + len(rows), 9)) if w.text == "ANA" else w for w in sheet.words
    ]
    assert read(sheet.page()) == READ


def test_a_table_that_is_open_at_its_sides_is_read_by_its_columns() -> None:
    """Without rules at the left and right, codes and remarks are in no cell."""
    rows = [[*own[:-1], f"Se cumple {k}" if k > 2 else own[-1]] for k, own in enumerate(table())]
    sheet = ruled(rows, at="center")
    sheet.words = [replace(w, cell=None) if w.cell and w.cell.column in (1, 15) else w for w in sheet.words]
    lines = lines_of(sheet.page())
    assert [cells(lines, number)[0] for number in READ] == ["3.1.4"] * 4
    assert [cells(lines, number)[-1] for number in READ] == [f"Se cumple {k}" for k in range(3, 7)]
    assert read(sheet.page()) == READ


def in_blocks(cells: Sequence[str]) -> list[str]:
    """A row or head with its P side by side, and its A behind them."""
    return [*cells[:4], *cells[4:12:2], *cells[5:12:2], *cells[12:]]


def test_a_head_that_only_its_cells_tell() -> None:
    """Blocks of quarters without marks, of which one stands in one line: by their levels they make no head."""
    rows = [in_blocks(own) for own in table()]
    rows[0][4:12] = ["PROGRAMADO>>>", "", "", "", "REALIZADO>>>", "", "", ""]
    rows[1][4:12] = ["1er Trim", *(f"{nth}/Trim" for nth in ("2do", "3er", "4to", "1er", "2do", "3er", "4to"))]
    page = ruled([*rows[:2], *rows[3:]]).page()
    assert read(page) == READ


def test_two_tables_whose_heads_only_their_cells_tell() -> None:
    rows = [in_blocks(own) for own in table()]
    rows[1][4:12] = ["1er Trim", *(f"{nth}/Trim" for nth in ("2do", "3er", "4to", "1er", "2do", "3er", "4to"))]
    own = [*rows[:2], *rows[3:]]
    first, second = ruled(own[:4]), ruled([*own[:2], *own[4:]], first=30)
    below = first.y + 5 * PITCH
    second.words = [replace(w, box=replace(w.box, y0=w.box.y0 + below, y1=w.box.y1 + below)) for w in second.words]
    first.words += second.words
    assert read(first.page()) == READ
