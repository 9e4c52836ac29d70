"""Cells that hold blanks among their digits: one figure, one printed twice, or two figures whose rule was not read.

In here: settling that for a table, from how many cells its rows print. Not in here: what point and comma mean
(``text.scale``), cells whose parts can be no one number (``figure_span.unglued``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.text.numbers import is_blank

OF_THE_FORM = 11
"""Cells of a whole row: meta, P and A of four quarters, absoluto, relativo."""

FEWEST_TWICE = 3
"""Figures that a row prints, all of them twice, at least: one such cell may be a number that repeats itself."""

_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_LONG = re.compile(r"\d{4,}|\d{1,3}(?:,\d{3})+")


def printed_once(cells: Sequence[str]) -> list[str] | None:
    """The cells of a row that prints each of its figures twice (``500 500``), each once; None of any other row."""
    if not any(" " in c for c in cells):
        return None
    halves = [_half(c) for c in cells]
    figures = [k for k, c in enumerate(cells) if not is_blank(c) and not c.endswith("%")]
    twice = sum(halves[k] is not None for k in figures)
    if twice < FEWEST_TWICE or twice < len(figures):
        return None
    return [c if half is None else half for c, half in zip(cells, halves, strict=True)]


def _half(cell: str) -> str | None:
    parts = cell.split()
    half = len(parts) // 2
    return " ".join(parts[:half]) if half and parts[:half] == parts[half:] else None


def with_pairs_parted(rows: Sequence[ActionRow]) -> list[ActionRow]:
    """The rows of a table with cells of two figures parted: where a row lacks as many cells as it prints such.

    A table that groups thousands by blanks has such cells in rows that lack none.
    """
    spaced = [sum(" " in c and bool(_SPACED.fullmatch(c)) for c in row.impreso) for row in rows]
    if not any(spaced):
        return list(rows)
    whole = _cells_of_whole_row(rows, spaced)
    if any(n and len(row.impreso) >= whole for row, n in zip(rows, spaced, strict=True)):
        return list(rows)
    ungrouped = any(_LONG.fullmatch(c) for row in rows for c in row.impreso)
    return [
        _parted(row) if n and (len(row.impreso) + n == whole or (ungrouped and len(row.impreso) + n < whole)) else row
        for row, n in zip(rows, spaced, strict=True)
    ]


def _cells_of_whole_row(rows: Sequence[ActionRow], spaced: Sequence[int]) -> int:
    lengths = Counter(len(row.impreso) for row, n in zip(rows, spaced, strict=True) if not n)
    return max(lengths, key=lambda length: (lengths[length], length)) if lengths else OF_THE_FORM


def _parted(row: ActionRow) -> ActionRow:
    cells = [p for c in row.impreso for p in (c.split() if _SPACED.fullmatch(c) else (c,))]
    return replace(row, impreso=tuple(cells), impreso_literal=row.impreso_literal or row.impreso)
