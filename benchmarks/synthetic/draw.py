"""Small helpers over ``random.Random``: weighted choices, and figures as people plan them.

Belongs here: distributions. Does not: the form.
"""

from __future__ import annotations

import math
import random


def choose(rng: random.Random, weights: dict[str, float]) -> str:
    """One key of ``weights``, with probability proportional to its weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def planned_quarters(rng: random.Random) -> list[int]:
    """Four planned figures, not all zero.

    Sizes: 45 % a few (1 to 12), 35 % tens and hundreds, 20 % thousands (log-normal, median 1500).
    Shapes: 30 % equal quarters, 12 % one quarter only, else each quarter of its own and 0 with
    probability 0.22 (0.1 where the figures are large).
    """
    size = rng.choices(("few", "tens", "thousands"), weights=(45, 35, 20))[0]

    def one() -> int:
        if size == "few":
            return rng.randint(1, 12)
        if size == "tens":
            value = int(math.exp(rng.uniform(math.log(8), math.log(400))))
            return value if rng.random() < 0.6 else max(5, 5 * round(value / 5))
        return max(100, int(rng.lognormvariate(math.log(1500), 1.1)))

    shape = rng.random()
    if shape < 0.30:
        return [one()] * 4
    if shape < 0.42:
        alone = rng.randrange(4)
        return [one() if q == alone else 0 for q in range(4)]
    zero = 0.1 if size == "thousands" else 0.22
    base = one()
    quarters = []
    for _ in range(4):
        if rng.random() < zero:
            quarters.append(0)
        elif size == "few" or rng.random() < 0.25:
            quarters.append(base if rng.random() < 0.4 else one())
        else:
            quarters.append(max(1, round(base * rng.uniform(0.6, 1.5))))
    if not any(quarters):
        quarters[rng.randrange(4)] = base
    return quarters


def achieved(rng: random.Random, plan: int) -> int:
    """What was achieved of a planned figure: as planned (50 %), near it, nothing, or far above."""
    draw = rng.random()
    if plan == 0:
        return 0 if draw < 0.9 else rng.randint(1, 8)
    if draw < 0.50:
        return plan
    if draw < 0.85:
        return max(0, round(plan * rng.gauss(1.0, 0.25)))
    if draw < 0.92:
        return 0
    if draw < 0.97:
        return round(plan * rng.uniform(1.3, 3.0))
    return round(plan * rng.uniform(0.05, 0.5))


def half_up_pct(part: int, whole: int) -> int:
    """``part / whole`` in whole percent, halves rounded up, as the form prints it (exact)."""
    return (200 * part + whole) // (2 * whole)
