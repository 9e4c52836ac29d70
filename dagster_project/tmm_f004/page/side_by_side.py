"""Two form pages that stand side by side, line by line: each is a page of its own.

In here: whether a line holds two actions, and its two halves, those of the table's head and of the header likewise. Not
in here: what a half says; where the right one's unit is not printed, nothing here lends it the left one's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dagster_project.tmm_f004.page.figure_span import FIGURES, begins_action, cells_span, has_word
from dagster_project.tmm_f004.page.line_kinds import LineKind, classify
from dagster_project.tmm_f004.page.row_head import LONGEST_CODES, numbered
from dagster_project.tmm_f004.text.numbers import NUMBER, PERCENT, CellKind, kind_of

_WIDE = re.compile(r"\s{2,}")

FEWEST_CELLS = 18
"""Cells of a line that may hold two actions: one row of the form prints up to fifteen, two at least so many."""

FEWEST_FIGURES = 5
"""Figures behind a second action's text, at least: remarks that name an action print none in cells."""

_FIRST_FIGURES = (*FIGURES, PERCENT)
_TWICE = (LineKind.TITLE, LineKind.LABEL, LineKind.FORM_CODE, LineKind.DATE)


def right_halves(lines: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The left and right halves of a file's lines, as many each; None where no line holds two actions."""
    at = {k: place for k, text in enumerate(lines) if _is_wide(text) and (place := _second_row(_cells(text)))}
    if not at:
        return None
    left, right = list(lines), [""] * len(lines)
    for k, text in enumerate(lines):
        cells = _cells(text)
        if place := at.get(k) or _second_head(cells):
            left[k], right[k] = "\t".join(cells[:place]), "\t".join(cells[place:])
    return left, right


def _is_wide(text: str) -> bool:
    if "\t" in text:
        return text.count("\t") >= FEWEST_CELLS - 1
    return text.count("|") >= FEWEST_CELLS - 1 or text.count("  ") >= FEWEST_CELLS - 1


def _cells(text: str) -> list[str]:
    """The cells of a line as wide as two rows, parted by tabs, by bars or by more than a blank."""
    if "\t" in text:
        return [c.strip() for c in text.split("\t")]
    return [c.strip() for c in (text.split("|") if "|" in text else _WIDE.split(text))]


def _second_row(cells: Sequence[str]) -> int | None:
    """The cell at which a second action begins behind the figures of the first; None where none does."""
    last = _last_beginning(cells)
    if not any(kind_of(c) in _FIRST_FIGURES for c in cells[: max(last, 0)]):
        return None  # the usual row: it begins before any figure, and nothing begins behind them
    first = next((k for k, c in enumerate(cells) if c and kind_of(c) not in FIGURES), len(cells))
    if last <= first:  # the first row's figures end behind its first text
        return None
    kinds = [kind_of(c) for c in cells]
    for k in range(_first_end(cells, kinds), last + 1):
        if _begins(cells, k):
            figures = sum(kind in (NUMBER, PERCENT) for kind in kinds[k + 1 :])
            if figures < FEWEST_FIGURES:
                return None
            before = k - 1
            return before if kinds[before] is not PERCENT and 0 < len(cells[before]) <= LONGEST_CODES else k
    return None


def _begins(cells: Sequence[str], k: int) -> bool:
    """Whether an action begins at a cell: its number with its text, or in a cell of its own beside it."""
    return (numbered(cells[k]) is not None and has_word(cells[k])) or begins_action(cells[k : k + 2])


def _last_beginning(cells: Sequence[str]) -> int:
    """The last cell at which an action begins, -1 where none does: only before or in a cell with a word."""
    for k in range(len(cells) - 1, -1, -1):
        if cells[k] and not cells[k].isdigit() and has_word(cells[k]):
            for at in (k, k - 1):
                if at >= 0 and _begins(cells, at):
                    return at
    return -1


def _first_end(cells: Sequence[str], kinds: Sequence[CellKind]) -> int:
    """Where the first row's figures end: at its percentage, or where the run of them does."""
    percent = kinds.index(PERCENT) if PERCENT in kinds else 0
    if kinds[:percent].count(NUMBER) >= FEWEST_FIGURES:
        return percent + 1
    return cells_span(cells, kinds)[1]


def _second_head(cells: Sequence[str]) -> int | None:
    """The cell at which a line of a header, or of a table's head, begins once more; None where it does not."""
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
