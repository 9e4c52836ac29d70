"""The numbers by which the compiled search names columns, cells and states. Nothing else.

Columns 0..7 are P1, A1, P2, A2, P3, A3, P4, A4; then the total, and columns that are no figure.
"""

from __future__ import annotations

ABS, EMPTY, META = 8, 9, 10
"""The total (absoluto); a column that prints nothing; a column that prints meta again."""

CELL_REPEATED, RUN, ADDED, INVENTED = 11, 12, 13, 14
"""Cells that are no column's: a cell set twice, a run set twice, a blank too many, a figure too many."""

BLANK, UNSET, MISSING, FUTURE = -1, -2, -3, -4
"""A cell that prints nothing; a figure not placed yet, missing from print, of a quarter after the report's."""

NAMES = ("p1", "a1", "p2", "a2", "p3", "a3", "p4", "a4", "absoluto", "vacia", "meta")
"""The columns' names."""

MAX_CELLS, MAX_COLUMNS, KEEP, STACK = 24, 26, 24, 4000
"""Cells of a row that is searched at all, columns of a layout; readings kept of a row; branches waiting at most."""

PATH = 12
"""Where a branch's path begins: after the copies of nine figures, its place among cells and columns, and ``g``
(see ``lower_bound``)."""
