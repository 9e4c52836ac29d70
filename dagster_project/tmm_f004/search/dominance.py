"""The branches that a search has looked at: of two with the same figures at the same place, the dearer is passed over.

Compiled (numba). What follows a branch depends on its place, its figures and their copies, not on how they were
placed; so no reading is lost. The table forgets where two branches fall on one slot: that costs time, never a reading.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dagster_project.tmm_f004.search.jit import compiled, inlined

SLOTS = 4096
"""Branches remembered: a row as in the real file looks at eighty, one in a hundred at eight hundred."""

_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)


class DominanceTable(NamedTuple):
    """Slots: the search that filled each (s + 1,; the last is the search under way), cost (s,), figures, copies and
    place (s, 20)."""

    search: np.ndarray
    cost: np.ndarray
    state: np.ndarray


def new_dominance_table() -> DominanceTable:
    """A table for what a search has seen: made once, used for every row."""
    return DominanceTable(np.zeros(SLOTS + 1, np.int64), np.zeros(SLOTS), np.zeros((SLOTS, 20), np.int64))


@compiled
def begin_search(table) -> None:
    """Forget what other searches have seen."""
    table.search[SLOTS] += 1


@inlined
def is_dominated(table, values, copies, cost, i, j) -> bool:
    """Whether a branch stood at cell ``i`` and column ``j`` before with the same figures and was no dearer."""
    key = np.uint64(i * 32 + j)
    for k in range(9):
        key = (key ^ np.uint64(values[k] + 8)) * _MIX
        key = (key ^ np.uint64(copies[k] + 8) ^ (key >> np.uint64(29))) * _MIX
    at = np.int64((key >> np.uint64(20)) % np.uint64(SLOTS))
    state = table.state
    same = table.search[at] == table.search[SLOTS] and state[at, 18] == i and state[at, 19] == j
    if same:
        for k in range(9):
            same = same and state[at, k] == values[k] and state[at, 9 + k] == copies[k]
        if same and table.cost[at] <= cost:
            return True
    table.cost[at] = cost
    if not same:
        table.search[at] = table.search[SLOTS]
        state[at, 18], state[at, 19] = i, j
        for k in range(9):
            state[at, k], state[at, 9 + k] = values[k], copies[k]
    return False
