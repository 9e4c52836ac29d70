"""Cells that rules close in: however a program draws them, merged, turned, side by side; what is open is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dagster_project.sources import pdf_grid
from dagster_project.sources.document import GridCell, Page
from dagster_project.sources.pdf import read_pdf
from tests.unit.sources.made_pdf import pdf, text_at

LINES = ((100, 100, 300, 100), (100, 130, 300, 130), (100, 160, 300, 160), (100, 100, 100, 160), (200, 100, 200, 130),
         (300, 100, 300, 160))  # fmt: skip
"""Two rows of a table from the lower left: the lower has two cells, the upper one."""
TEXTS = ((110, 140, "sobre"), (110, 110, "uno"), (210, 110, "dos"), (310, 110, "fuera"))
CELLS = {"sobre": (1, 1, 1, 2), "uno": (2, 1, 2, 1), "dos": (2, 2, 2, 2), "fuera": None}


def filled(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """Each line a thin rectangle, as browsers and spreadsheets draw borders."""
    return "\n".join(f"{a} {b} {max(c - a, 0.75)} {max(d - b, 0.75)} re f" for a, b, c, d in lines)


def stroked(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """Each line a stroke of its own."""
    return "\n".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in lines)


def at_once(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """All lines in one path."""
    return " ".join(f"{a} {b} m {c} {d} l" for a, b, c, d in lines) + " S"


def in_one_fill(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """All borders in one filled path."""
    return " ".join(f"{a} {b} {max(c - a, 0.75)} {max(d - b, 0.75)} re" for a, b, c, d in lines) + " f"


def scaled(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """Drawn ten times as large, and shrunk."""
    large = [(10 * a, 10 * b, 10 * c, 10 * d) for a, b, c, d in lines]
    return f"q 0.1 0 0 0.1 0 0 cm {at_once(large)} Q"


def cells(
    content: str, texts: Sequence[tuple[float, float, str]] = TEXTS, rotate: int = 0
) -> dict[str, GridCell | None]:
    page = "\n".join([content, *(text_at(*text) for text in texts)])
    (found,) = (message for message in read_pdf(pdf([page], rotate=rotate)) if isinstance(message, Page))
    return {word.text: word.cell for word in found.words}


@pytest.mark.parametrize("draw", [filled, stroked, at_once, in_one_fill, scaled])
def test_words_stand_in_the_cells_that_are_drawn(draw: object) -> None:
    assert callable(draw)
    assert cells(draw(LINES)) == CELLS


def test_boxes_are_cells_too() -> None:
    boxes = "100 130 200 30 re S 100 100 100 30 re S 200 100 100 30 re S"
    assert cells(boxes) == CELLS


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_is_shown_turned_has_the_same_cells(rotate: int) -> None:
    assert cells(filled(LINES), rotate=rotate) == CELLS


def test_a_table_beside_another_has_columns_of_its_own() -> None:
    """Its rules stand at other places, and part none of the first one's cells."""
    other = [(a + 250, b - 7, c + 250, d - 7) for a, b, c, d in LINES]
    texts = [*TEXTS[:3], (360, 103, "tres"), (460, 103, "cuatro")]
    found = cells(filled([*LINES, *other]), texts)
    assert {word: found[word] for word in ("sobre", "uno", "dos")} == {w: CELLS[w] for w in ("sobre", "uno", "dos")}
    three, four = found["tres"], found["cuatro"]
    assert three is not None
    assert four is not None
    assert (three.column, four.column, three.row) == (1, 2, four.row)
    assert three.row > 2 + 1


def test_what_is_open_on_a_side_is_no_cell() -> None:
    assert cells(filled(LINES[:-1])) == {"sobre": None, "uno": (1, 1, 1, 1), "dos": None, "fuera": None}


def test_a_surface_is_no_rule() -> None:
    assert set(cells("100 100 200 60 re f").values()) == {None}


def test_a_drawing_has_no_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Millions of strokes cost what they cost, and no cells are sought between them."""
    monkeypatch.setattr(pdf_grid, "MAX_PATHS", 5)
    assert set(cells(filled(LINES)).values()) == {None}
