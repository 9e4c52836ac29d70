"""The rows of tables that print figures to date (``search.to_date``): doubtful, with what closes.

In here: what of such a row is the same either way, and the quarters' own figures as readings of it. Not in here: how
such tables are told. Nothing in the form says that a quarter's figure may be taken as a difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Cifra, Estado, Reading, RowReading
from dagster_project.tmm_f004.search.row_sums import FORM, Figures, Placed
from dagster_project.tmm_f004.search.to_date import ACHIEVED, KINDS, PLAN, by_quarter
from dagster_project.tmm_f004.text.numbers import half_up_percent

BY_SIDE = {"p": tuple(f"p{q}" for q in range(1, 5)), "a": tuple(f"a{q}" for q in range(1, 5))}


def doubtful(row: ActionRow, placed: Sequence[Placed], kind: str, quarter: int) -> RowReading:
    """A row of a table to date: what is the same either way is kept, the quarters' own figures are readings of it.

    ``placed`` is what it prints under each layout that is as wide (``row_sums.placements``).
    Meta and total are kept where it closes, and the side that is not to date where it closes in one way alone.
    """
    readings = _readings(placed, (kind, *(k for k in KINDS if k != kind)), quarter)
    open_ = dict.fromkeys(CAMPOS, Estado.DUDOSA)
    if not readings:
        return RowReading(row, (), Estado.DUDOSA, open_, dict.fromkeys(CAMPOS), None)
    first = readings[0].valores
    side = BY_SIDE["p"] if kind == ACHIEVED else BY_SIDE["a"][:quarter] if kind == PLAN else ()
    held = {"meta", "absoluto", *side}
    held = {f for f in held if len({r.valores[f] or 0 for r in readings}) == 1}
    if first["relativo_pct"] is not None and readings[0].impresos["relativo_pct"] == f"{first['relativo_pct']}%":
        held.add("relativo_pct")
    estados = {f: Estado.EXACTA if f in held else Estado.DUDOSA for f in CAMPOS}
    shown = {f: first[f] if f in held else None for f in CAMPOS}
    options = {f: [r.valores[f] or 0 for r in readings] for f in CAMPOS if f not in held and first[f] is not None}
    ranges = {f: (min(0, *found), max(found)) for f, found in options.items()}
    return RowReading(row, readings, Estado.DUDOSA, estados, shown, None, ranges, readings)


def _readings(placed: Sequence[Placed], kinds: Sequence[str], quarter: int) -> tuple[Reading, ...]:
    """The row's readings, each once, as tables of these kinds print it: the first kind's first."""
    found: dict[Figures, Reading] = {}
    for kind in kinds:
        for printed, full in placed:
            own = by_quarter(printed, kind, quarter)
            if own is not None and own not in found:
                found[own] = _reading(own, full)
    return tuple(found.values())


def _reading(own: Figures, full: Sequence[str]) -> Reading:
    values: dict[str, Cifra | None] = {
        **dict.fromkeys(CAMPOS), "meta": own.meta, "absoluto": own.total,
        "relativo_pct": half_up_percent(own.total, own.meta), **dict(zip(BY_SIDE["p"], own.planned, strict=True)),
        **dict(zip(BY_SIDE["a"], own.achieved, strict=False)),
    }  # fmt: skip
    return Reading(0.0, values, dict.fromkeys(CAMPOS, Estado.DUDOSA), dict(zip(FORM, full, strict=True)))
