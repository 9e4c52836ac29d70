"""What a unit planned and achieved in a year, and what a report of one quarter says of it: the truth.

Belongs here: figures before they are printed. Does not: how they are printed or damaged.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from benchmarks.synthetic import words
from benchmarks.synthetic.draw import achieved, half_up_pct, planned_quarters
from benchmarks.synthetic.world import Ejecutora

NEW_PLAN = (2022, 2)
"""From this quarter on the forms carry EJE DE GOBIERNO; in 2022 their first quarter is out of plan."""


@dataclass(frozen=True, slots=True)
class Accion:
    """An action's year: four planned and four achieved figures."""

    lineas: tuple[str, ...]
    descripcion: str
    unidad_medida: str
    es_razon: bool
    programado: tuple[int, ...]
    avance: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fila:
    """A row as the report of one quarter states it; None lies out of the plan or after the quarter."""

    accion: int
    de: Accion
    meta: int
    programado: tuple[int | None, ...]
    avance: tuple[int | None, ...]
    absoluto: int
    relativo_pct: int

    def valor(self, campo: str) -> int | None:
        """The figure of a field: meta, p1..p4, a1..a4, absoluto, relativo_pct."""
        if campo[1:].isdigit():
            figures = self.programado if campo[0] == "p" else self.avance
            return figures[int(campo[1:]) - 1]
        value: int = getattr(self, campo)
        return value


@dataclass(frozen=True, slots=True)
class Pagina:
    """One form page: who reports what, of which quarter, under which plan."""

    unidad: Ejecutora
    anio: int
    trimestre: int
    con_eje: bool
    filas: tuple[Fila, ...]

    @property
    def primero_fuera(self) -> bool:
        """Whether the first quarter lies out of the plan in force."""
        return self.con_eje and self.anio == NEW_PLAN[0]


def draw_actions(rng: random.Random) -> list[Accion]:
    """The actions of one unit in one year: 3 to 11; in two units of five the first sums the others."""
    upper = rng.random() < 0.15
    actions = [_draw_action(rng, upper) for _ in range(rng.randint(3, 11))]
    if rng.random() < 0.4:
        rest = [a for a in actions[1:] if not a.es_razon]
        actions[0] = replace(
            actions[0],
            es_razon=False,
            unidad_medida=rng.choice(words.MEASURES),
            programado=tuple(sum(a.programado[q] for a in rest) for q in range(4)),
            avance=tuple(sum(a.avance[q] for a in rest) for q in range(4)),
        )
    return [a for a in actions if sum(a.programado)]


def _draw_action(rng: random.Random, upper: bool) -> Accion:
    lines = tuple(
        f"{rng.randint(1, 5)}.{rng.randint(1, 6)}.{rng.randint(1, 8)}" for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4)))
    )
    ratio = rng.random() < 0.015
    if ratio:
        level = 5 * rng.randint(8, 20)
        plan = [level] * 4
        done = [max(0, min(150, level + rng.randint(-15, 8))) for _ in range(4)]
        measure = rng.choice(words.RATIO_MEASURES)
    else:
        plan = planned_quarters(rng)
        exact = rng.random() < 0.35
        done = [p if exact else achieved(rng, p) for p in plan]
        measure = rng.choice(words.MEASURES)
    text = words.description(rng, upper)
    return Accion(lines, text, measure.upper() if upper else measure, ratio, tuple(plan), tuple(done))


def page(unit: Ejecutora, year: int, quarter: int, actions: list[Accion]) -> Pagina:
    """What the unit's report of ``quarter`` states of its ``actions``.

    An action planned only in a quarter that left the plan is no longer in it, and those after
    it move up one number.
    """
    con_eje = (year, quarter) >= NEW_PLAN
    first = 1 if con_eje and year == NEW_PLAN[0] else 0
    rows: list[Fila] = []
    for action in actions:
        if not sum(action.programado[first:]):
            continue
        plan = tuple(p if q >= first else None for q, p in enumerate(action.programado))
        done = tuple(a if first <= q < quarter else None for q, a in enumerate(action.avance))
        known = [a for a in done if a is not None]
        if action.es_razon:
            meta, total = action.programado[-1], (2 * sum(known) + len(known)) // (2 * len(known))
        else:
            meta, total = sum(p for p in plan if p), sum(known)
        number = unit.centena + len(rows)
        rows.append(Fila(number, action, meta, plan, done, total, half_up_pct(total, meta)))
    return Pagina(unit, year, quarter, con_eje, tuple(rows))
