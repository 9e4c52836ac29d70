"""Every way that columns of a table may stand again, and what each costs before any row is seen.

Compiled (numba): a table has thousands. Not in here: which columns a table has, and its end (``layouts``).
"""

from __future__ import annotations

import numpy as np

from dagster_project.tmm_f004.search.jit import compiled
from dagster_project.tmm_f004.search.symbols import MAX_COLUMNS

SURPLUS_COST, SAME_AGAIN_COST = 2.0, 1.0
"""One table in seven has a surplus column of a given kind; once it has one, the next of the same is likelier."""

ODD_PAIR_COST = 1.0
"""Two columns set again that are no quarter's P and A."""


def enumerate_layouts(columns: tuple[int, ...], surplus: int, stretches: int) -> tuple[np.ndarray, np.ndarray]:
    """Every way to add ``surplus`` columns in at most ``stretches`` places, some of them twice.

    A column or a pair is set again, as often as fits. Returns layouts (k, width) and costs (k,).
    """
    room = np.zeros((stretches + 1, MAX_COLUMNS), np.int8)
    room[0, : len(columns)] = columns
    none = np.empty((0, len(columns) + surplus), np.int8), np.empty(0)
    count = _grow(room, 0, len(columns), surplus, 0, stretches, 0.0, *none, 0)
    out = np.empty((count, len(columns) + surplus), np.int8), np.empty(count)
    _grow(room, 0, len(columns), surplus, 0, stretches, 0.0, *out, 0)
    return out


@compiled
def _grow(room, level, size, surplus, start, stretches, cost, layouts, costs, count):
    """Write what grows out of ``room[level, :size]`` from ``count`` on, as far as there is space; returns the count."""
    if surplus == 0:
        if count < len(costs):
            for k in range(size):
                layouts[count, k] = room[level, k]
            costs[count] = cost
        return count + 1
    if stretches == 0:
        return count
    for at in range(start, size):
        one, other = room[level, at - 1] if at else -1, room[level, at]
        is_pair = at > 0 and one != other
        odd = 0.0 if is_pair and one % 2 == 0 and other == one + 1 else ODD_PAIR_COST
        for length in range(1, surplus + 1):
            for k in range(at + 1):
                room[level + 1, k] = room[level, k]
            for k in range(at + 1, size):
                room[level + 1, k + length] = room[level, k]
            for k in range(length):
                room[level + 1, at + 1 + k] = other
            rest, after, left = surplus - length, at + 1 + length, stretches - 1
            price = cost + SURPLUS_COST
            count = _grow(
                room, level + 1, size + length, rest, after, left, price + (length - 1) * SAME_AGAIN_COST,
                layouts, costs, count,
            )  # fmt: skip
            if is_pair:  # the last time, the pair may be cut after its first column
                for k in range(length):
                    room[level + 1, at + 1 + k] = one if k % 2 == 0 else other
                count = _grow(
                    room, level + 1, size + length, rest, after, left,
                    price + odd + (length - 1) / 2 * SAME_AGAIN_COST, layouts, costs, count,
                )  # fmt: skip
    return count
