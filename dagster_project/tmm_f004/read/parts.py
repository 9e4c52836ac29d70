"""Which rows of a page are one table: a page may hold two, each with a layout of its own.

In here: the parts of a page, by the lines between its rows and by what it saves to read them apart. Not in here: the
layout of a table (``search.table``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.search.row_variants import RowVariant
from dagster_project.tmm_f004.search.table import Workspace, table_cost

TABLES_APART, LEAST_ROWS = 10.0, 2
"""Two tables of one form are read apart where that is cheaper by this much, and each has so many rows."""


def parts_of(
    rows: Sequence[ActionRow],
    readable: Sequence[int],
    prints: Sequence[list[RowVariant]],
    additive: Mapping[int, bool],
    quarter: int,
    space: Workspace,
) -> list[list[int]]:
    """The tables of a form, each the indices of its rows: one, unless lines part the rows and layouts tell them apart.

    A header repeated in mid-table parts rows too, so the parts must be much cheaper to read apart.
    """
    parts: list[list[int]] = [[]]
    for k in readable:
        last = rows[parts[-1][-1]] if parts[-1] else None
        if last is not None and rows[k].linea - (last.linea_fin or last.linea) > 2:
            parts.append([])
        parts[-1].append(k)
    if len(parts) == 1 or min(map(len, parts)) < LEAST_ROWS:
        return [list(readable)]

    def cost(part: Sequence[int]) -> float:
        return table_cost([prints[k] for k in part], [additive[k] for k in part], quarter, space, math.inf)

    apart = sum(cost(part) for part in parts)
    return parts if apart + TABLES_APART * (len(parts) - 1) < cost(readable) else [list(readable)]
