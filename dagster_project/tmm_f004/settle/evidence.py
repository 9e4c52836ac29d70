"""Weighing evidence: weights for and against values, and the verdict with its score and rivals.

The one place that turns weights into ``Settled``. What counts as evidence, and how much, is
said where it is gathered (``unit``, ``quarter``, ``plan``, ``municipality``, ``programme``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from dagster_project.tmm_f004.model import Estado, Settled

EVIDENCE_SURE = 0.8  # share of all evidence that the best value must hold to be settled
DOUBT = math.e - 1  # what "something else altogether" always weighs: a lone weak hint settles nothing
MAX_RIVALS = 5
FEW = 8  # values of a verdict that is remembered: it may come again


@dataclass
class Balance:
    """Evidence on one value of one page: for each candidate, what speaks for or against it.

    Weights add like log-odds: 1 is a hint, 2 a good reason, 4 close to proof.
    """

    weights: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, value: str | None, rule: str, weight: float) -> None:
        """Record that ``rule`` speaks for (against, if negative) a value; the same rule again adds up."""
        if value is not None and weight:
            rules = self.weights[value]
            rules[rule] = rules.get(rule, 0.0) + weight

    def total(self, value: str) -> float:
        """The evidence for a value, all rules together."""
        return sum(self.weights.get(value, {}).values())

    def shares(self) -> list[tuple[str, float]]:
        """Each value with its share of the evidence (0..1), best first; ties in order of value."""
        totals = [(v, sum(rules.values())) for v, rules in self.weights.items()]
        odds = {v: math.expm1(min(total, 30.0)) for v, total in totals if total > 0}
        whole = DOUBT + sum(odds.values())
        return sorted(((v, o / whole) for v, o in odds.items()), key=lambda s: (-s[1], s[0]))

    def settle(self, printed: str | None, cap: dict[str, float] | None = None, sure: float = EVIDENCE_SURE) -> Settled:
        """The verdict: exacta where the print stands, reparada where another value wins, dudosa where none does.

        ``cap`` limits the score of single values: one below ``sure`` keeps a value from being settled at all.
        """
        weights = tuple([(value, tuple(rules.items())) for value, rules in self.weights.items()])
        verdict = _verdict if len(weights) <= FEW else _verdict.__wrapped__
        # Of the limits those that count here: an extract's codes that no catalogue knows may be thousands.
        limits = tuple([(value, cap[value]) for value in self.weights if value in cap]) if cap else ()
        return verdict(weights, printed, limits, sure)


@lru_cache(maxsize=2048)  # the same few hints speak for most fields of most pages
def _verdict(
    weights: tuple[tuple[str, tuple[tuple[str, float], ...]], ...],
    printed: str | None,
    cap: tuple[tuple[str, float], ...],
    sure: float,
) -> Settled:
    balance = Balance({value: dict(rules) for value, rules in weights})
    shares = balance.shares()
    if not shares:
        return Settled(None, Estado.DUDOSA, "sin_evidencia", 0.0)
    value, share = shares[0]
    share = min(share, dict(cap).get(value, 1.0))
    rivals = tuple((v, round(s, 3)) for v, s in shares[1 : 1 + MAX_RIVALS] if s >= 0.01)
    reasons = sorted(balance.weights[value].items(), key=lambda r: (-r[1], r[0]))
    rule = "+".join([rule for rule, weight in reasons if weight >= 0.3] or [reasons[0][0]])
    if share < sure:
        return Settled(value, Estado.DUDOSA, rule, round(share, 3), rivals)
    state = Estado.EXACTA if value == printed else Estado.REPARADA
    return Settled(value, state, rule, round(share, 3), rivals)
