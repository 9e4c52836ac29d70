"""Tables that print figures to date: each column contains the one before, and the last is the total.

In here: how they are told from tables of the quarters' own figures. Not in here: reading them: nothing in the form says
that a quarter's figure may be taken as a difference, so their rows are doubtful, with what closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Cifra, Estado, Reading, RowReading
from dagster_project.tmm_f004.read.arithmetic import FORM, Figures, achieved_add_up, plan_adds_up
from dagster_project.tmm_f004.text.numbers import half_up_percent

PLAN, ACHIEVED, BOTH = "programa_acumulado", "avance_acumulado", "programa_y_avance_acumulados"
"""Kinds of table by what is to date; the others' figures are the quarters' own."""

AGAINST = 4
"""Rows that close to date alone must be so many times those that close as the form's alone: a sum may close by
chance."""


SHARE = 0.8
"""Share of the rows that print every column that must close as the kind of table says."""


def to_date(rows: Sequence[Figures | None], quarter: int) -> str | None:
    """The kind of a table that prints figures to date, None of any other; rows that are no full print are passed over.

    Rows that close either way (all in the first quarter) tell nothing, and neither does one side alone: a pair set
    twice makes A contain the one before, while its P add up to no meta.
    """
    full = [f for f in rows if f is not None]
    if 2 * len(full) <= len(rows) or sum(_closes(f, quarter) for f in full) < SHARE * len(full):
        return None
    plan = _told([(_plan_to_date(f), plan_adds_up(f)) for f in full])
    achieved = _told([(_achieved_to_date(f, quarter), sum(f.achieved[:quarter]) == f.total) for f in full])
    if plan and achieved:
        return BOTH
    return PLAN if plan else ACHIEVED if achieved else None


def _told(rows: Sequence[tuple[bool, bool]]) -> bool:
    """Whether rows close to date and not by quarters, and none the other way round."""
    only = sum(dated and not summed for dated, summed in rows)
    against = sum(summed and not dated for dated, summed in rows)
    return only > AGAINST * against and sum(dated for dated, _ in rows) >= SHARE * len(rows)


def _plan_to_date(f: Figures) -> bool:
    return _grows(f.planned) and f.planned[-1] == f.meta


def _achieved_to_date(f: Figures, quarter: int) -> bool:
    known, later = f.achieved[:quarter], f.achieved[quarter:]
    return _grows(known) and known[-1] == f.total and all(a in (0, f.total) for a in later)


def _closes(f: Figures, quarter: int) -> bool:
    """Whether both sides close, each to date or as the quarters' own."""
    achieved = _achieved_to_date(f, quarter) or sum(f.achieved[:quarter]) == f.total
    return achieved and (_plan_to_date(f) or plan_adds_up(f))


def _grows(values: Sequence[Cifra]) -> bool:
    return all(a <= b for a, b in pairwise(values))


def doubtful(row: ActionRow, figures: Figures | None, kind: str, quarter: int) -> RowReading:
    """A row of a table to date: what is the same either way is kept, the quarters' own figures are one reading of
    it."""
    none: dict[str, Cifra | None] = dict.fromkeys(CAMPOS)
    open_ = dict.fromkeys(CAMPOS, Estado.DUDOSA)
    if figures is None:
        return RowReading(row, (), Estado.DUDOSA, open_, none, None)
    held: set[str] = set()
    planned, achieved = figures.planned, figures.achieved[:quarter]
    if kind == ACHIEVED and plan_adds_up(figures):
        held |= {"meta", "p1", "p2", "p3", "p4"}
    elif kind != ACHIEVED and _plan_to_date(figures):
        held.add("meta")
        planned = _apart(planned)
    if kind == PLAN and achieved_add_up(figures, quarter):
        held |= {"absoluto", *(f"a{q}" for q in range(1, quarter + 1))}
    elif kind != PLAN and (_achieved_to_date(figures, quarter) or not any((*achieved, figures.total))):
        held.add("absoluto")
        achieved = _apart(achieved)
    if not held & {"meta"} or not held & {"absoluto"} or min((*planned, *achieved)) < 0:
        return RowReading(row, (), Estado.DUDOSA, open_, none, None)
    percent = half_up_percent(figures.total, figures.meta)
    values: dict[str, Cifra | None] = {
        **none, "meta": figures.meta, "absoluto": figures.total, "relativo_pct": percent,
        **{f"p{q}": v for q, v in enumerate(planned, start=1)}, **{f"a{q}": v for q, v in enumerate(achieved, start=1)},
    }  # fmt: skip
    if percent is not None and figures.percent == f"{percent}%":
        held.add("relativo_pct")
    reading = Reading(0.0, values, open_, dict(zip(FORM, row.impreso, strict=False)))
    estados = {f: Estado.EXACTA if f in held else Estado.DUDOSA for f in CAMPOS}
    shown = {f: values[f] if f in held else None for f in CAMPOS}
    ranges = {f: (min(0, v), v) for f in CAMPOS if f not in held and (v := values[f]) is not None}
    return RowReading(row, (reading,), Estado.DUDOSA, estados, shown, None, ranges, (reading,))


def _apart(values: Sequence[Cifra]) -> tuple[Cifra, ...]:
    """The quarters' own figures of figures to date."""
    return tuple(b - a for a, b in pairwise((0, *values)))
