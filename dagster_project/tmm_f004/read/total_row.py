"""The total row as evidence: where a form's first row (x00) is the sum of its actions, a doubtful row must fit it.

In some units the first row is the sum of the others, in others not (docs/form.md, fact 10): the form's
settled figures must bear it out before it weighs, and then it weighs as much as one step of damage.
Not in here: the verdict on a row (``form``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dagster_project.tmm_f004.model import DUDOSA, REPARADA, Cifra, Operation, Reading, RowReading
from dagster_project.tmm_f004.read.proof import SIDES, TOTALS
from dagster_project.tmm_f004.search.costs import COST

PROOF = 6.0
"""Nats of agreement that bear out a sum: each figure agreed on is as unlikely by chance as the numbers below it are
many."""

META_AND_PLANNED = ("meta", *SIDES[0])

Sums = Mapping[str, Cifra]
"""Of each figure that all the other rows settle: what the total row makes it in this one."""


def is_total_row(row: RowReading) -> bool:
    """Whether the row's number is the unit's goal's: x00."""
    number = row.renglon.accion
    return number is not None and number % 100 == 0


def sums(rows: Sequence[RowReading], additive: Sequence[bool], k: int) -> Sums | None:
    """What the total row, the first of ``rows``, makes of row ``k``; None where the settled figures do not bear it out.

    Ratios (``additive`` false) are in no sum. Every figure settled in all rows must add up, and
    those that do must be unlikely to by chance.
    """
    if len(rows) < 3 or not additive[0] or not additive[k] or not is_total_row(rows[0]):
        return None
    actions = [n for n in range(1, len(rows)) if additive[n]]
    wanted: dict[str, Cifra] = {}
    proof = 0.0
    for side, sum_field in zip(SIDES, TOTALS, strict=True):
        agreed: set[Cifra] = set()
        for field in (*side, sum_field):  # the sum is evidence of its own only where no quarter is
            known = {n: _settled(rows[n], field) for n in (0, *actions)}
            rest = [v for n, v in known.items() if n not in (0, k)]
            goal = known[0]
            if None in rest or (k != 0 and goal is None):
                continue
            total = sum(v for v in rest if v is not None)
            wanted[field] = total if k == 0 else (goal or 0) - total
            if known[k] is not None and known[k] != wanted[field]:
                return None
            if (rows[k].valores[field] or known[k]) != wanted[field]:  # a figure in doubt may agree, none that differs
                continue
            whole = total if k == 0 else goal or 0
            parts = sum(bool(v) for n, v in known.items() if n != 0)
            if whole and parts > 1 and not (field == sum_field and agreed):
                agreed.add(whole)
        proof += sum(math.log(1.0 + float(v)) for v in agreed)
    return wanted if proof >= PROOF else None


def _settled(row: RowReading, field: str) -> Cifra | None:
    """A figure that the row's readings agree on, a blank as 0; None where it is in doubt.

    Of a doubtful row that is more than it keeps (``proof.kept``): the sum of the others bears it out, or does not.
    """
    if row.estados[field] != DUDOSA:
        return row.valores[field] or 0
    running = row.alternativas
    options = {r.valores[field] or 0 for r in running}
    changed = field in META_AND_PLANNED and any(r.estados[field] == REPARADA for r in running[:1])
    if len(running) < 2 or len(options) != 1 or changed:
        return None
    return options.pop()


def weighed(reading: Reading, wanted: Sums) -> Reading:
    """The reading, dearer by a step where it breaks the sum of the total row."""
    broken = [f for f, v in wanted.items() if (reading.valores[f] or 0) != v]
    if not broken:
        return reading
    cost = COST["fuera_de_la_suma"]
    step = Operation("fuera_de_la_suma", broken[0], "", str(wanted[broken[0]]), cost)
    return replace(reading, costo=round(reading.costo + cost, 3), operaciones=(*reading.operaciones, step))


def fits(reading: Reading, wanted: Sums, quarter: int) -> bool:
    """Whether the total row's sum proves every figure that the reading changed: it states the figure, or all the
    others that add up with it."""
    changed = {f for f, e in reading.estados.items() if e == REPARADA and f != "relativo_pct"}
    stated = {f for f, v in wanted.items() if (reading.valores[f] or 0) == v}
    for side, total in zip(SIDES, TOTALS, strict=True):
        known = {f for f in side if f in SIDES[0] or int(f[1]) <= quarter} | {total}
        if len(known - stated) == 1:
            stated |= known
    return changed <= stated


def fits_wholly(reading: Reading, wanted: Sums, quarter: int) -> bool:
    """Whether the total row's sum states every figure of the row, and the reading is just that."""
    stated = [f"p{q}" for q in range(1, 5)] + [f"a{q}" for q in range(1, quarter + 1)]
    return all(f in wanted and (reading.valores[f] or 0) == wanted[f] for f in stated)
