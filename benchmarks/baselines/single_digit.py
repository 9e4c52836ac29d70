"""Baseline: by position, and where it does not close, the only single digit that makes it close.

Belongs here: substituting one digit. Does not: moving cells.
"""

from __future__ import annotations

from benchmarks.baselines.cells import Reading, closes
from benchmarks.baselines.position import by_position


def single_digit(cells: list[str], corte: int, fuera: bool) -> Reading:
    """Sure where the row closes as it stands, or exactly one change of one digit closes it."""
    printed = by_position(cells, corte, fuera).cifras
    if closes(printed, corte):
        return Reading(printed, True)
    known = [i for i in range(11) if i % 2 or not 2 <= i <= 8 or i // 2 <= corte]
    fixes = []
    for i in known:
        text = str(printed[i])
        for at, old in enumerate(text):
            for digit in "0123456789":
                if digit != old and (at or digit != "0" or len(text) == 1):
                    value = int(text[:at] + digit + text[at + 1 :])
                    changed = (*printed[:i], value, *printed[i + 1 :])
                    if closes(changed, corte):
                        fixes.append(changed)
    return Reading(fixes[0] if fixes else printed, len(fixes) == 1)
