"""Layouts that a table may print: which figure each column holds, which stand twice, which hold nothing.

In here: the family of layouts, with what each costs before any row is seen, and the choice of
the few that a table's rows could be printed in. Not in here: the search of a row (``kernel``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np

from dagster_project.tmm_f004.kernel import ABS, EMPTY, MAX_COLUMNS, META, rank_layouts

NAMES = ("p1", "a1", "p2", "a2", "p3", "a3", "p4", "a4", "absoluto", "vacia", "meta")

MAX_SURPLUS = 4
"""Surplus columns that a layout may have: twelve cells of a nine-column form is the most seen, one more allowed."""

SURPLUS_COST, SAME_AGAIN_COST = 2.0, 1.0
"""One table in seven has a surplus column of a given kind; once it has one, the next of the same is likelier."""

SHORTENED_COST = 1.0
"""A first quarter or the later A cells left out of the whole table: common (design §1, facts 3 and 4)."""


@cache
def bases(cut: int) -> tuple[tuple[tuple[int, ...], float], ...]:
    """The plain layouts for a report of quarter ``cut`` (1..4), total included, with their costs."""
    whole = (0, 1, 2, 3, 4, 5, 6, 7)
    found = {whole: 0.0}
    found[whole[2:]] = SHORTENED_COST
    found[(0, *whole[2:])] = SHORTENED_COST + 0.5
    for columns, cost in list(found.items()):
        known = tuple(c for c in columns if c % 2 == 0 or c // 2 < cut)
        if known != columns:
            found.setdefault(known, cost + SHORTENED_COST)
    return tuple(((*columns, ABS), cost) for columns, cost in found.items())


def _grow(columns: tuple[int, ...], surplus: int, start: int, cost: float) -> Iterator[tuple[tuple[int, ...], float]]:
    """Every way to add ``surplus`` columns at or after position ``start``: each printed again, in pairs, empty, or meta."""
    if surplus == 0:
        yield columns, cost
        return
    for at in range(start, len(columns)):
        column = columns[at]
        again = SAME_AGAIN_COST if at > 0 and columns[at - 1] == column else SURPLUS_COST
        if column != EMPTY and column != META:
            yield from _grow((*columns[: at + 1], column, *columns[at + 1 :]), surplus - 1, at + 1, cost + again)
        pair = columns[at - 1 : at + 1]
        if surplus >= 2 and len(pair) == 2 and pair[1] == pair[0] + 1 and pair[0] % 2 == 0:
            grown = (*columns[: at + 1], *pair, *columns[at + 1 :])
            yield from _grow(grown, surplus - 2, at + 2, cost + SURPLUS_COST)
        if column == ABS and columns[at - 1] != ABS:
            for blank in (EMPTY, META):
                grown = (*columns[:at], blank, *columns[at:])
                price = SAME_AGAIN_COST if columns[at - 1] == blank else SURPLUS_COST
                yield from _grow(grown, surplus - 1, at + 1, cost + price)


@lru_cache(maxsize=256)
def family(cut: int, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All layouts of ``width`` columns: (k, MAX_COLUMNS) columns padded with -1, (k,) widths, (k,) costs."""
    found: dict[tuple[int, ...], float] = {}
    for columns, cost in bases(cut):
        surplus = width - len(columns)
        if 0 <= surplus <= MAX_SURPLUS:
            for grown, price in _grow(columns, surplus, 0, cost):
                found[grown] = min(price, found.get(grown, price))
    layouts = np.full((len(found), MAX_COLUMNS), -1, np.int64)
    for k, columns in enumerate(found):
        layouts[k, : len(columns)] = columns
    return layouts, np.full(len(found), width, np.int64), np.array(list(found.values()), float)


def candidates(
    cells: np.ndarray, lengths: np.ndarray, metas: np.ndarray, cut: int, most: int
) -> list[tuple[tuple[int, ...], float]]:
    """The layouts worth an exact look, likeliest first: the plain ones, and the best of each width the rows have.

    ``cells`` (r, MAX_CELLS) and ``lengths`` (r,) are the printed cells of the table's rows.
    """
    ranked: list[tuple[float, float, tuple[int, ...]]] = []
    seen: set[tuple[int, ...]] = set()
    widths = sorted(set(lengths.tolist()), key=lambda w: (-(lengths == w).sum(), -w))[:3]
    widest = int(lengths.max())
    for width in dict.fromkeys([*widths, widest, widest + 1]):
        layouts, sizes, costs = family(cut, int(width))
        if not len(layouts):
            continue
        prices = np.empty(len(layouts))
        rank_layouts(cells, lengths, metas, layouts, sizes, cut, prices)
        total = prices + costs
        for k in np.argsort(total, kind="stable")[:most]:
            columns = tuple(layouts[k, : sizes[k]].tolist())
            seen.add(columns)
            ranked.append((float(total[k]), float(costs[k]), columns))
    for columns, cost in bases(cut):
        if columns not in seen:
            ranked.append((12.0 * len(lengths) + cost, cost, columns))
    ranked.sort()
    return [(columns, cost) for _, cost, columns in ranked]
