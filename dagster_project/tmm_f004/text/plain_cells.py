"""The cells of a table's rows without those that print no figure of it.

In here: columns that are empty or say in words that they hold nothing, percentages by quarter, per cent signs behind
figures: what all rows of a table show together. Not in here: what its head says, the order of its columns
(``read.table_cells``). The print stays as it is in ``ActionRow.impreso``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dagster_project.tmm_f004.text.fold import letters
from dagster_project.tmm_f004.text.numbers import is_blank

MOST = 0.5
"""Share of a table's rows that must print as many cells as columns say, for these to be its columns."""

_WITH_PERCENTAGES = 15
"""Cells of a row that prints the form's eleven figures and a percentage for each quarter."""

FEWEST_STRIDES, LONGEST_STRIDE = 7, 3
"""A table that was exported with empty columns after each of its own: at least so many figures, at most so far
apart."""

_NOTHING = frozenset(
    {
        "NA",
        "ND",
        "SP",
        "SD",
        "NE",
        "NOAPLICA",
        "NODISPONIBLE",
        "SINDATO",
        "SINDATOS",
        "PENDIENTE",
        "PEND",
        "SINAVANCE",
        "SININFORMACION",
        "ENPROCESO",
        "PORREPORTAR",
        "NULL",
        "NAN",
        "CERO",
        "NINGUNO",
        "NADA",
    }
)
_SHORT = 16
_FIGURES = re.compile(r"(?:(?:[0-9][0-9.,]*)?\t)*(?:[0-9][0-9.,]*%?)?")  # the usual row, its cells joined by tabs


def without_empty(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table without empty columns, blank where a column says in words that it holds nothing."""
    return _without_empty_columns(_without_words(cells))


def without_signs(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table without percentages by quarter, and without per cent signs but the last of a row."""
    return [unsigned(c) for c in _without_percentages(cells)]


def _without_words(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table, blank where a column says in words or marks that it holds nothing: in most rows, as others
    print a dash.

    One such cell may stand for a figure that could not be read.
    """
    odd = [row for row in cells if not _FIGURES.fullmatch("\t".join(row))]
    said = Counter(k for row in odd for k, c in enumerate(row) if _is_nothing(c))
    if not said:
        return cells
    habit = {k for k, n in said.items() if n >= MOST * sum(len(row) > k for row in cells)}
    return [["" if k in habit and _is_nothing(c) else c for k, c in enumerate(row)] for row in cells]


def _is_nothing(cell: str) -> bool:
    if len(cell) > _SHORT or not cell or _digits(cell) or is_blank(cell):
        return False
    return letters(cell) in _NOTHING if cell[0].isalpha() else not any(map(str.isalnum, cell))  # N.D.; ..., /


def _digits(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _without_empty_columns(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table without columns that are empty in all its rows, where one (or two) follows each figure."""
    for stride in range(2, LONGEST_STRIDE + 1):
        if any(len(row[::stride]) < FEWEST_STRIDES for row in cells):
            continue
        if all(is_blank(c) for row in cells for k, c in enumerate(row) if k % stride):
            return [row[::stride] for row in cells]
    return cells


def _without_percentages(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table that prints a percentage behind each P and A, without these."""
    told = [
        row for row in cells if len(row) == _WITH_PERCENTAGES and "%" in row[-1] and not all("%" in c for c in row if c)
    ]
    inside = [k for k in range(1, _WITH_PERCENTAGES - 1) if any("%" in row[k] for row in told)]
    if len(told) < MOST * len(cells) or inside != [3, 6, 9, 12][: len(inside)] or not inside:
        return cells
    figures = [k for k in range(_WITH_PERCENTAGES) if k not in (3, 6, 9, 12)]
    return [[row[k] for k in figures] if len(row) == _WITH_PERCENTAGES else row for row in cells]


def unsigned(cells: Sequence[str]) -> list[str]:
    """A row's cells without per cent signs but the last: a ratio's figures print them, and so does a stray cell."""
    if "%" not in "".join(cells[:-1]):
        return list(cells)
    return [c.rstrip("% ") if k < len(cells) - 1 and c.endswith("%") and _digits(c) else c for k, c in enumerate(cells)]
