"""What the print of a row shows that forbids to believe any of its figures: the row is ``dudosa``, its print beside it.

In here: the objections, and which rows they hold of. Not in here: doubts that follow from reading a row (``read``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.page.figure_span import is_no_value
from dagster_project.tmm_f004.text.fold import words
from dagster_project.tmm_f004.text.numbers import is_blank, is_negative

NEGATIVE = "figura_negativa"
"""A figure below nought: the form has none, and neither dropping its sign nor keeping it is the form's own reading."""


WITHOUT_VALUES = "sin_valores"
"""Cells of a workbook that hold no value (``figure_span.is_no_value``): their figures are nowhere on the page."""

TOO_FEW = "cifras_incompletas"
"""Fewer cells than a meta, an absoluto and a relativo: whatever they are, they prove nothing of the row."""

FEWEST_CELLS = 3

WITHOUT_TOTALS = "sin_totales"
"""Neither absoluto nor relativo in the table's head or rows: its right edge is cut, and nothing closes its figures."""

BEFORE_TOTALS = 9
"""Cells that a row prints before its totals: meta, P and A of four quarters."""

_SIGNS = re.compile("[-–—⁻()#]|menos|CR", re.IGNORECASE)
_TOTAL_COLUMNS = ("ABSOLUTO", "RELATIVO", "AVANCE", "ACUMULADO")
_LIKE_COLUMN = 75.0


def with_objections(rows: Sequence[ActionRow], head: Sequence[str], columns: Sequence[str]) -> list[ActionRow]:
    """The rows of a table, each with what its print forbids.

    ``head`` are the lines above the first of them, ``columns`` what those name from the meta on, "" of a column that is
    none of the form's: a difference may be below nought.
    """
    of_table = WITHOUT_TOTALS if _is_cut(rows, head) else None
    found = [_of_row(row, columns) or of_table for row in rows]
    return [row if reparo is None else replace(row, reparo=reparo) for row, reparo in zip(rows, found, strict=True)]


def _of_row(row: ActionRow, columns: Sequence[str]) -> str | None:
    if _SIGNS.search(" ".join(row.impreso)):  # most rows print digits alone
        beside = {k for k, name in enumerate(columns) if not name} if len(columns) == len(row.impreso) else ()
        if any(is_negative(cell) for k, cell in enumerate(row.impreso) if k not in beside):
            return NEGATIVE
        if any(map(is_no_value, row.impreso)):
            return WITHOUT_VALUES
    return TOO_FEW if len(row.impreso) - sum(map(is_blank, row.impreso)) < FEWEST_CELLS else None


def _is_cut(rows: Sequence[ActionRow], head: Sequence[str]) -> bool:
    """Whether a table prints neither of its totals: its head names its columns, and none of these."""
    if not rows or any(len(r.impreso) > BEFORE_TOTALS or any("%" in c for c in r.impreso) for r in rows):
        return False
    named = {word for text in head for word in words(text)}
    if not named & {"META", "METAS"}:
        return False
    return not any(fuzz.ratio(word, column) >= _LIKE_COLUMN for word in named for column in _TOTAL_COLUMNS)
