"""Percentages that a workbook keeps as fractions (0.29 for 29 %) and that were handed over without their format.

In here: when a column is one, by its own rows alone. Not in here: which columns are which (``sheet``).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from dagster_project.tmm_f004.model import Cifra
from dagster_project.tmm_f004.text.numbers import parse_number

NEAR = Decimal("0.006")
"""How far a fraction kept with two decimals may stand from its ratio."""

MOST = 0.8
"""Share of the rows with a ratio that must bear a column out."""


def as_percentages(rows: Sequence[Sequence[str]], meta: int, total: int, ratio: int) -> list[list[str]]:
    """The rows with the column ``ratio`` in per cent where it holds fractions: absoluto over meta, row by row.

    A column is left as it is unless most rows with a ratio bear it out, one of them as nothing but a fraction; within
    it a cell that does not agree with its row is left as printed.
    """
    told = [_told(row, meta, total, ratio) for row in rows]
    with_ratio = [pair for pair in told if pair is not None and pair[1] is not None]
    agreeing = [(value, share) for value, share in with_ratio if share is not None and abs(value - share) <= NEAR]
    proof = [pair for pair in agreeing if pair[1] is not None and pair[1] > NEAR and abs(pair[0] - 100 * pair[1]) > 1]
    if not proof or len(agreeing) < MOST * len(with_ratio):
        return [list(row) for row in rows]
    found = []
    for row, pair in zip(rows, told, strict=True):
        cells = list(row)
        if pair is not None and (pair in agreeing or (pair[1] is None and not pair[0])):
            cells[ratio] = f"{(pair[0] * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"
        found.append(cells)
    return found


def _told(row: Sequence[str], meta: int, total: int, ratio: int) -> tuple[Decimal, Decimal | None] | None:
    """A row's percentage as it is kept, and its absoluto over its meta; None where it keeps no plain number."""
    value = _number(row[ratio])
    if value is None:
        return None
    whole, part = _number(row[meta]), _number(row[total])
    return value, part / whole if whole and part is not None else None


def _number(cell: str) -> Decimal | None:
    try:  # a value without its format: the point parts the decimals, however many there are
        return Decimal(cell)
    except ArithmeticError:
        values: tuple[Cifra, ...] = parse_number(cell)
        return Decimal(values[0]) if values else None
