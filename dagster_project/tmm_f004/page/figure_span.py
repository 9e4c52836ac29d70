"""Where a row's figures stand among its cells, also where some of them cannot be read.

In here: the run from meta to the percentage, cells of it that are text, and what is no cell of figures.
Not in here: which lines are rows (``rows``), or which figure a cell is (``search``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from dagster_project.tmm_f004.text.numbers import (
    BLANK,
    NUMBER,
    PERCENT,
    SEVERAL,
    TEXT,
    CellKind,
    is_blank,
    parse_figure,
)

FARTHEST = 64  # cells that are looked at beyond one that cannot be read: a row of the form has fewer
LONGEST_UNREADABLE = 24  # characters; a longer text among figures is no cell of theirs

CODES = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")
PREFIX = r"(?:(?:N[oO]|N[uú]m|N[°º]|NUM|NÚM|#)\.?[°º]?\s*)"
NUMBER_ALONE = re.compile(rf"(?:{PREFIX}\(?|\()?(\d{{2,4}})\)?\s*[-–.,):_]*")
_NO_VALUE = re.compile(r"#{2,}|#[^\d\s].*")  # what a workbook prints where it was saved without values, or fails
FIGURES = (NUMBER, SEVERAL)
"""What a cell prints that is a figure, or several."""

_WORD = re.compile(r"[^\W\d_]{2}")
_UNIT = re.compile(r"%|[^\W\d_][²³23]?")


def has_word(cell: str) -> bool:
    """Whether a cell holds two letters in a row: a measure, a text, a remark do; ``N/A`` and ``3G`` do not."""
    return _WORD.search(cell) is not None


def is_no_value(cell: str) -> bool:
    """Whether a cell prints what a workbook does in a figure's place: ``#N/A``, ``#REF!``, ``####``."""
    return cell[:1] == "#" and _NO_VALUE.fullmatch(cell) is not None


def begins_action(cells: Sequence[str]) -> bool:
    """Whether cells begin with a number in a cell of its own and a text beside it: an action's, no figure."""
    first = next((k for k, c in enumerate(cells) if c), len(cells))
    rest = cells[first + 1 : first + 2]
    return bool(rest and NUMBER_ALONE.fullmatch(cells[first]) and has_word(rest[0]))


def cells_span(cells: Sequence[str], kinds: Sequence[CellKind]) -> tuple[int, int]:
    """Where the printed figures stand: from meta to the percentage, or to the last number of the run.

    The figures are the longest run of numbers and blanks after the first text; a percentage that no figure follows
    closes it, so numbers inside the remarks are never taken for cells. A text with figures on both
    sides is a cell that cannot be read (``_goes_on``).
    """
    best = (len(cells), len(cells))
    best_numbers = 0
    i = next((k for k, c in enumerate(cells) if c and kinds[k] not in FIGURES), len(cells))
    while i < len(cells):
        if kinds[i] not in FIGURES and (kinds[i] is not PERCENT or not _is_inside(kinds, i)):
            i += 1
            continue
        j, last, numbers, percent = i, i, 0, False
        while j < len(cells) and not percent:
            kind = kinds[j]
            if kind is TEXT and is_no_value(cells[j]):
                last = j
            elif kind is TEXT:
                if not _goes_on(cells, kinds, i, j, numbers):
                    break
            elif kind is not BLANK:
                last, numbers, percent = j, numbers + 1, kind is PERCENT and not _is_inside(kinds, j)
            j += 1
        if numbers + 2 * percent > best_numbers:
            start = i
            while start > 0 and (not cells[start - 1] or is_no_value(cells[start - 1])):
                start -= 1  # a blank right after the measure is a cell: the meta, or a blank before it
            best, best_numbers = (start, last + 1), numbers + 2 * percent
        i = max(j, i + 1)
    return _from_meta(cells, kinds, best[0]), best[1]


def _is_inside(kinds: Sequence[CellKind], at: int) -> bool:
    """Whether a percentage does not end its row: figures follow it at once, or behind blanks and end in another one.

    Ratios print the sign in every cell, some tables a percentage by quarter.
    """
    if kinds[at] is not PERCENT:
        return False
    after = kinds[at + 1 : at + FARTHEST]
    if after and after[0] in (*FIGURES, PERCENT):
        return True
    run = after[: next((k for k, kind in enumerate(after) if kind is TEXT), len(after))]
    return PERCENT in run


def _goes_on(cells: Sequence[str], kinds: Sequence[CellKind], begin: int, at: int, numbers: int) -> bool:
    """Whether the figures that began at ``begin`` go on behind the text at ``at``: it is one of their cells.

    A text without a word, or that begins with a digit, is no remark where figures follow it; another text is none
    where they end in a percentage, and is no measure behind a text and a measure. An action's number and text are
    no cells at all.
    """
    text = cells[at]
    if len(text) > LONGEST_UNREADABLE or CODES.fullmatch(text) or _is_head(cells, begin, at):
        return False
    after = kinds[at + 1 : at + FARTHEST]
    ahead = next((k for k in after if k is not BLANK and k is not TEXT), TEXT)
    if ahead is TEXT:
        return False
    if not has_word(text) or text[0].isdigit():
        return True
    texts = islice(filter(has_word, islice(cells, begin)), 2)
    return PERCENT in after and (numbers > 1 or len(list(texts)) > 1)


def _is_head(cells: Sequence[str], begin: int, at: int) -> bool:
    """Whether what stands from ``begin`` to ``at`` is an action's number and the text beside it."""
    if at != begin + 1 or not NUMBER_ALONE.fullmatch(cells[begin]) or not has_word(cells[at]):
        return False
    return not any(has_word(c) for c in cells[:begin])


def _from_meta(cells: Sequence[str], kinds: Sequence[CellKind], start: int) -> int:
    """Where the figures begin if texts right before them are no measure: the meta, and it cannot be read.

    Behind an action's text and its measure that is any text without a word, or with a figure before it; where the
    measure itself may be it (``M2``, ``%``, ``3 visitas``), it is.
    """
    first = start
    while first > 0 and start < len(cells) and _is_no_measure(cells[first - 1], kinds[first - 1]):
        first -= 1
    if first == start:
        return start
    texts = sum(map(has_word, cells[:first]))
    if texts == 1 and (has_word(cells[first]) or (_UNIT.fullmatch(cells[first]) and not parse_figure(cells[first]))):
        first += 1
    return first if texts else start


def _is_no_measure(cell: str, kind: CellKind) -> bool:
    """Whether a text could be a cell that cannot be read: no word begins it, no línea codes, no action's number."""
    return kind is TEXT and not (
        len(cell) > LONGEST_UNREADABLE
        or (has_word(cell) and not cell[0].isdigit())
        or CODES.match(cell)
        or NUMBER_ALONE.fullmatch(cell)
    )


def unglued(cells: Sequence[str], kinds: Sequence[CellKind]) -> list[str]:
    """Part cells whose tab was read as a space: ``126 91`` is two, ``1 234`` is one number."""
    if SEVERAL not in kinds:
        return list(cells)
    return [p for c, kind in zip(cells, kinds, strict=True) for p in (c.split() if kind is SEVERAL else (c,))]


def figures_in(cells: Sequence[str], kinds: Sequence[CellKind]) -> int:
    """How many cells print a figure, or something in a figure's place."""
    return sum(not is_blank(c) for c, kind in zip(cells, kinds, strict=True) if kind is not TEXT)
