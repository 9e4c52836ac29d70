"""The cuts of one ejercicio of a unit: what becomes of its plan over the year, with the truth of links and figures.

Belongs here: plans carried on, re-authorised, reprogrammed, renumbered; actions that end and begin; texts
rewritten. Does not: what a page looks like (``page``), or what strikes it (``damage``).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.synthetic import page as pages
from benchmarks.synthetic import words
from benchmarks.synthetic.draw import achieved, choose
from benchmarks.synthetic.plans import Accion, draw_actions, page
from benchmarks.synthetic.rates import Rates
from benchmarks.synthetic.world import Ejecutora, catalogue_units, made_up_units

KINDS = {"redrawn": 0.3, "scaled": 0.25, "one quarter": 0.2, "moved": 0.15, "swapped": 0.1}
"""How a plan is reprogrammed: all later quarters drawn again; scaled; one changed; part of one moved to another;
two quarters exchanged."""


@dataclass(frozen=True, slots=True)
class Historia:
    """A unit's year: the text of an extract that holds its cuts, and the truth of its rows.

    A truth row is one of ``generate``'s, with ``historia``: the same for the rows of one action.
    """

    unidad: str
    cortes: tuple[str, ...]
    text: str
    truth: list[pages.Truth]


@dataclass(slots=True)
class Living:
    """An action as it stands at a cut; ``key`` stays."""

    key: int
    de: Accion


def history(seed: int, rates: Rates) -> Historia:
    """Two to four cuts of one made-up unit in one year; the same seed and rates give the same text."""
    rng = random.Random(f"history-{seed}-{rates.nombre}")
    unit = rng.choice([u for u in (*catalogue_units(), *made_up_units()) if u.conocida])
    year = rng.choice((2021, 2022, 2022, 2022, 2023))
    quarters = sorted(rng.sample((1, 2, 3, 4), k=rng.choice((2, 2, 3, 4))))
    moved_share = rng.choice((0.0, 0.0, 0.1, 0.3, 0.7))
    living = first_actions(rng)
    one, _ = report_year(rng, rates, unit, year, quarters, living, moved_share)
    return one


def first_actions(rng: random.Random) -> list[Living]:
    """The actions of a unit that nothing is known of before."""
    return [Living(k, a) for k, a in enumerate(draw_actions(rng))]


def report_year(
    rng: random.Random,
    rates: Rates,
    unit: Ejecutora,
    year: int,
    quarters: Sequence[int],
    living: list[Living],
    moved_share: float,
) -> tuple[Historia, list[Living]]:
    """The reports of a unit's year of some quarters, and its actions as the last of them leaves them."""
    lines: list[str] = []
    truth: list[pages.Truth] = []
    before = 0
    for formato, quarter in enumerate(quarters, start=1):
        if before:
            living = _year_goes_on(rng, living, quarter, moved_share)
            if rng.random() < 0.2:
                unit = replace(unit, centena=rng.randint(1, 9) * 100)
        before = quarter
        what = page(unit, year, quarter, [x.de for x in living])
        lines += [""] * rng.randint(0, 4)
        printed, rows = pages.build(rng, rates, what, formato)
        keys = {id(x.de): x.key for x in living}
        for row, fila in zip(rows, what.filas, strict=True):
            row["linea"] += len(lines) + 1
            row["historia"] = keys[id(fila.de)]
        lines += printed
        truth += rows
    cortes = tuple(f"{year}-T{q}" for q in quarters)
    return Historia(unit.codigo, cortes, "\n".join(lines) + "\n", truth), living


def _year_goes_on(rng: random.Random, living: list[Living], quarter: int, moved_share: float) -> list[Living]:
    """The actions as the report of ``quarter`` finds them: some ended, some new, some changed."""
    on = [x for x in living if rng.random() >= 0.03]
    out = []
    for x in on or living:
        action = x.de
        if not action.es_razon and rng.random() < moved_share:
            action = _reprogrammed(rng, action)
        if rng.random() < 0.15:
            action = replace(action, descripcion=rewritten(rng, action.descripcion))
        if rng.random() < 0.02:
            action = _restated(rng, action, quarter)
        # A copy of its own, so that equal actions stay two.
        out.append(Living(x.key, replace(action)))
    if rng.random() < 0.15:
        fresh = Living(1000 + rng.randrange(10**6), draw_actions(rng)[-1])
        out.insert(rng.choice((len(out), rng.randint(0, len(out)))), fresh)
    return out


def _reprogrammed(rng: random.Random, action: Accion) -> Accion:
    """The plan of the quarters after the first changed in one of the ways of ``KINDS``."""
    plan = list(action.programado)
    kind = choose(rng, KINDS)
    q = rng.randint(1, 3)
    other = rng.choice([k for k in (1, 2, 3) if k != q])
    if kind == "redrawn":
        base = max(1, sum(plan) // 4)
        plan[1:] = [max(0, round(base * rng.uniform(0.0, 2.0))) for _ in range(3)]
    elif kind == "scaled":
        share = rng.uniform(0.5, 1.6)
        plan[1:] = [round(p * share) for p in plan[1:]]
    elif kind == "one quarter":
        plan[q] = max(0, round(plan[q] * rng.uniform(0.3, 1.8)) + rng.choice((0, 1, 5)))
    elif kind == "moved":
        part = plan[q] if rng.random() < 0.3 else plan[q] // 2
        plan[q], plan[other] = plan[q] - part, plan[other] + part
    else:
        plan[q], plan[other] = plan[other], plan[q]
    if not any(plan[1:]):
        plan[other] = max(1, action.programado[0])
    done = [
        a if p == was else achieved(rng, p) for a, p, was in zip(action.avance, plan, action.programado, strict=True)
    ]
    return replace(action, programado=tuple(plan), avance=tuple(done))


def _restated(rng: random.Random, action: Accion, quarter: int) -> Accion:
    """An achievement of an earlier quarter stated otherwise from now on."""
    done = list(action.avance)
    q = rng.randrange(max(1, quarter - 1))
    done[q] = max(0, done[q] + rng.choice((-1, 1)) * max(1, round(done[q] * rng.uniform(0.05, 0.3))))
    return replace(action, avance=tuple(done))


def rewritten(rng: random.Random, text: str) -> str:
    """A text with its purpose exchanged, its end added to, or a word left out."""
    kind = rng.random()
    parts = text.split(" ")
    if kind < 0.4:
        return f"{text.rstrip('.')}, {rng.choice([p for p in words.PURPOSES if p])}."
    if kind < 0.7 and len(parts) > 4:
        del parts[rng.randrange(1, len(parts))]
        return " ".join(parts)
    return text.replace(parts[0], rng.choice(words.VERBS), 1)
