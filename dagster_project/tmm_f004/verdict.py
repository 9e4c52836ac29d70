"""What the joint choice means for the cells of a row: settled with another cut's help, or left open with a range.

In here: from the readings still in the running to an ``Elegida``. Not in here: how much dearer each of
them is (``joint``), or a row's verdict by itself (``read``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.tmm_f004.joint import Cut, Habit, first_quarter
from dagster_project.tmm_f004.model import CAMPOS, Cifra, Elegida, Estado, RenglonLeido
from dagster_project.tmm_f004.options import Option, P, is_reliable
from dagster_project.tmm_f004.read import worst

MARGIN = 5.0
"""Nats by which the joint choices that hold a value must beat those that do not (benchmarks/histories.py)."""

SUPPOSED = " (plan supuesto)"
"""Follows the cut's name where the value shows in no print of the row: it is the other cut's plan, supposed to repeat,
of a unit that is known to have changed plans between the two."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another cut of the action that may have helped: its name, its cheapest reading, and how the unit kept plans."""

    corte: str
    best: Option
    plan_name: str | None
    unit: Habit


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the action it is, its extract and its cut."""

    accion_id: str
    extracto_id: str
    corte: str


def alone(place: Place, read: RenglonLeido) -> Elegida:
    """The verdict of the row by itself."""
    best = read.lecturas[0] if read.lecturas else None
    return Elegida(
        accion_id=place.accion_id, extracto_id=place.extracto_id, linea=read.renglon.linea, corte=place.corte,
        candidato=1 if best and read.estado != Estado.DUDOSA else None, costo=best.costo if best else None,
        margen=read.margen, estado=read.estado, valores={f: read.valores.get(f) for f in CAMPOS},
        estados=dict(read.estados), minimos={f: low for f, (low, _) in read.rango.items()},
        maximos={f: high for f, (_, high) in read.rango.items()}, impresos=dict(best.impresos) if best else {},
    )  # fmt: skip


def together(
    place: Place, read: RenglonLeido, cut: Cut, excess: Sequence[float], neighbours: Sequence[Neighbour]
) -> Elegida:
    """The verdict of a doubtful row once its other cuts have spoken.

    A cell that the row alone settles stays as it is where every joint choice within the margin holds
    it too; a cell it leaves open is settled where they all agree on it, with the cut that said so.
    """
    within = [k for k, e in enumerate(excess) if e < MARGIN]
    best = min(within, key=lambda k: (excess[k], k))
    chosen = cut.options[best]
    readings = [cut.options[k].lectura for k in within]
    rivals = [e for k, e in enumerate(excess) if k != best]
    first = alone(place, read)
    values, estados = dict(first.valores), dict(first.estados)
    low, high = dict(first.minimos), dict(first.maximos)
    helped: dict[str, str] = {}
    for field in CAMPOS:
        options: list[Cifra] = [r.valores[field] or 0 for r in readings]
        if len(set(options)) > 1:
            values[field], estados[field] = None, Estado.DUDOSA
            low[field], high[field] = min(options), max(options)
        elif estados[field] == Estado.DUDOSA or (values[field] or 0) != options[0]:
            if not _may_settle(field, read, chosen, neighbours):
                continue
            values[field], estados[field] = chosen.lectura.valores[field], chosen.lectura.estados[field]
            low.pop(field, None)
            high.pop(field, None)
            helped[field] = _helper(field, chosen, neighbours)
    state = worst(estados.values())
    settled = state != Estado.DUDOSA
    return Elegida(
        accion_id=place.accion_id, extracto_id=place.extracto_id, linea=read.renglon.linea, corte=place.corte,
        candidato=chosen.candidato if settled else None, costo=chosen.lectura.costo,
        margen=round(min(rivals), 3) if rivals else None, estado=state, valores=values, estados=estados,
        minimos=low, maximos=high, impresos=dict(chosen.lectura.impresos), corroborada_por=helped,
    )  # fmt: skip


def _may_settle(field: str, read: RenglonLeido, chosen: Option, neighbours: Sequence[Neighbour]) -> bool:
    """Where a row's readings are all too dear to believe, another cut vouches for the plan it repeats and no more."""
    if is_reliable(read):
        return True
    return field in P and any(_repeats(chosen, n) for n in neighbours)


def _repeats(chosen: Option, other: Neighbour) -> bool:
    return chosen.plan[1:] == other.best.plan[1:] and sum(map(bool, chosen.plan[1:])) > 1


def _helper(field: str, chosen: Option, neighbours: Sequence[Neighbour]) -> str:
    """The cut that settled a cell: the nearest that repeats the figure, else the nearest."""
    by_figure = [n for n in neighbours if n.best.lectura.valores[field] == chosen.lectura.valores[field]]
    helper = (by_figure if field in P and by_figure else list(neighbours))[0]
    lost = any(o.campo in P and o.operacion in ("cero_por_cifra", "celda_perdida") for o in chosen.lectura.operaciones)
    return helper.corte + (SUPPOSED if lost and helper.unit.moved else "")


__all__ = ["MARGIN", "SUPPOSED", "Neighbour", "Place", "alone", "first_quarter", "together"]
