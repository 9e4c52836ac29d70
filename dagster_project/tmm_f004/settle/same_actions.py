"""What the pages of a pool have in common: the actions they share, and the shares of their evidence.

Linear in the size of the pool: pages are compared through the word runs they share, and a run
that many pages share (a stock phrase) tells nothing.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np

MAX_PAGES_PER_RUN = 12  # an action recurs in four quarters' reports; a run in many pages is a stock phrase
LEAST = 0.5  # share of word runs below which two pages report other actions: stock phrases recur everywhere


def _pages_together(shingles: Sequence[array[int]]) -> Counter[tuple[int, ...]]:
    """How many runs each set of 2 to ``MAX_PAGES_PER_RUN`` pages, and no other page, shares."""
    runs = np.concatenate([np.frombuffer(s, np.int64) for s in shingles])
    order = np.argsort(runs, kind="stable")
    pages = np.repeat(np.arange(len(shingles)), [len(s) for s in shingles])[order]
    starts = np.flatnonzero(np.diff(runs[order], prepend=runs[order][:1] - 1)) if len(runs) else order
    widths = np.diff(starts, append=len(runs))
    together: Counter[tuple[int, ...]] = Counter()
    for width in range(2, MAX_PAGES_PER_RUN + 1):
        first = starts[widths == width]
        together.update(map(tuple, pages[first[:, None] + np.arange(width)].tolist()))
    return together


def shared_actions(shingles: Sequence[array[int]]) -> dict[int, dict[int, float]]:
    """For each page (by position) the pages whose rows say the same, with how much of the lesser one's text.

    ``shingles`` are the word runs (``row_keys.shingles``) of each page.
    """
    if not shingles:
        return {}
    common: Counter[tuple[int, int]] = Counter()
    for pages, runs in _pages_together(shingles).items():
        for pair in combinations(pages, 2):
            common[pair] += runs
    result: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), count in sorted(common.items()):
        share = count / max(1, min(len(shingles[one]), len(shingles[other])))
        if share >= LEAST and count >= 6:
            result[one][other] = result[other][one] = min(1.0, share)
    return result
