"""A row that no reading closes: kept as printed, ``dudosa``, with what does close.

The form's own errors end here too (docs/form.md, fact 8): the printed value stands, the sum that fails is told.
"""

from __future__ import annotations

import numpy as np

from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Cifra, Estado, Reading, RowReading
from dagster_project.tmm_f004.read.proof import SIDES, TOTALS
from dagster_project.tmm_f004.read.reading import reading_of
from dagster_project.tmm_f004.search.costs import FIRST_HABITS
from dagster_project.tmm_f004.search.row_variants import RowVariant
from dagster_project.tmm_f004.search.table import Found, Workspace
from dagster_project.tmm_f004.text.numbers import half_up_percent

LIMIT = 40.0
"""Placing cells without sums finds a way at any cost: this only bounds the search."""


def as_printed(
    row: ActionRow, printed: RowVariant, columns: tuple[int, ...], quarter: int, additive: bool, space: Workspace
) -> RowReading:
    """The row placed on its table's layout, sums or not: figures of a side that closes in place are kept, others
    doubted."""
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
    in_place = tuple(space.best.paths[0, : len(printed.cells)]) == columns  # without sums nothing tells another place
    kept = _closed_sides(shown) if additive and in_place else set()
    estados = {f: reading.estados[f] if f in kept else Estado.DUDOSA for f in CAMPOS}
    values = {f: shown[f] if f in kept else None for f in CAMPOS}
    ranges = {f: (v, v) for f in CAMPOS if f not in kept and (v := shown[f]) is not None}
    best = type(reading)(reading.costo, shown, reading.estados, reading.impresos, reading.operaciones, False)
    return RowReading(row, (best,), Estado.DUDOSA, estados, values, None, ranges, (best,))


def closed_in(shown: RowReading, reading: Reading) -> set[str]:
    """The figures that a row as printed closes and a reading of it has too."""
    return {f for f in CAMPOS if shown.estados[f] != Estado.DUDOSA and shown.valores[f] == reading.valores[f]}


def _as_shown(values: dict[str, Cifra | None], printed: RowVariant) -> dict[str, Cifra | None]:
    """The percentage is what was printed, not what the figures make it."""
    return {**values, "relativo_pct": printed.percent if printed.percent >= 0 else None}


def _closed_sides(values: dict[str, Cifra | None]) -> set[str]:
    """The figures whose sum closes, be it of more than noughts; the percentage where it is that of both sums."""
    closed: set[str] = set()
    for side, total in zip(SIDES, TOTALS, strict=True):
        if values[total] and sum(values[f] or 0 for f in side) == values[total]:
            closed |= {*side, total}
    whole, part = values["meta"] or 0, values["absoluto"] or 0
    if {*TOTALS} <= closed and half_up_percent(part, whole) == values["relativo_pct"]:
        closed.add("relativo_pct")
    return closed
