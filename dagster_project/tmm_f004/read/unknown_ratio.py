"""Rows of measures that no catalogue has and that look like a ratio by their figures: believed in nothing.

Avance físico 37, planned 0, 37, 0, 37: taken for a sum it closes once a printed 37 is thrown away, and looks proven.
In here: which rows those are. Not in here: what the measure is (``catalogs``), and what ``propose`` makes of it.
"""

from __future__ import annotations

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import CAMPOS, Estado, RowReading
from dagster_project.tmm_f004.text.numbers import parse_number

GOALS = 3
"""Cells between goal and total that print the goal again: of a sum planned and done in one quarter there are two."""


def doubted(row: RowReading, catalogs: Catalogs) -> RowReading:
    """The row with nothing of it believed where it may be such a ratio; else as it was."""
    if not row.lecturas or not row.lecturas[0].operaciones or catalogs.knows(row.renglon.unidad_medida):
        return row
    goal, *cells = [parse_number(cell)[:1] for cell in row.renglon.impreso] or [()]
    if not goal or not goal[0] or cells[:-2].count(goal) < GOALS:
        return row
    return RowReading(row.renglon, (), Estado.DUDOSA, dict.fromkeys(CAMPOS, Estado.DUDOSA), dict.fromkeys(CAMPOS), None)
