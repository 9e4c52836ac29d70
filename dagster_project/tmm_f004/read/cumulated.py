"""The rows of tables that print figures to date (``search.to_date``): doubtful, with what closes.

In here: what of such a row is the same either way, and the quarters' own figures as readings of it; rows of a table
that was not told to be of that kind, and may be. Not in here: how such tables are told. Nothing in the form says that a
quarter's figure may be taken as a difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Cifra, Estado, Reading, RowReading
from dagster_project.tmm_f004.search.row_sums import FORM, Figures, Placed
from dagster_project.tmm_f004.search.symbols import ABS
from dagster_project.tmm_f004.search.table import Found
from dagster_project.tmm_f004.search.to_date import ACHIEVED, KINDS, PLAN, by_quarter
from dagster_project.tmm_f004.text.numbers import BLANKS, half_up_percent

BY_SIDE = {"p": tuple(f"p{q}" for q in range(1, 5)), "a": tuple(f"a{q}" for q in range(1, 5))}


def doubtful(row: ActionRow, placed: Sequence[Placed], kind: str, quarter: int) -> RowReading:
    """A row of a table to date: what is the same either way is kept, the quarters' own figures are readings of it.

    ``placed`` is what it prints under each layout that is as wide (``row_sums.placements``).
    Meta and total are kept where it closes, and the side that is not to date where it closes in one way alone and
    prints every quarter: a blank one may be any that the row left out.
    """
    readings = _readings(placed, (kind, *(k for k in KINDS if k != kind)), quarter)
    open_ = dict.fromkeys(CAMPOS, Estado.DUDOSA)
    if not readings:
        return RowReading(row, (), Estado.DUDOSA, open_, dict.fromkeys(CAMPOS), None)
    first = readings[0].valores
    side = BY_SIDE["p"] if kind == ACHIEVED else BY_SIDE["a"][:quarter] if kind == PLAN else ()
    held = {"meta", "absoluto", *(side if all(readings[0].impresos[f] not in BLANKS for f in side) else ())}
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


def doubtful_to_date(
    read: Mapping[int, RowReading], found: Mapping[int, Sequence[Found]], quarter: int
) -> dict[int, RowReading]:
    """The rows of a page that are sure and may be figures to date all the same, doubtful: no A of theirs is kept.

    ``read`` and ``found`` are a page's rows that add up, and what the search found of each. Such rows have their
    total in one quarter and pass over a figure beside an earlier P (``_passes_over``), or have lost it (``_grows``).
    What refutes it is a row with figures in two quarters: to date, the last would be the total by itself. Where these
    are fewer, none is believed.
    """
    sure = {k: row for k, row in read.items() if row.estado != Estado.DUDOSA and found[k]}
    may_be = [k for k, row in sure.items() if _passes_over(found[k][0], quarter) or _grows(row)]
    refuted = sum(sum(bool(row.valores[f]) for f in BY_SIDE["a"]) > 1 for k, row in sure.items() if k not in may_be)
    return {k: _with_totals_alone(sure[k], quarter) for k in may_be} if len(may_be) > refuted else {}


def _passes_over(found: Found, quarter: int) -> bool:
    """Whether the whole total stands in one quarter, behind a cell beside a P that is no figure of this reading: to
    date, it is that quarter's A."""
    achieved = found.values[1 : 2 * quarter : 2]
    total = found.values[ABS]
    if total <= 0 or sum(v > 0 for v in achieved) != 1 or total not in achieved[1:]:
        return False
    column = 2 * achieved.index(total) + 1
    cells = found.printed.cells.tolist()
    path = found.path[: found.path.index(column)] if column in found.path else found.path
    return any(
        before < ABS and before % 2 == 0 and (c > ABS or c in path[:i]) and 0 < cells[i] <= total
        for i, (before, c) in enumerate(pairwise(path), start=1)
    )


def _grows(row: RowReading) -> bool:
    """Whether a total was brought back from A of which each is at least the one before: to date, it is the last."""
    achieved = [v for f in BY_SIDE["a"] if (v := row.valores[f])]
    if _percent_of_the_sum(row, achieved):
        return False
    return row.estados["absoluto"] == Estado.REPARADA and len(achieved) > 1 and achieved == sorted(achieved)


def _percent_of_the_sum(row: RowReading, achieved: Sequence[Cifra]) -> bool:
    """Whether the percentage as printed is that of the sum, and not that of the last A."""
    first, meta = row.lecturas[0], row.valores["meta"]
    percent = first.valores["relativo_pct"]
    if not achieved or not meta or percent is None or first.impresos.get("relativo_pct") != f"{percent}%":
        return False
    return half_up_percent(achieved[-1], meta) != percent and half_up_percent(sum(achieved), meta) == percent


def _with_totals_alone(row: RowReading, quarter: int) -> RowReading:
    """A row in which nothing that hangs on its A is believed; meta and total are, where they are as printed."""
    first = row.lecturas[0]
    held = {f for f in ("meta", "absoluto", "relativo_pct") if first.estados[f] != Estado.REPARADA}
    estados = {f: first.estados[f] if f in held else Estado.DUDOSA for f in CAMPOS}
    values = {f: first.valores[f] if f in held else None for f in CAMPOS}
    most = {"p": first.valores["meta"] or 0, "a": first.valores["absoluto"] or 0}
    ranges: dict[str, tuple[Cifra, Cifra]] = {f: (0, most[f[0]]) for f in (*BY_SIDE["p"], *BY_SIDE["a"][:quarter])}
    left = row.lecturas[:1]
    return replace(
        row, estado=Estado.DUDOSA, estados=estados, valores=values, margen=None, rango=ranges, alternativas=left
    )
