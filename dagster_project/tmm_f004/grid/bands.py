"""Which lines of a column of text belong to which row: an order-keeping alignment to the rows' levels.

In here: the alignment and what it costs. Not in here: what the levels of rows are (``rows``).

A cell's lines stand in the middle of its row's height, or at its top, and so do its figures: the middle (or first line)
of the lines of one cell lies on the level of the row's figures, whatever their number. Numbers that begin an action's
text, and gaps between lines, are further evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_LINES = 40
"""Lines of a cell that are tried; the longest remark of the samples has eleven."""

FAR = 4.0
"""What a cell costs at most for standing off its row's level, in heights of a line."""

WIDE_GAP, GAP_COST = 1.55, 2.5
"""Lines of one cell stand closer than this (heights of a line); what a wider gap within a cell costs."""

LOOSE, LOOSE_COST = 1.2, 0.6
"""Lines of one cell are set at one pitch, rows a little apart: what a gap this much wider than most costs."""

ACROSS = 6.0
"""What a cell costs for each end of it that reaches over the level of another row: no cell does."""

LEFT_OUT = 3.0
"""What a line costs that belongs to no row: a stamp's word."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a column's cells are like: cost of an empty one; of a cell that begins with no number, or holds one within
    (0 where numbers say nothing)."""

    empty: float
    unnumbered: float = 0.0
    numbered_within: float = 0.0


def aligned(
    lines: Sequence[float],
    begins: Sequence[bool],
    rows: Sequence[float],
    wishes: Wishes,
    height: float,
    *,
    at_top: bool,
) -> tuple[float, list[int | None]]:
    """For each line (its level; ``begins`` says whether it begins with an action's number) the row it belongs to.

    ``rows`` are the rows' levels from top to bottom, ``height`` that of a line; ``at_top`` says that cells begin at
    their row's level, else they stand around it. Gives the cost too, in heights of a line.
    """
    count = len(lines)
    best = [LEFT_OUT * i for i in range(count + 1)]  # lines before the first row
    choices: list[list[tuple[int, int]]] = []
    cost = _group_cost(lines, begins, wishes, height, at_top)
    for k, level in enumerate(rows):
        above = rows[k - 1] if k else float("-inf")
        under = rows[k + 1] if k + 1 < len(rows) else float("inf")
        fresh: list[float] = []
        chosen: list[tuple[int, int]] = []
        for i in range(count + 1):
            value, choice = best[i] + wishes.empty, (i, i)
            for j in range(max(0, i - MOST_LINES), i):
                found = best[j] + cost(j, i, level)
                found += ACROSS * ((lines[j] < above + 0.5 * height) + (lines[i - 1] > under - 0.5 * height))
                if found < value:
                    value, choice = found, (j, i)
            if i and fresh[-1] + LEFT_OUT < value:
                value, choice = fresh[-1] + LEFT_OUT, chosen[-1]
            fresh.append(value)
            chosen.append(choice)
        best = fresh
        choices.append(chosen)
    owner: list[int | None] = [None] * count
    end = count
    for k in range(len(rows) - 1, -1, -1):
        start, stop = choices[k][end]
        owner[start:stop] = [k] * (stop - start)
        end = start
    return best[count], owner


def _group_cost(
    lines: Sequence[float], begins: Sequence[bool], wishes: Wishes, height: float, at_top: bool
) -> Callable[[int, int, float], float]:
    """The cost of lines i to j (j left out) as the cell of a row at a level."""
    apart = [b - a for a, b in pairwise(lines)]
    pitch = sorted(apart)[len(apart) // 4] if apart else height
    gaps = [
        GAP_COST if gap > WIDE_GAP * height else LOOSE_COST if gap > LOOSE * pitch and gap > height else 0.0
        for gap in apart
    ]
    gap_sums, number_sums = [0.0], [0]
    for gap in gaps:
        gap_sums.append(gap_sums[-1] + gap)
    for begin in begins:
        number_sums.append(number_sums[-1] + begin)

    def cost(i: int, j: int, level: float) -> float:
        at = lines[i] if at_top else (lines[i] + lines[j - 1]) / 2
        found = min(FAR, abs(at - level) / height)
        found += gap_sums[j - 1] - gap_sums[i]
        found += wishes.numbered_within * (number_sums[j] - number_sums[i + 1])
        return found if begins[i] else found + wishes.unnumbered

    return cost
