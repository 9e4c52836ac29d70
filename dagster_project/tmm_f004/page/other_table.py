"""Another table below the form's, on the same page: a legend of lights, indicators, a budget. Its rows are no actions.

In here: where it begins. Not in here: rows that print totals (``totals``), pages that follow (``page_split``).
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.text.cells import cells_of
from dagster_project.tmm_f004.text.numbers import TEXT, is_blank, kind_of

FEWEST_ROWS = 2
"""Rows of a table, at least: one that lost its number, codes and cells may be an action."""


def other_table_at(lines: Sequence[tuple[int, str]], rows: Sequence[ActionRow]) -> int | None:
    """The line (from 1) at which another table begins, its title and head among it; None where there is none.

    ``rows`` are all that print figures among the ``lines`` of a table. Those of another one have neither línea codes
    nor a number that goes on, and print fewer cells than any action, each of which has both.
    """
    first = len(rows)
    while first and not rows[first - 1].lineas_accion:
        first -= 1
    actions, others = rows[:first], rows[first:]
    if min(len(actions), len(others)) < FEWEST_ROWS or not all(r.accion and r.lineas_accion for r in actions):
        return None
    hundreds = {(r.accion or 0) // 100 for r in actions}
    if any(r.accion and r.accion // 100 in hundreds for r in others):
        return None
    if max(map(_width, others)) >= min(map(_width, actions)):
        return None
    return _with_its_title(lines, actions[-1].linea, others[0].linea)


def _width(row: ActionRow) -> int:
    return sum(not is_blank(cell) for cell in row.impreso)


def _with_its_title(lines: Sequence[tuple[int, str]], above: int, first: int) -> int:
    """The first of the lines of words that stand right over a row: a head of several cells, and a title over that."""
    for number, text in reversed([(n, t) for n, t in lines if above < n < first and t.strip()]):
        cells = [cell for cell in cells_of(text) if cell]
        if not all(kind_of(cell) is TEXT for cell in cells):
            break
        first = number
        if len(cells) == 1:
            break  # what stands over a title is the last action's
    return first
