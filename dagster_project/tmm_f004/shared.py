"""What the pages of an extract have in common: the actions they share, and the shares of their evidence.

Linear in the size of the extract: pages are compared through the word runs they share, and a run
that many pages share (a stock phrase) tells nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from dagster_project.tmm_f004.sheet import Hoja

MAX_PAGES_PER_RUN = 12  # an action recurs in four quarters' reports; a run in many pages is a stock phrase
LEAST = 0.5  # share of word runs below which two pages report other actions: stock phrases recur everywhere


def shared_actions(sheets: Sequence[Hoja]) -> dict[int, dict[int, float]]:
    """For each page (by position) the pages whose rows say the same, with how much of the lesser one's text."""
    pages_of: dict[int, list[int]] = defaultdict(list)
    for k, sheet in enumerate(sheets):
        for run in sheet.shingles:
            pages_of[run].append(k)
    together = Counter(tuple(pages) for pages in pages_of.values() if 2 <= len(pages) <= MAX_PAGES_PER_RUN)
    common: Counter[tuple[int, int]] = Counter()
    for pages, runs in together.items():
        for pair in combinations(pages, 2):
            common[pair] += runs
    result: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), count in sorted(common.items()):
        share = count / max(1, min(len(sheets[one].shingles), len(sheets[other].shingles)))
        if share >= LEAST and count >= 6:
            result[one][other] = result[other][one] = min(1.0, share)
    return result
