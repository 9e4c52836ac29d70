"""The readings that a row leaves open to other quarters' evidence, as plain tuples that are quick to compare.

In here: which candidates take part in the joint choice, and the prints of a lost figure that the row
alone cannot place. Not in here: what quarters say of one another (``joint_choice``), which rows belong
together (``action_links``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dagster_project.tmm_f004.model import Cifra, Estado, Operation, Reading, RowReading
from dagster_project.tmm_f004.search.costs import COST

QUARTERS = (1, 2, 3, 4)
PLANNED_FIELDS = tuple(f"p{q}" for q in QUARTERS)
ACHIEVED_FIELDS = tuple(f"a{q}" for q in QUARTERS)

CANDIDATE_NEAR = 5.0
"""Nats: a row's readings no dearer than its cheapest by this are those the row alone cannot tell apart."""

FILLED_IN_STEPS = ("cero_por_cifra", "celda_perdida")
"""Steps that fill in a figure of which nothing is printed."""

_EMPTY = ("", "0")

Plan = tuple[Cifra, Cifra, Cifra, Cifra]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading in the running: what it costs beyond the row's cheapest, its quarters with blanks as 0, itself.

    ``candidato`` counts from 1 as in ``raw.lecturas``; None for a reading that is not stored there.
    """

    extra: float
    plan: Plan
    done: Plan
    reading: Reading
    candidato: int | None


def candidates_of(row: RowReading) -> tuple[Candidate, ...]:
    """The readings in the running, cheapest first: the one a settled row chose, the candidates of a doubtful one.

    A candidate that contradicts what the row alone settles is not in the running: other quarters never overrule it.
    """
    if not row.lecturas:
        return ()
    if row.estado != Estado.DUDOSA:
        return (_candidate(row.lecturas[0], row.lecturas[0].costo, 1),)
    stored = (*row.lecturas, *(a for a in row.alternativas if a not in row.lecturas))
    best = min(r.costo for r in stored)
    settled = [(f, row.valores[f] or 0) for f, e in row.estados.items() if e != Estado.DUDOSA]
    found = [
        _candidate(r, best, k)
        for k, r in enumerate(stored, start=1)
        if r in row.alternativas or all((r.valores[f] or 0) == value for f, value in settled)
    ]
    known = {(o.plan, o.done, o.reading.valores["meta"]) for o in found}
    for reading in _elsewhere(next((r for r in stored if _only_lost(r)), stored[0])):
        candidate = _candidate(reading, best, None)
        if (candidate.plan, candidate.done, reading.valores["meta"]) not in known:
            found.append(candidate)
    return tuple(sorted(found, key=lambda o: o.extra))


def is_reliable(row: RowReading) -> bool:
    """Whether a doubtful row's costs tell how likely each reading is: several tie, rather than all being too dear."""
    return row.estado != Estado.DUDOSA or len(row.alternativas) > 1


def _candidate(reading: Reading, best: float, candidato: int | None) -> Candidate:
    v = reading.valores
    plan, done = (tuple(v[f] or 0 for f in fields) for fields in (PLANNED_FIELDS, ACHIEVED_FIELDS))
    return Candidate(reading.costo - best, plan, done, reading, candidato)  # type: ignore[arg-type]


def _only_lost(reading: Reading) -> Operation | None:
    """The step that filled in the reading's only planned figure; None where one is printed, or several were lost."""
    lost = [o for o in reading.operaciones if o.operacion in FILLED_IN_STEPS and o.campo in PLANNED_FIELDS]
    if len(lost) != 1 or any(reading.valores[f] for f in PLANNED_FIELDS if f != lost[0].campo):
        return None
    return lost[0]


def _elsewhere(reading: Reading) -> list[Reading]:
    """The same reading with its one lost planned figure lost from another quarter that prints nothing.

    A row whose only figure is read as 0 says nothing of the quarter it stood in, however often
    the table prints each of them: the reader's search ends before the dearest of them.
    """
    step = _only_lost(reading)
    if step is None:
        return []
    figure, moved = reading.valores[step.campo], []
    for field in PLANNED_FIELDS:
        if field != step.campo and reading.impresos.get(field, "") in _EMPTY:
            dearer = 2 * COST["misma_copia"]
            moved.append(
                replace(
                    reading,
                    costo=reading.costo + dearer,
                    valores=reading.valores | {step.campo: reading.valores[field], field: figure},
                    estados=reading.estados | {step.campo: Estado.REALINEADA, field: Estado.REPARADA},
                    operaciones=(
                        *(o for o in reading.operaciones if o is not step),
                        Operation(step.operacion, field, reading.impresos.get(field, ""), step.leido, step.costo),
                    ),
                )
            )
    return moved
