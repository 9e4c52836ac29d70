"""Baseline: each cell is what its column says.

Belongs here: reading by place alone. Does not: any repair.
"""

from __future__ import annotations

from benchmarks.baselines.cells import Reading, closes, number


def by_position(cells: list[str], corte: int, fuera: bool, check: bool = False) -> Reading:
    """Meta first, percentage last, the total before it, quarters from the left; missing cells are 0.

    Always sure; with ``check``, sure only where the figures close.
    """
    numbers = [number(c) for c in cells]
    quarters = [n or 0 for n in numbers[1:-2]][:8]
    figures = (numbers[0] or 0, *quarters, *[0] * (8 - len(quarters)), numbers[-2] or 0, numbers[-1] or 0)
    return Reading(figures, not check or closes(figures, corte))
