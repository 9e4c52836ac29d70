"""Tables of fewer columns than the form's, without a head that names them: the form's with some left out, or another
form's, of semesters or terms.

In here: when such a table is not believed to be ours. Not in here: tables whose head names other periods
(``table_cells``), nor which columns a table leaves out (``search.layouts``).
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import TableHead
from dagster_project.tmm_f004.search.costs import OPENING_PLANNED
from dagster_project.tmm_f004.search.symbols import ABS
from dagster_project.tmm_f004.search.table import Found, Table

FEWEST = 3
"""Rows that show a habit: one or two may well plan nothing in a quarter."""

PAIRS = (5, 7)
"""Cells of P and A of two semesters, or of three terms, and of the total."""

COMING = (2, 4, 6)
"""The columns of P (``search.symbols``) after the first, which other tables leave blank too."""


def is_of_other_periods(table: Table, additive: Sequence[bool], opening: int, head: TableHead | None) -> bool:
    """Whether a quarter holds no plan in any row of a table that leaves out columns and has no head to say which.

    Two semesters print P A P A, as the form does that leaves out its first quarter and the A to come; the sums close
    either way, in every row. A first quarter left out counts where the plan is known to have it (``opening``).
    """
    columns = {c for c in table.columns if c < ABS}
    rows = [found[0] for found, adds in zip(table.readings, additive, strict=True) if adds and found]
    if head is not None or len(columns) == ABS or len(rows) < FEWEST or not all(map(_closes_in_pairs, rows)):
        return False
    if 0 not in columns and opening == OPENING_PLANNED:
        return True
    return any(all(row.values[c] <= 0 for row in rows) for c in COMING if c in columns)


def _closes_in_pairs(row: Found) -> bool:
    """Whether a row's cells are P and A of two or three periods and the total."""
    cells = [max(cell, 0) for cell in row.printed.cells.tolist()]
    if len(cells) not in PAIRS:
        return False
    return sum(cells[:-1:2]) == row.printed.meta and sum(cells[1:-1:2]) == cells[-1]
