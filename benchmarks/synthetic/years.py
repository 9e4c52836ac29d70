"""Several ejercicios of one unit: what becomes of its actions from one year to the next, with the truth of series.

Belongs here: actions that end, begin, pause, move, are reworded, renumbered, measured or filed otherwise, and new ones
worded like those there are. Does not: what happens within a year (``history``).
"""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.synthetic import words
from benchmarks.synthetic.draw import achieved, planned_quarters
from benchmarks.synthetic.history import Historia, Living, first_actions, report_year, rewritten
from benchmarks.synthetic.plans import draw_actions
from benchmarks.synthetic.rates import Rates
from benchmarks.synthetic.world import catalogue_units, made_up_units

ENDS, RETURNS, REWORDED, REMEASURED, REFILED = 0.08, 0.2, 0.3, 0.02, 0.15
"""Of an action from one year to the next; ``RETURNS`` of one that ended."""

BEGINS, LIKE_ANOTHER, MOVES, RENUMBERED = 0.5, 0.15, 0.25, 0.4
"""Of a unit from one year to the next: new actions, one worded like another, one moved, another hundred."""


def years(seed: int, rates: Rates, count: int = 3) -> list[Historia]:
    """``count`` ejercicios of one unit, an extract each; ``historia`` of the truth is the same over the years."""
    rng = random.Random(f"years-{seed}-{rates.nombre}")
    unit = rng.choice([u for u in (*catalogue_units(), *made_up_units()) if u.conocida])
    first = rng.choice((2020, 2021, 2022))
    living = first_actions(rng)
    ended: list[Living] = []
    told = []
    for year in range(first, first + count):
        quarters = sorted(rng.sample((1, 2, 3, 4), k=rng.choice((1, 2, 3, 4))))
        one, living = report_year(rng, rates, unit, year, quarters, living, rng.choice((0.0, 0.1, 0.3)))
        told.append(one)
        living, ended = _next_year(rng, living, ended)
        if rng.random() < RENUMBERED:
            unit = replace(unit, centena=rng.randint(1, 9) * 100)
    return told


def _next_year(rng: random.Random, living: list[Living], ended: list[Living]) -> tuple[list[Living], list[Living]]:
    """The actions that the next year's programme holds, and those that it left out."""
    back = [x for x in ended if rng.random() < RETURNS]
    gone = [x for x in living if rng.random() < ENDS]
    out = [_planned_anew(rng, x) for x in living if x not in gone]
    for x in back:
        out.insert(rng.randint(0, len(out)), _planned_anew(rng, x))
    if out and rng.random() < MOVES:
        out.insert(rng.randint(0, len(out) - 1), out.pop(rng.randrange(len(out))))
    if rng.random() < BEGINS:
        for action in draw_actions(rng)[-rng.randint(1, 2) :]:
            out.insert(rng.randint(0, len(out)), Living(1000 + rng.randrange(10**9), action))
    if out and rng.random() < LIKE_ANOTHER:
        model = rng.choice(out).de
        text = f"{model.descripcion.split(' ')[0]} {rng.choice(words.OBJECTS)} {rng.choice(words.PURPOSES)}".strip()
        like = replace(model, descripcion=text.upper() if model.descripcion.isupper() else text)
        out.insert(rng.randint(0, len(out)), Living(1000 + rng.randrange(10**9), like))
    return out or living, [x for x in ended if x not in back] + gone


def _planned_anew(rng: random.Random, x: Living) -> Living:
    action = x.de
    if not action.es_razon:
        plan = planned_quarters(rng)
        if sum(plan):
            action = replace(action, programado=tuple(plan), avance=tuple(achieved(rng, p) for p in plan))
        if rng.random() < REMEASURED:
            action = replace(action, unidad_medida=rng.choice(words.MEASURES))
    if rng.random() < REWORDED:
        action = replace(action, descripcion=rewritten(rng, action.descripcion))
    if rng.random() < REFILED:
        action = replace(action, lineas=(f"{rng.randint(1, 5)}.{rng.randint(1, 6)}.{rng.randint(1, 8)}",))
    return Living(x.key, replace(action))
