"""Two form pages that stand side by side, line by line: each is a page of its own.

In here: whether a line holds two actions, and its two halves, those of the table's head and of the header likewise. Not
in here: what a half says; where the right one's unit is not printed, nothing here lends it the left one's.
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.page.figure_span import cells_span, has_word
from dagster_project.tmm_f004.page.line_kinds import LineKind, classify
from dagster_project.tmm_f004.page.row_head import LONGEST_CODES, numbered
from dagster_project.tmm_f004.text.numbers import CellKind, kind_of

FEWEST_CELLS = 18
"""Cells of a line that may hold two actions: one row of the form prints up to fifteen, two at least so many."""

FEWEST_FIGURES = 5
"""Figures behind a second action's text, at least: remarks that name an action print none in cells."""

_TWICE = (LineKind.TITLE, LineKind.LABEL, LineKind.FORM_CODE, LineKind.DATE)


def right_halves(lines: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The left and right halves of a file's lines, as many each, where any line holds two actions; None where none does."""
    at = {k: place for k, text in enumerate(lines) if text.count("\t") >= FEWEST_CELLS and (place := _second_row(text))}
    if not at:
        return None
    left, right = list(lines), [""] * len(lines)
    for k, text in enumerate(lines):
        place = at.get(k) or _second_head(text)
        if place:
            cells = text.split("\t")
            left[k], right[k] = "\t".join(cells[:place]), "\t".join(cells[place:])
    return left, right


def _second_row(text: str) -> int | None:
    """The cell at which a second action begins behind the figures of the first; None where none does."""
    cells = [c.strip() for c in text.split("\t")]
    kinds = [kind_of(c) for c in cells]
    _, end = cells_span(cells, kinds)
    for k in range(end, len(cells)):
        if numbered(cells[k]) and has_word(cells[k]):
            figures = sum(kind in (CellKind.NUMBER, CellKind.PERCENT) for kind in kinds[k + 1 :])
            if figures < FEWEST_FIGURES:
                return None
            before = k - 1
            return before if before >= end and 0 < len(cells[before]) <= LONGEST_CODES else k
    return None


def _second_head(text: str) -> int | None:
    """The cell at which a line of a header, or of a table's head, begins once more; None where it does not."""
    cells = [c.strip() for c in text.split("\t")]
    filled = [k for k, c in enumerate(cells) if c]
    if len(filled) < 2:
        return None
    first = filled[0]
    if cells.count("P") > 4:
        return [k for k, c in enumerate(cells) if c == "P"][4]
    again = next((k for k in filled[4:] if cells[k] == cells[first]), None)
    if again is not None and has_word(cells[first]):
        return again
    half = filled[len(filled) // 2]
    one, two = classify("\t".join(cells[first:half])), classify("\t".join(cells[half:]))
    return half if one == two and one.kind in _TWICE else None
