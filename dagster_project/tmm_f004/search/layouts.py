"""Layouts that a table may print: which figure each column holds, which stand twice, which hold nothing.

In here: the family of layouts, with what each costs before any row is seen, and the choice of
the few that a table's rows could be printed in. Not in here: the search of a row (``branch_and_bound``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from dagster_project.tmm_f004.search.layout_enumeration import SAME_AGAIN_COST, SURPLUS_COST, enumerate_layouts
from dagster_project.tmm_f004.search.prefilter import WORST, rank_layouts
from dagster_project.tmm_f004.search.symbols import ABS, EMPTY, META

MAX_SURPLUS = 8
"""Surplus columns that a layout may have: a pair set three times more and a total printed twice."""

MAX_STRETCHES = 3
"""Places of a table where columns stand again: the real tables have one or two."""

SHORTENED_COST = 1.0
"""The later A cells left out of the whole table: common (docs/form.md, fact 3)."""

OPENING_COSTS = ((0.0, 1.0, 1.5), (0.0, 2.0, 2.5), (0.6, 0.5, 1.0))
"""The first pair printed, left out, or left as one blank cell: where nothing is known of the first quarter, where
the plan has it, where the plan began after it (``costs.OPENING_UNKNOWN``, ``IN``, ``OUT``)."""


OF_EACH_OPENING = 2
"""Layouts that print the first pair, and as many that leave it out, that get an exact look however many others are
cheaper by position: noughts hide which of them a table is printed in."""

OF_EACH_WIDTH = 4
"""Layouts of each width that get an exact look however few rows are so wide: where noughts are left out, most rows are
narrower than their table."""


@cache
def bases(quarter: int, opening: int) -> tuple[tuple[tuple[int, ...], float], ...]:
    """The plain layouts for a report of ``quarter`` (1..4), total included, with their costs."""
    whole = (0, 1, 2, 3, 4, 5, 6, 7)
    printed, left_out, one_blank = OPENING_COSTS[opening]
    found: dict[tuple[int, ...], float] = {whole: printed, whole[2:]: left_out, (0, *whole[2:]): one_blank}
    for columns, cost in list(found.items()):
        known = tuple(c for c in columns if c % 2 == 0 or c // 2 < quarter)
        if known != columns:
            found.setdefault(known, cost + SHORTENED_COST)
    return tuple(((*columns, ABS), cost) for columns, cost in found.items())


def _tails(columns: tuple[int, ...], surplus: int) -> Iterator[tuple[tuple[int, ...], int, float]]:
    """The ends a table may have: empty columns or meta again before the total, and the total set twice or thrice."""
    head = columns[:-1]
    for blanks in range(4):
        for metas in range(2):
            for totals in range(3):
                used = blanks + metas + totals
                if used > surplus or (blanks and metas):
                    continue
                kinds = bool(blanks) + bool(metas) + bool(totals)
                cost = kinds * SURPLUS_COST + (used - kinds) * SAME_AGAIN_COST
                tail = (*(EMPTY,) * blanks, *(META,) * metas, *(ABS,) * (1 + totals))
                yield (*head, *tail), surplus - used, cost


def family(quarter: int, opening: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """All layouts of ``width`` columns in ``quarter``, cheapest first: (k, width) columns, (k,) costs."""
    parts = [np.empty((0, width), np.int8)]
    prices = [np.empty(0)]
    for columns, cost in bases(quarter, opening):
        surplus = width - len(columns)
        if not 0 <= surplus <= MAX_SURPLUS:
            continue
        for ended, left, end_cost in _tails(columns, surplus):
            head, tail = ended[: len(columns) - 1], ended[len(columns) - 1 :]
            grown, price = enumerate_layouts(head, left, MAX_STRETCHES if left <= 4 else 2)
            parts.append(np.hstack([grown, np.tile(np.array(tail, np.int8), (len(grown), 1))]))
            prices.append(price + (cost + end_cost))
    return _distinct(np.concatenate(parts), np.concatenate(prices))


def _distinct(layouts: np.ndarray, costs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each layout once, at its least cost, cheapest first and then by its columns."""
    width = layouts.shape[1]
    keys = []  # a column is four bits: sixteen of them in a number
    for start in range(0, width, 16):
        key = np.zeros(len(layouts), np.uint64)
        for column in layouts[:, start : start + 16].T:
            key = (key << np.uint64(4)) | column.astype(np.uint64)
        keys.append(key)
    order = np.lexsort(keys[::-1])
    keys = [k[order] for k in keys]
    new = np.ones(len(layouts), bool)
    new[1:] = np.any([k[1:] != k[:-1] for k in keys], axis=0)
    first, costs = order[new], np.minimum.reduceat(costs[order], np.flatnonzero(new))
    cheapest = np.argsort(costs, kind="stable")
    return layouts[first[cheapest]], costs[cheapest]


@lru_cache(maxsize=512)
def _by_opening(quarter: int, opening: int, width: int) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """The layouts of ``family`` that print the first pair and those that leave it out, each cheapest first."""
    layouts, costs = family(quarter, opening, width)
    printed = (layouts[:, :1] == 0).all(axis=1)
    halves = ((np.ascontiguousarray(layouts[k]), costs[k]) for k in (printed, ~printed))
    return tuple(half for half in halves if len(half[1]))


def candidate_layouts(
    rows: Sequence[np.ndarray], metas: Sequence[int], quarter: int, opening: int, most: int, slack: float
) -> list[tuple[tuple[int, ...], float]]:
    """The layouts worth an exact look, likeliest first, with their costs before any row is seen.

    ``rows`` are the printed cells of the table's rows. Every plain layout is among them; of those
    with surplus columns at most ``most``, no dearer by position than the best by ``slack``.
    """
    by_width: dict[int, list[int]] = {}
    for k, cells in enumerate(rows):
        by_width.setdefault(len(cells), []).append(k)
    widest = max(by_width)
    ranked: list[tuple[float, float, tuple[int, ...]]] = []
    best = WORST * len(rows)
    spared: set[tuple[int, ...]] = set()
    for width in sorted({*by_width, widest + 1}, key=lambda w: (-len(by_width.get(w, ())), -w)):
        mine = by_width.get(width, [])
        others = WORST * (len(rows) - len(mine))
        if others > best + slack and not mine:
            continue
        cells = np.array([rows[k] for k in mine], np.int64).reshape(len(mine), width)
        wanted = np.array([metas[k] for k in mine], np.int64)
        count = most if others <= best + slack else OF_EACH_WIDTH
        for layouts, costs in _by_opening(quarter, opening, width):
            room, few, which = np.empty(9, np.int64), np.empty(count), np.empty(count, np.int64)
            rank_layouts(cells, wanted, layouts, costs + others, quarter, room, few, which)
            best = min(best, few[0])
            for n, (price, k) in enumerate(zip(few.tolist(), which.tolist(), strict=True)):
                if k >= 0:
                    layout = tuple(layouts[k].tolist())
                    ranked.append((price, float(costs[k]), layout))
                    if n < OF_EACH_OPENING:
                        spared.add(layout)
    ranked.sort()
    seen: set[tuple[int, ...]] = set()
    kept: list[tuple[tuple[int, ...], float]] = []
    of_width: Counter[int] = Counter()
    for n, (price, cost, columns) in enumerate(ranked):
        of_width[len(columns)] += 1
        close = price <= best + slack and (n < most or columns in spared)
        if close or of_width[len(columns)] <= OF_EACH_WIDTH:
            kept.append((columns, cost))
            seen.add(columns)
    plain = [(columns, cost) for columns, cost in bases(quarter, opening) if columns not in seen]
    seen |= {columns for columns, _ in plain}
    # where noughts are left out, no row may be as wide as its table: the same with A after its quarter
    wider = [(_with_later(columns, quarter), cost - SHORTENED_COST) for columns, cost in kept]
    return kept + plain + [(columns, cost) for columns, cost in dict(wider).items() if columns not in seen]


@lru_cache(maxsize=2048)
def _with_later(columns: tuple[int, ...], quarter: int) -> tuple[int, ...]:
    """A layout that leaves out the A after its quarter, with them: each behind the last print of its P."""
    if any(c % 2 == 1 and c // 2 >= quarter for c in columns if c < ABS):
        return columns
    last = {c: k for k, c in enumerate(columns)}
    return tuple(
        x
        for k, c in enumerate(columns)
        for x in ((c, c + 1) if c in range(2 * quarter, ABS, 2) and last[c] == k else (c,))
    )
