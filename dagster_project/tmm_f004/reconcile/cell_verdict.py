"""What the joint choice means for the cells of a row: settled with another quarter's help, or left open with a range.

In here: from the readings still in the running to a ``ChosenReading``. Not in here: how much dearer each of
them is (``joint_choice``), or a row's verdict by itself (``read``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagster_project.tmm_f004.model import CAMPOS, ChosenReading, Cifra, Estado, RowReading
from dagster_project.tmm_f004.read.form import worst
from dagster_project.tmm_f004.read.proof import TOTALS, contradicted
from dagster_project.tmm_f004.reconcile.candidates import (
    ACHIEVED_FIELDS,
    CANDIDATE_NEAR,
    FILLED_IN_STEPS,
    PLANNED_FIELDS,
    Candidate,
    is_reliable,
)
from dagster_project.tmm_f004.reconcile.joint_choice import ActionQuarter, Habit

JOINT_MARGIN = 5.0
"""Nats by which the joint choices that hold a value must beat those that do not (benchmarks/histories.py)."""

WELL_KEPT = 4
"""So many actions known to have kept their plans, and none to have changed it, make a unit that carries plans on."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another quarter of the action: its row, readings, best one, the first (from 0) that both plan, the unit's habit.

    ``is_alone``: a third quarter that settles by itself plans otherwise.
    """

    corte: str
    quarter: ActionQuarter
    read: RowReading
    best: Candidate
    first: int
    unit: Habit
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a row stands: the action it is, its extract and its quarter."""

    accion_id: str
    extracto_id: str
    corte: str


def alone(ref: RowRef, read: RowReading) -> ChosenReading:
    """The verdict of the row by itself."""
    best = read.lecturas[0] if read.lecturas else None
    is_stored = best is not None and read.estado not in (Estado.DUDOSA, Estado.CORREGIDA)
    return ChosenReading(
        accion_id=ref.accion_id, extracto_id=ref.extracto_id, linea=read.renglon.linea, corte=ref.corte,
        candidato=1 if is_stored else None, costo=best.costo if best else None,
        margen=read.margen, estado=read.estado, valores={f: read.valores.get(f) for f in CAMPOS},
        estados=dict(read.estados), minimos={f: low for f, (low, _) in read.rango.items()},
        maximos={f: high for f, (_, high) in read.rango.items()}, impresos=dict(best.impresos) if best else {},
    )  # fmt: skip


def in_dispute(verdict: ChosenReading, all_of_them: Sequence[ChosenReading]) -> ChosenReading:
    """The verdict on a row of which another page of the same quarter, no less in force, states something else.

    Figures on which all of them agree stand, as the row has them; the others are open, with the range of all.
    """
    values, estados = dict(verdict.valores), dict(verdict.estados)
    low, high = dict(verdict.minimos), dict(verdict.maximos)
    for field in CAMPOS:
        said = {v.valores.get(field) or 0 for v in all_of_them if v.estados[field] != Estado.DUDOSA}
        if len(said) > 1:
            said |= {ends[field] for v in all_of_them for ends in (v.minimos, v.maximos) if field in ends}
            values[field], estados[field] = None, Estado.DUDOSA
            low[field], high[field] = min(said), max(said)
    if estados == verdict.estados:
        return verdict
    return replace(
        verdict, candidato=None, estado=Estado.DUDOSA, valores=values, estados=estados, minimos=low, maximos=high
    )


def together(
    ref: RowRef, read: RowReading, quarter: ActionQuarter, regret: Sequence[float], neighbours: Sequence[Neighbour]
) -> ChosenReading:
    """The verdict of a doubtful row once its other quarters have spoken.

    A cell that the row alone leaves open is settled where every joint choice within the margin agrees
    on it and another quarter repeats it, or where it follows from cells so settled; the quarter is named.
    """
    within = [k for k, e in enumerate(regret) if e < JOINT_MARGIN]
    best = min(within, key=lambda k: (regret[k], k))
    chosen = quarter.candidates[best]
    first = alone(ref, read)
    values, estados = dict(first.valores), dict(first.estados)
    low, high = dict(first.minimos), dict(first.maximos)
    seen = {f: {quarter.candidates[k].reading.valores[f] or 0 for k in within} for f in CAMPOS}
    helpers = _helpers(read, quarter, chosen, seen, neighbours)
    for field in CAMPOS:
        if field in helpers:
            values[field], estados[field] = chosen.reading.valores[field], chosen.reading.estados[field]
            low.pop(field, None)
            high.pop(field, None)
        elif len(seen[field]) > 1:
            values[field], estados[field] = None, Estado.DUDOSA
            low[field], high[field] = min(seen[field]), max(seen[field])
    estados |= dict.fromkeys(contradicted(values, estados), Estado.DUDOSA)
    rivals = [e for k, e in enumerate(regret) if k != best]
    state = worst(estados.values())
    if state != Estado.DUDOSA and Estado.CORREGIDA in estados.values():
        state = Estado.CORREGIDA
    settled = state not in (Estado.DUDOSA, Estado.CORREGIDA)
    return ChosenReading(
        accion_id=ref.accion_id, extracto_id=ref.extracto_id, linea=read.renglon.linea, corte=ref.corte,
        candidato=chosen.candidato if settled else None, costo=chosen.reading.costo,
        margen=round(min(rivals), 3) if rivals else None, estado=state, valores=values, estados=estados,
        minimos=low, maximos=high, impresos=dict(chosen.reading.impresos), corroborada_por=helpers,
    )  # fmt: skip


def _helpers(
    read: RowReading,
    quarter: ActionQuarter,
    chosen: Candidate,
    seen: dict[str, set[Cifra]],
    neighbours: Sequence[Neighbour],
) -> dict[str, str]:
    """The cells that other quarters settle, each with the quarter that does."""
    if chosen.extra >= CANDIDATE_NEAR or not chosen.reading.cierra:
        # The row itself speaks against the reading that would fit the other quarters best.
        return {}
    open_cells = [
        f for f in CAMPOS
        if len(seen[f]) == 1 and (read.estados[f] == Estado.DUDOSA or (read.valores[f] or 0) not in seen[f])
    ]  # fmt: skip
    if _hangs_on_habit(quarter, chosen) and any(
        n.unit.moved or n.unit.kept < WELL_KEPT or n.is_alone for n in neighbours
    ):
        return {}
    helped: dict[str, Neighbour] = {}
    for f in open_cells:
        helper = next((n for n in neighbours if _repeats(f, quarter, read, chosen, n)), None)
        if helper is not None:
            helped[f] = helper
    if helped and is_reliable(read) and not any(len(seen[f]) > 1 for f in CAMPOS):
        helped |= _following([f for f in open_cells if f not in helped], quarter, chosen, helped, neighbours)
    return {f: n.corte for f, n in helped.items()}


def _following(
    rest: Sequence[str],
    quarter: ActionQuarter,
    chosen: Candidate,
    helped: dict[str, Neighbour],
    neighbours: Sequence[Neighbour],
) -> dict[str, Neighbour]:
    """What no quarter repeats but follows: the row closes, its plan is repeated, nothing that follows is repaired."""
    as_printed = all(chosen.reading.estados[f] != Estado.REPARADA for f in (*TOTALS, *rest))
    denied = any(_denies(f, quarter, chosen, n) for f in rest for n in neighbours)
    helper = next((n for f, n in helped.items() if f in PLANNED_FIELDS), None)
    if helper is None or denied or not as_printed or not closes(chosen):
        return {}
    return {f: helper for f in rest if f not in PLANNED_FIELDS or int(f[1]) <= helper.first}


def _denies(field: str, quarter: ActionQuarter, chosen: Candidate, other: Neighbour) -> bool:
    q = int(field[1]) - 1 if field in ACHIEVED_FIELDS else 4
    return other.first <= q < min(quarter.number, other.quarter.number) and chosen.done[q] != other.best.done[q]


def _repeats(field: str, quarter: ActionQuarter, read: RowReading, chosen: Candidate, other: Neighbour) -> bool:
    """Whether another report states the same: the whole plan of the quarters both plan, or an achievement both know."""
    q = int(field[1:]) - 1 if field[1:].isdigit() else -1
    same_plan = chosen.plan[other.first :] == other.best.plan[other.first :]
    if field in PLANNED_FIELDS:
        several = len(set(chosen.plan[other.first :]) - {0}) > 1
        sure = _bears_witness(field, other) or (not slips(quarter, chosen) and _vouch_for_each_other(chosen, other))
        return q >= other.first and same_plan and (several or is_reliable(read)) and sure
    if field in ACHIEVED_FIELDS and is_reliable(read):
        both = other.first <= q < min(quarter.number, other.quarter.number) and chosen.done[q] == other.best.done[q]
        return both and _bears_witness(field, other) and (same_plan or not slips(quarter, chosen))
    return False


def _bears_witness(field: str, other: Neighbour) -> bool:
    """Whether the other row settles by itself, or a person decided the figure: rows in doubt often slip alike."""
    return other.read.estado != Estado.DUDOSA or other.read.estados[field] == Estado.CORREGIDA


def _vouch_for_each_other(chosen: Candidate, other: Neighbour) -> bool:
    """Whether two doubtful rows settle one plan.

    The other is in no doubt of its places; several figures, all printed in one of them, the goal in both.
    """
    figures = set(chosen.plan[other.first :]) - {0}
    rows = (chosen.reading.estados, other.best.reading.estados)
    printed = any(all(states[f] != Estado.REPARADA for f in PLANNED_FIELDS[other.first :]) for states in rows)
    goals = (chosen.reading.estados["meta"], other.best.reading.estados["meta"])
    is_placed = is_reliable(other.read) and not slips(other.quarter, other.best)
    return is_placed and len(figures) > 1 and printed and Estado.REPARADA not in goals


def slips(quarter: ActionQuarter, chosen: Candidate) -> bool:
    """Whether the row is in doubt of the place of its figures."""
    return any(
        (o.plan, o.done) != (chosen.plan, chosen.done)
        and sorted(o.plan) == sorted(chosen.plan)
        and sorted(o.done) == sorted(chosen.done)
        for o in quarter.candidates
        if o.extra < CANDIDATE_NEAR
    )


def _hangs_on_habit(quarter: ActionQuarter, chosen: Candidate) -> bool:
    """Whether nothing printed says in which quarter figures stood.

    A figure was filled in, or is the plan's only one, or plan and achievement may stand together in
    other quarters. Then another quarter helps only where the unit is known to carry its plans on.
    """
    pairs = sorted(zip(chosen.plan, chosen.done, strict=True))
    if any(
        o is not chosen and sorted(zip(o.plan, o.done, strict=True)) == pairs
        for o in quarter.candidates
        if o.extra < CANDIDATE_NEAR
    ):
        return True
    lost = any(o.campo in PLANNED_FIELDS and o.operacion in FILLED_IN_STEPS for o in chosen.reading.operaciones)
    return lost or sum(map(bool, chosen.plan)) == 1


def closes(candidate: Candidate) -> bool:
    """Whether the quarters add up to goal and total: of a ratio they do not, and of a table that errs."""
    v = candidate.reading.valores
    return sum(candidate.plan) == v["meta"] and sum(candidate.done) == v["absoluto"]
