"""A doubtful quarter, settled by the cells of the page's own table.

A report of quarter q knows A of q quarters (design §1, fact 2): under the right quarter the rows of
a table close and their later A are blank, 0 or copies; under another one most do not. Only for
pages whose printed dates and neighbours leave the quarter open (``cut``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dagster_project.tmm_f004.model import Asentado, Estado, Renglon
from dagster_project.tmm_f004.printed import variants
from dagster_project.tmm_f004.table import Workspace, table_cost
from dagster_project.tmm_f004.words import plain

MARGIN = 6.0
"""Nats by which a quarter must explain the table better than the next: odds of 400 to 1."""

CLOSE = 12.0
"""A quarter dearer than the best by more than this is not priced any further: nobody will ask how improbable it is."""

LEAST_SHARE = 0.03
"""A quarter that other evidence does not speak of at all is still possible."""

FEWEST = 2
"""Rows that a table needs to speak for a quarter."""


def settle_by_cells(quarter: Asentado, rows: Sequence[Renglon], ratios: frozenset[str], space: Workspace) -> Asentado:
    """Settle a doubtful quarter (``estado`` reparada) if the table is read far better under it than under any other.

    ``ratios`` are the measures that do not add up. A quarter that is settled, or a table that
    leaves it open, comes back as it was.
    """
    if quarter.estado is not Estado.DUDOSA:
        return quarter
    prints = [p for p in ((variants(r), r) for r in rows) if p[0]]
    if len(prints) < FEWEST:
        return quarter
    known = dict(quarter.alternativas)
    if quarter.valor:
        known.setdefault(quarter.valor, quarter.puntaje)
    additive = [plain(r.unidad_medida) not in ratios for _, r in prints]
    told = {q: -math.log(max(known.get(str(q), 0.0), LEAST_SHARE)) for q in range(1, 5)}
    price: dict[int, float] = {}
    for q in sorted(told, key=lambda q: told[q]):
        bound = min(price.values(), default=math.inf) + CLOSE - told[q]
        price[q] = table_cost([p for p, _ in prints], additive, q, space, bound) + told[q]
    best, second = sorted(price.values())[:2]
    if second - best < MARGIN:
        return quarter
    likely = {str(q): math.exp(best - c) for q, c in price.items()}
    whole = sum(likely.values())
    shares = sorted(((q, round(v / whole, 4)) for q, v in likely.items()), key=lambda s: -s[1])
    return Asentado(shares[0][0], Estado.REPARADA, "celdas", shares[0][1], tuple(shares[1:]))
