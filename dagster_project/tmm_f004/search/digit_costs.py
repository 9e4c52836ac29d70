"""What it costs that a true number was printed as another: digits, totals, percentages.

Compiled (numba), on whole numbers; the costs come in as arrays (``costs``). Nothing here
knows of rows or layouts.
"""

from __future__ import annotations

import numpy as np

from dagster_project.tmm_f004.search.costs import INDEX
from dagster_project.tmm_f004.search.jit import compiled

INF = 1e9
"""No model of damage explains it."""

_ZERO, _DIGIT, _MORE = INDEX["cero_por_cifra"], INDEX["digito_mal_leido"], INDEX["otro_digito"]
_SHORT, _LONG, _ALIEN = INDEX["digito_perdido"], INDEX["digito_de_mas"], INDEX["porcentaje_ajeno"]


@compiled
def misread_cost(printed: int, true: int, costs: np.ndarray, shapes: np.ndarray) -> float:
    """What it costs that ``true`` was printed as ``printed``; INF where no model of digits explains it."""
    if printed == true:
        return 0.0
    if printed <= 0:
        return costs[_ZERO] if true > 0 else 0.0
    if true == 0:
        return costs[_DIGIT] + shapes[0, printed] if printed < 10 else INF
    if true < 0:
        return INF
    a, b = printed, true
    differing = 0
    total = 0.0
    while a > 0 and b > 0:
        if a % 10 != b % 10:
            differing += 1
            total += shapes[b % 10, a % 10]
        a //= 10
        b //= 10
    if a == 0 and b == 0:
        return costs[_DIGIT] + total + (differing - 1) * costs[_MORE] if differing <= 3 else INF
    if a == 0 and b < 10 and _one_digit_less(printed, true):
        return costs[_SHORT]
    if b == 0 and a < 10 and _one_digit_less(true, printed):
        return costs[_LONG]
    return INF


@compiled
def _one_digit_less(short: int, long: int) -> bool:
    """Whether ``short`` is ``long`` with one digit taken out."""
    power = 1
    while power <= long:
        if (long // (power * 10)) * power + long % power == short:
            return True
        power *= 10
    return False


@compiled
def percent_of(part: int, whole: int, printed: int) -> int:
    """``part`` of ``whole`` in whole percent, half up (docs/form.md, fact 1); over nothing, what is printed."""
    if whole <= 0:
        return max(printed, 0)
    return (200 * part + whole) // (2 * whole)


@compiled
def percent_cost(part: int, whole: int, printed: int, costs: np.ndarray, shapes: np.ndarray) -> float:
    """What it costs that ``part`` of ``whole`` printed this percentage; 0 where none was printed."""
    if printed < 0 or whole <= 0:
        return 0.0
    true = percent_of(part, whole, printed)
    if true == printed:
        return 0.0
    return min(misread_cost(printed, true, costs, shapes), costs[_ALIEN])
