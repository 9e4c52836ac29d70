"""The cells of a row as the file prints them, character by character, beside those that are read.

In here: finding each cell in its line again. Not in here: what is taken out to read it (``text.legible``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.text.cells import cells_of
from dagster_project.tmm_f004.text.legible import legible

_RULED = re.compile(r"[\t|]")


def with_verbatim_cells(row: ActionRow, lines: Sequence[str], read: Sequence[str]) -> ActionRow:
    """The row with its cells as printed, where they are not what is read.

    ``lines`` are those of the file, ``read`` the same as they are read.
    """
    own = slice(row.linea - 1, row.linea_fin or row.linea)
    if row.impreso_literal or lines[own] == read[own]:
        return row
    printed = [cell for text in lines[own] for cell in (cells_of(text) if _RULED.search(text) else text.split(" "))]
    found: list[str] = []
    for cell in row.impreso:
        at = next((k for k, text in enumerate(printed) if legible(text).strip() == cell), None)
        found.append(cell if at is None else printed[at])
        printed = printed if at is None else printed[at + 1 :]
    return row if tuple(found) == row.impreso else replace(row, impreso_literal=tuple(found))
