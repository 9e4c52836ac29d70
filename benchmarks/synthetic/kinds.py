"""Tables that are printed otherwise than the form's: each kind changes the cells of all rows, and the head that names
them.

Belongs here: kinds that a whole table is of, switched on by ``Rates.clases``. Does not: damage of a row (``damage``),
nor the form's own ways to print blanks and copies (``table``). The truth of a row is the form's: what a quarter planned
and achieved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.synthetic.table import Celda

A_FIRST, BLOCKS, TO_DATE, TOTALS, SIGNS, TRUNCATED = (
    "avance_primero", "bloques", "acumulado", "totales", "signos", "truncado",
)  # fmt: skip
KINDS = (A_FIRST, BLOCKS, TO_DATE, TOTALS, SIGNS, TRUNCATED)
"""A before P; all P and then all A; A to date; a total below the rows; a per cent sign behind every figure;
percentages cut off instead of rounded."""

_QUARTERS = ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")


def printed(kinds: Sequence[str], cells: list[Celda]) -> list[Celda]:
    """The cells of a row, meta first, percentage last, as tables of these kinds print them."""
    if TO_DATE in kinds:
        cells = _to_date(cells)
    if TRUNCATED in kinds:
        cells = _truncated(cells)
    if A_FIRST in kinds:
        cells = _ordered(cells, ("a", "p"), by_side=False)
    if BLOCKS in kinds:
        cells = _ordered(cells, ("p", "a"), by_side=True)
    if SIGNS in kinds:
        cells = [c if c.texto.endswith("%") or not c.texto else replace(c, texto=f"{c.texto}%") for c in cells]
    return cells


def head(kinds: Sequence[str], lines: list[str]) -> list[str]:
    """The head of the table: its last two lines name the quarters and mark P and A."""
    if A_FIRST in kinds:
        return [*lines[:-1], "\t".join(["", "", "", "", *["A", "P"] * 4, "", ""])]
    if BLOCKS in kinds:
        sides = "\t".join(["", "", "", "", "PROGRAMADO", "", "", "", "ALCANZADO", "", "", "", "AVANCE ABSOLUTO"])
        return [lines[0], sides, "\t".join(["", "", "", "", *_QUARTERS, *_QUARTERS, "", ""])]
    return lines


def total_row(kinds: Sequence[str], rows: Sequence[Sequence[Celda]]) -> list[str] | None:
    """The cells of the total below the rows of a table that prints one: None of another, or of unlike rows."""
    shape = [c.campo for c in rows[0]] if rows else []
    if TOTALS not in kinds or len(rows) < 2 or any([c.campo for c in row] != shape for row in rows):
        return None
    sums = [sum(_value(row[k]) for row in rows) for k in range(len(shape) - 1)]
    percent = (200 * sums[shape.index("absoluto")] + sums[0]) // (2 * sums[0]) if sums[0] else 0
    return [*map(str, sums), f"{percent}%"]


def _value(cell: Celda) -> int:
    digits = "".join(filter(str.isdigit, cell.texto))
    return int(digits) if digits else 0


def _to_date(cells: list[Celda]) -> list[Celda]:
    """A of each quarter with those before it; one printed twice stands twice as it is to date."""
    found, done, seen = [], 0, set()
    for cell in cells:
        if cell.campo[:1] == "a" and cell.campo[1:].isdigit() and _value(cell):
            if cell.campo not in seen:
                seen.add(cell.campo)
                done += _value(cell)
            cell = replace(cell, texto=str(done))
        found.append(cell)
    return found


def _truncated(cells: list[Celda]) -> list[Celda]:
    meta, total = (_value(next(c for c in cells if c.campo == name)) for name in ("meta", "absoluto"))
    return [*cells[:-1], replace(cells[-1], texto=f"{100 * total // meta if meta else 0}%")]


def _ordered(cells: list[Celda], sides: tuple[str, str], *, by_side: bool) -> list[Celda]:
    """The cells of the quarters by side within each quarter, or by quarter within each side."""
    quarters = [c for c in cells if c.campo[:1] in sides and c.campo[1:].isdigit()]
    first, last = cells.index(quarters[0]), len(cells) - cells[::-1].index(quarters[-1])
    rank = {side: k for k, side in enumerate(sides)}

    def key(c: Celda) -> tuple[int, int]:
        quarter = int(c.campo[1])
        return (rank[c.campo[0]], quarter) if by_side else (quarter, rank[c.campo[0]])

    return [*cells[:first], *sorted(quarters, key=key), *cells[last:]]
