"""What the joint choice means for the cells of a row: settled with another cut's help, or left open with a range.

In here: from the readings still in the running to an ``Elegida``. Not in here: how much dearer each of
them is (``joint``), or a row's verdict by itself (``read``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.tmm_f004.model import CAMPOS, Cifra, Elegida, Estado, RenglonLeido
from dagster_project.tmm_f004.read.form import worst
from dagster_project.tmm_f004.read.proof import contradicted
from dagster_project.tmm_f004.reconcile.candidates import LOST, NEAR, A, Option, P, is_reliable
from dagster_project.tmm_f004.reconcile.joint_choice import Cut, Habit

MARGIN = 5.0
"""Nats by which the joint choices that hold a value must beat those that do not (benchmarks/histories.py)."""

TOTALS = ("meta", "absoluto")

WELL_KEPT = 4
"""So many actions known to have kept their plans, and none to have changed it, make a unit that carries plans on."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another cut of the action: its row, readings, best one, the first quarter (from 0) both plan, the unit's habit.

    ``is_alone``: a third cut that settles by itself plans otherwise.
    """

    corte: str
    cut: Cut
    read: RenglonLeido
    best: Option
    first: int
    unit: Habit
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the action it is, its extract and its cut."""

    accion_id: str
    extracto_id: str
    corte: str


def alone(place: Place, read: RenglonLeido) -> Elegida:
    """The verdict of the row by itself."""
    best = read.lecturas[0] if read.lecturas else None
    is_stored = best is not None and read.estado not in (Estado.DUDOSA, Estado.CORREGIDA)
    return Elegida(
        accion_id=place.accion_id, extracto_id=place.extracto_id, linea=read.renglon.linea, corte=place.corte,
        candidato=1 if is_stored else None, costo=best.costo if best else None,
        margen=read.margen, estado=read.estado, valores={f: read.valores.get(f) for f in CAMPOS},
        estados=dict(read.estados), minimos={f: low for f, (low, _) in read.rango.items()},
        maximos={f: high for f, (_, high) in read.rango.items()}, impresos=dict(best.impresos) if best else {},
    )  # fmt: skip


def together(
    place: Place, read: RenglonLeido, cut: Cut, excess: Sequence[float], neighbours: Sequence[Neighbour]
) -> Elegida:
    """The verdict of a doubtful row once its other cuts have spoken.

    A cell that the row alone leaves open is settled where every joint choice within the margin agrees
    on it and another cut repeats it, or where it follows from cells so settled; the cut is named.
    """
    within = [k for k, e in enumerate(excess) if e < MARGIN]
    best = min(within, key=lambda k: (excess[k], k))
    chosen = cut.options[best]
    first = alone(place, read)
    values, estados = dict(first.valores), dict(first.estados)
    low, high = dict(first.minimos), dict(first.maximos)
    seen = {f: {cut.options[k].lectura.valores[f] or 0 for k in within} for f in CAMPOS}
    helpers = _helpers(read, cut, chosen, seen, neighbours)
    for field in CAMPOS:
        if field in helpers:
            values[field], estados[field] = chosen.lectura.valores[field], chosen.lectura.estados[field]
            low.pop(field, None)
            high.pop(field, None)
        elif len(seen[field]) > 1:
            values[field], estados[field] = None, Estado.DUDOSA
            low[field], high[field] = min(seen[field]), max(seen[field])
    estados |= dict.fromkeys(contradicted(values, estados), Estado.DUDOSA)
    rivals = [e for k, e in enumerate(excess) if k != best]
    state = worst(estados.values())
    if state != Estado.DUDOSA and Estado.CORREGIDA in estados.values():
        state = Estado.CORREGIDA
    settled = state not in (Estado.DUDOSA, Estado.CORREGIDA)
    return Elegida(
        accion_id=place.accion_id, extracto_id=place.extracto_id, linea=read.renglon.linea, corte=place.corte,
        candidato=chosen.candidato if settled else None, costo=chosen.lectura.costo,
        margen=round(min(rivals), 3) if rivals else None, estado=state, valores=values, estados=estados,
        minimos=low, maximos=high, impresos=dict(chosen.lectura.impresos), corroborada_por=helpers,
    )  # fmt: skip


def _helpers(
    read: RenglonLeido, cut: Cut, chosen: Option, seen: dict[str, set[Cifra]], neighbours: Sequence[Neighbour]
) -> dict[str, str]:
    """The cells that other cuts settle, each with the cut that does."""
    if chosen.extra >= NEAR or not chosen.lectura.cierra:
        # The row itself speaks against the reading that would fit the other cuts best.
        return {}
    open_cells = [
        f for f in CAMPOS
        if len(seen[f]) == 1 and (read.estados[f] == Estado.DUDOSA or (read.valores[f] or 0) not in seen[f])
    ]  # fmt: skip
    if _hangs_on_habit(cut, chosen) and any(n.unit.moved or n.unit.kept < WELL_KEPT or n.is_alone for n in neighbours):
        return {}
    helped: dict[str, Neighbour] = {}
    for f in open_cells:
        helper = next((n for n in neighbours if _repeats(f, cut, read, chosen, n)), None)
        if helper is not None:
            helped[f] = helper
    if helped and is_reliable(read) and not any(len(seen[f]) > 1 for f in CAMPOS):
        helped |= _following([f for f in open_cells if f not in helped], cut, chosen, helped, neighbours)
    return {f: n.corte for f, n in helped.items()}


def _following(
    rest: Sequence[str], cut: Cut, chosen: Option, helped: dict[str, Neighbour], neighbours: Sequence[Neighbour]
) -> dict[str, Neighbour]:
    """What no cut repeats but follows: the row closes, its plan is repeated, nothing that follows is repaired."""
    as_printed = all(chosen.lectura.estados[f] != Estado.REPARADA for f in (*TOTALS, *rest))
    denied = any(_denies(f, cut, chosen, n) for f in rest for n in neighbours)
    helper = next((n for f, n in helped.items() if f in P), None)
    if helper is None or denied or not as_printed or not closes(chosen):
        return {}
    return {f: helper for f in rest if f not in P or int(f[1]) <= helper.first}


def _denies(field: str, cut: Cut, chosen: Option, other: Neighbour) -> bool:
    q = int(field[1]) - 1 if field in A else 4
    return other.first <= q < min(cut.quarter, other.cut.quarter) and chosen.done[q] != other.best.done[q]


def _repeats(field: str, cut: Cut, read: RenglonLeido, chosen: Option, other: Neighbour) -> bool:
    """Whether another cut states the same: the whole plan of the quarters both plan, or an achievement both know."""
    q = int(field[1:]) - 1 if field[1:].isdigit() else -1
    same_plan = chosen.plan[other.first :] == other.best.plan[other.first :]
    if field in P:
        several = len(set(chosen.plan[other.first :]) - {0}) > 1
        sure = _bears_witness(field, other) or (not slips(cut, chosen) and _vouch_for_each_other(chosen, other))
        return q >= other.first and same_plan and (several or is_reliable(read)) and sure
    if field in A and is_reliable(read):
        both = other.first <= q < min(cut.quarter, other.cut.quarter) and chosen.done[q] == other.best.done[q]
        return both and _bears_witness(field, other) and (same_plan or not slips(cut, chosen))
    return False


def _bears_witness(field: str, other: Neighbour) -> bool:
    """Whether the other row settles by itself, or a person decided the figure: rows in doubt often slip alike."""
    return other.read.estado != Estado.DUDOSA or other.read.estados[field] == Estado.CORREGIDA


def _vouch_for_each_other(chosen: Option, other: Neighbour) -> bool:
    """Whether two doubtful rows settle one plan.

    The other is in no doubt of its places; several figures, all printed in one of them, the goal in both.
    """
    figures = set(chosen.plan[other.first :]) - {0}
    rows = (chosen.lectura.estados, other.best.lectura.estados)
    printed = any(all(states[f] != Estado.REPARADA for f in P[other.first :]) for states in rows)
    goals = (chosen.lectura.estados["meta"], other.best.lectura.estados["meta"])
    is_placed = is_reliable(other.read) and not slips(other.cut, other.best)
    return is_placed and len(figures) > 1 and printed and Estado.REPARADA not in goals


def slips(cut: Cut, chosen: Option) -> bool:
    """Whether the row is in doubt of the place of its figures."""
    return any(
        (o.plan, o.done) != (chosen.plan, chosen.done)
        and sorted(o.plan) == sorted(chosen.plan)
        and sorted(o.done) == sorted(chosen.done)
        for o in cut.options
        if o.extra < NEAR
    )


def _hangs_on_habit(cut: Cut, chosen: Option) -> bool:
    """Whether nothing printed says in which quarter figures stood.

    A figure was filled in, or is the plan's only one, or plan and achievement may stand together in
    other quarters. Then another cut helps only where the unit is known to carry its plans on.
    """
    pairs = sorted(zip(chosen.plan, chosen.done, strict=True))
    if any(
        o is not chosen and sorted(zip(o.plan, o.done, strict=True)) == pairs for o in cut.options if o.extra < NEAR
    ):
        return True
    lost = any(o.campo in P and o.operacion in LOST for o in chosen.lectura.operaciones)
    return lost or sum(map(bool, chosen.plan)) == 1


def closes(option: Option) -> bool:
    """Whether the quarters add up to goal and total: of a ratio they do not, and of a table that errs."""
    v = option.lectura.valores
    return sum(option.plan) == v["meta"] and sum(option.done) == v["absoluto"]
