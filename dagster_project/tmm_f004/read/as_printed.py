"""A row that no reading closes: kept as printed, ``dudosa``, with what does close.

The form's own errors end here too (design §1, fact 8): the printed value stands, the sum that fails is told.
"""

from __future__ import annotations

import numpy as np

from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Cifra, Estado, RowReading
from dagster_project.tmm_f004.read.reading import reading_of
from dagster_project.tmm_f004.search.costs import FIRST_HABITS
from dagster_project.tmm_f004.search.row_variants import RowVariant
from dagster_project.tmm_f004.search.table import Found, Workspace
from dagster_project.tmm_f004.text.numbers import half_up_percent

LIMIT = 40.0
"""Placing cells without sums finds a way at any cost: this only bounds the search."""


def as_printed(
    row: ActionRow, printed: RowVariant, columns: tuple[int, ...], quarter: int, space: Workspace
) -> RowReading:
    """The row placed on its table's layout, sums or not: figures of a side that closes are kept, others doubted."""
    found = space.search(printed, np.array(columns, np.int64), quarter, False, FIRST_HABITS, LIMIT, 0.01)
    if not found:
        none = dict.fromkeys(CAMPOS)
        return RowReading(row, (), Estado.DUDOSA, dict.fromkeys(CAMPOS, Estado.DUDOSA), none, None)
    reading = reading_of(
        Found(
            tuple(int(v) for v in space.best.tuples[0]), float(space.best.prices[0]),
            tuple(int(c) for c in space.best.paths[0, : len(printed.cells)]), printed, columns,
        ),
        closes=False,
    )  # fmt: skip
    shown = _as_shown(reading.valores, printed)
    doubtful = _open_sides(shown)
    moved = {f for f in CAMPOS if reading.estados[f] != Estado.EXACTA}  # without sums nothing tells a place
    estados = {f: Estado.DUDOSA if f in doubtful | moved else reading.estados[f] for f in CAMPOS}
    values = {f: None if f in doubtful else shown[f] for f in CAMPOS}
    ranges = {f: (v, v) for f in sorted(doubtful) if (v := shown[f]) is not None}
    kept = type(reading)(reading.costo, shown, reading.estados, reading.impresos, reading.operaciones, False)
    return RowReading(row, (kept,), Estado.DUDOSA, estados, values, None, ranges, (kept,))


def _as_shown(values: dict[str, Cifra | None], printed: RowVariant) -> dict[str, Cifra | None]:
    """The percentage is what was printed, not what the figures make it."""
    return {**values, "relativo_pct": printed.percent if printed.percent >= 0 else None}


def _open_sides(values: dict[str, Cifra | None]) -> set[str]:
    """The figures whose sum does not close, and the total with them."""
    planned = [values[f"p{q}"] or 0 for q in range(1, 5)]
    achieved = [values[f"a{q}"] or 0 for q in range(1, 5)]
    meta, total = values["meta"] or 0, values["absoluto"] or 0
    doubtful: set[str] = set()
    if sum(planned) != meta:
        doubtful |= {"meta", "p1", "p2", "p3", "p4"}
    if sum(achieved) != total:
        doubtful |= {"absoluto", "a1", "a2", "a3", "a4"}
    if half_up_percent(total, meta) not in (None, values["relativo_pct"]):
        doubtful |= {"meta", "absoluto", "relativo_pct"}
    return doubtful or {"relativo_pct"}
