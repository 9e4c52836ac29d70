"""Shares with their 95 % intervals.

Belongs here: statistics of counts. Does not: what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Z = 1.959964


def wilson(hits: int, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of ``hits`` in ``n`` independent trials; (0, 1) where n = 0."""
    if n <= 0:
        return 0.0, 1.0
    share = hits / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def design_effect(groups: Sequence[tuple[int, int]]) -> float:
    """How many times fewer independent trials there are than rows, from (hits, rows) of each table.

    Rows of one table share its layout, so they fail together; 1.0 where they do not, or where
    nothing was hit. Ratio estimator over clusters, against the binomial variance.
    """
    hits, n = sum(h for h, _ in groups), sum(m for _, m in groups)
    if len(groups) < 2 or not 0 < hits < n:
        return 1.0
    share = hits / n
    between = sum((h - share * m) ** 2 for h, m in groups) * len(groups) / (len(groups) - 1)
    return max(1.0, between / (n * share * (1 - share)))


def share_text(hits: int, n: int, groups: Sequence[tuple[int, int]] | None = None) -> str:
    """``12.34 % [11.90, 12.80]``, the interval widened by the design effect where groups are given."""
    effect = design_effect(groups) if groups else 1.0
    low, high = wilson(round(hits / effect), n / effect) if effect > 1 else wilson(hits, n)
    return f"{100 * hits / n if n else 0:6.2f} % [{100 * low:.2f}, {100 * high:.2f}]"
