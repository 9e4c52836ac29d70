"""Which action of a cut is which action of another: one to one, in order (design §1, fact 6).

In here: how alike two rows are, and the best order-preserving matching. Not in here: which
reading of a row is chosen (``reconcile``).
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import RenglonLeido
from dagster_project.tmm_f004.words import plain

LIKE_ENOUGH = 0.6
"""Two rows less alike than this are two actions: texts of different actions of one unit reach 0.5."""

TEXT, MEASURE, NUMBER, PLAN = 4.0, 1.5, 1.0, 2.5
"""Weights of the evidence: a text says most, numbers are not stable, a plan usually carries over."""


def likeness(one: RenglonLeido, other: RenglonLeido) -> float:
    """How alike two rows of different cuts are, 0..1: the weighted mean of what both of them show."""
    a, b = one.renglon, other.renglon
    evidence: list[tuple[float, float]] = []
    if a.descripcion and b.descripcion:
        evidence.append((TEXT, fuzz.token_set_ratio(plain(a.descripcion), plain(b.descripcion)) / 100))
    if a.unidad_medida and b.unidad_medida:
        evidence.append((MEASURE, fuzz.ratio(plain(a.unidad_medida), plain(b.unidad_medida)) / 100))
    if a.accion is not None and b.accion is not None:
        evidence.append((NUMBER, 1.0 if a.accion % 100 == b.accion % 100 else 0.0))
    plan = _same_plan(one, other)
    if plan is not None:
        evidence.append((PLAN, plan))
    weight = sum(w for w, _ in evidence)
    return sum(w * s for w, s in evidence) / weight if weight else 0.0


def _same_plan(one: RenglonLeido, other: RenglonLeido) -> float | None:
    """The share of quarters 2 to 4 that two reports plan alike; None where either is silent (fact 4)."""
    pairs = [
        (one.valores[f"p{q}"] or 0, other.valores[f"p{q}"] or 0)
        for q in (2, 3, 4)
        if "dudosa" not in (one.estados[f"p{q}"], other.estados[f"p{q}"])
    ]
    if not pairs or all(a == b == 0 for a, b in pairs):
        return None
    return sum(a == b for a, b in pairs) / len(pairs)


def match(earlier: Sequence[RenglonLeido], later: Sequence[RenglonLeido]) -> list[tuple[int, int, float]]:
    """The order-preserving one-to-one matching with the greatest total likeness: (earlier, later, likeness) triples.

    A needleman-wunsch alignment over len(earlier) x len(later) cells; a pair counts by what it
    has above ``LIKE_ENOUGH``, so rows that are not alike stay unmatched.
    """
    n, m = len(earlier), len(later)
    like = [[likeness(a, b) for b in later] for a in earlier]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            pair = like[i][j] - LIKE_ENOUGH + best[i + 1][j + 1] if like[i][j] > LIKE_ENOUGH else -1.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < n and j < m:
        if like[i][j] > LIKE_ENOUGH and best[i][j] == like[i][j] - LIKE_ENOUGH + best[i + 1][j + 1]:
            found.append((i, j, like[i][j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
