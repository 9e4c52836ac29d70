"""Layouts that a table may print: which figure each column holds, which stand twice, which hold nothing.

In here: the family of layouts, with what each costs before any row is seen, and the choice of
the few that a table's rows could be printed in. Not in here: the search of a row (``kernel``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from dagster_project.tmm_f004.codes import ABS, EMPTY, META
from dagster_project.tmm_f004.rank import WORST, rank_layouts

MAX_SURPLUS = 8
"""Surplus columns that a layout may have: a pair set three times more and a total printed twice."""

MAX_STRETCHES = 3
"""Places of a table where columns stand again: the real tables have one or two."""

SURPLUS_COST, SAME_AGAIN_COST = 2.0, 1.0
"""One table in seven has a surplus column of a given kind; once it has one, the next of the same is likelier."""

ODD_PAIR_COST = 1.0
"""Two columns set again that are no quarter's P and A."""

SHORTENED_COST = 1.0
"""The later A cells left out of the whole table: common (design §1, fact 3)."""

OPENING_COSTS = ((0.0, 1.0, 1.5), (0.0, 5.0, 5.5), (1.0, 0.5, 1.0))
"""The first pair printed, left out, or left as one blank cell: where nothing is known of the first quarter, where
the plan has it, where the plan began after it (``damage.OPEN``, ``IN``, ``OUT``)."""


OF_EACH_WIDTH = 4
"""Layouts of each width that get an exact look however few rows are so wide: where noughts are left out, most rows are
narrower than their table."""


@cache
def bases(cut: int, opening: int) -> tuple[tuple[tuple[int, ...], float], ...]:
    """The plain layouts for a report of quarter ``cut`` (1..4), total included, with their costs."""
    whole = (0, 1, 2, 3, 4, 5, 6, 7)
    printed, left_out, one_blank = OPENING_COSTS[opening]
    found: dict[tuple[int, ...], float] = {whole: printed, whole[2:]: left_out, (0, *whole[2:]): one_blank}
    for columns, cost in list(found.items()):
        known = tuple(c for c in columns if c % 2 == 0 or c // 2 < cut)
        if known != columns:
            found.setdefault(known, cost + SHORTENED_COST)
    return tuple(((*columns, ABS), cost) for columns, cost in found.items())


def _grow(
    columns: tuple[int, ...], surplus: int, start: int, stretches: int, cost: float
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Every way to add ``surplus`` columns at or after ``start``: a column or a pair set again, as often as fits."""
    if surplus == 0:
        yield columns, cost
        return
    if stretches == 0:
        return
    for at in range(start, len(columns)):
        pair = columns[at - 1 : at + 1]
        is_pair = len(pair) == 2 and pair[0] != pair[1]
        odd = 0.0 if is_pair and pair[0] % 2 == 0 and pair[1] == pair[0] + 1 else ODD_PAIR_COST
        for length in range(1, surplus + 1):
            price = cost + SURPLUS_COST + (length - 1) * SAME_AGAIN_COST
            rest = (surplus - length, at + 1 + length, stretches - 1)
            grown = (*columns[: at + 1], *(columns[at],) * length, *columns[at + 1 :])
            yield from _grow(grown, *rest, price)
            if is_pair:  # the last time, the pair may be cut after its first column
                grown = (*columns[: at + 1], *(pair * length)[:length], *columns[at + 1 :])
                yield from _grow(grown, *rest, cost + SURPLUS_COST + odd + (length - 1) / 2 * SAME_AGAIN_COST)


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


@lru_cache(maxsize=512)
def family(cut: int, opening: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """All layouts of ``width`` columns in quarter ``cut``, cheapest first: (k, width) columns, (k,) costs."""
    found: dict[tuple[int, ...], float] = {}
    for columns, cost in bases(cut, opening):
        surplus = width - len(columns)
        if not 0 <= surplus <= MAX_SURPLUS:
            continue
        for ended, left, end_cost in _tails(columns, surplus):
            cells = ended[: len(columns) - 1]
            for grown, price in _grow(cells, left, 0, MAX_STRETCHES if left <= 4 else 2, cost + end_cost):
                whole = (*grown, *ended[len(columns) - 1 :])
                found[whole] = min(price, found.get(whole, price))
    ordered = sorted(found, key=lambda c: (found[c], c))
    layouts = np.array(ordered, np.int8).reshape(len(ordered), width)
    return layouts, np.array([found[c] for c in ordered], float)


def candidates(
    rows: Sequence[np.ndarray], metas: Sequence[int], cut: int, opening: int, most: int, slack: float
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
    for width in sorted({*by_width, widest + 1}, key=lambda w: (-len(by_width.get(w, ())), -w)):
        mine = by_width.get(width, [])
        others = WORST * (len(rows) - len(mine))
        if others > best + slack and not mine:
            continue
        layouts, costs = family(cut, opening, width)
        if not len(layouts):
            continue
        cells = np.array([rows[k] for k in mine], np.int64).reshape(len(mine), width)
        prices = np.empty(len(layouts))
        wanted = np.array([metas[k] for k in mine], np.int64)
        room = np.empty(9, np.int64)
        best = rank_layouts(cells, wanted, layouts, costs + others, cut, best, slack, room, prices)
        for k in np.argsort(prices, kind="stable")[:most]:
            ranked.append((float(prices[k]), float(costs[k]), tuple(layouts[k].tolist())))
    ranked.sort()
    seen: set[tuple[int, ...]] = set()
    kept: list[tuple[tuple[int, ...], float]] = []
    of_width: Counter[int] = Counter()
    for n, (price, cost, columns) in enumerate(ranked):
        of_width[len(columns)] += 1
        if (n < most and price <= best + slack) or of_width[len(columns)] <= OF_EACH_WIDTH:
            kept.append((columns, cost))
            seen.add(columns)
    return kept + [(columns, cost) for columns, cost in bases(cut, opening) if columns not in seen]
