"""The cheapest joint choice of readings over the quarters of one action (docs/form.md).

In here: what two quarters of one action cost side by side, how ready a unit is to change its plans, and how
much dearer each reading makes the best choice over all quarters. Not in here: what follows for a cell
(``cell_verdict``), which rows are one action (``action_links``), the cost of a reading by itself (``read``).

A plan is kept, or it is changed. How likely each is, the unit's other actions say, pair of quarters by pair
of quarters: where all repeat their plans a change is dear, where many moved it is cheap. A changed plan pays
for each quarter by what became of it. So a reprogramming and a misreading bid against each other, and
where their bids are close the cell stays open.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dagster_project.tmm_f004.model import Cifra
from dagster_project.tmm_f004.reconcile.candidates import CANDIDATE_NEAR, Candidate, Plan

PRIOR_KEPT, PRIOR_MOVED = 1.8, 0.2
"""What is supposed of a unit before its actions are seen: nine plans in ten are carried on (two actions' worth)."""

QUARTER_KEPT, QUARTER_KEPT_ZERO, QUARTER_EMPTIED, QUARTER_SWAPPED, QUARTER_NEW = 1.2, 0.4, 1.9, 3.0, 5.0
"""Nats for each quarter of a changed plan: it stays; becomes 0; takes another quarter's figure; any other."""

EXCHANGED = 3.6
"""Nats for two quarters of a changed plan exchanged, or a figure moved to an empty one: one change in forty."""

AS_PLANNED, NOTHING_DONE, OTHERWISE, UNPLANNED = 0.7, 2.5, 3.0, 3.5
"""Nats for a quarter's achievement given its plan: just so (half of all), nothing, another figure, none planned."""

RESTATED = 5.0
"""Nats for an achievement that a later report states otherwise: one in 150."""

LEFT_OUT_REPEATED, LEFT_OUT_OTHER = 2.5, 6.0
"""Nats for a figure in a quarter that the plan in force leaves out: the earlier report's, or one that is not."""

META_OTHER = 4.0
"""Nats for a goal that does not follow from the earlier one though every quarter is kept: the table errs."""


@dataclass(frozen=True, slots=True)
class ActionQuarter:
    """One quarter of an action: its readings in the running, the quarter it speaks of, how many quarters of the year
    its plan leaves out."""

    candidates: tuple[Candidate, ...]
    number: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit treated its plans between two quarters: actions known to have kept theirs, and to have changed it."""

    kept: int = 0
    moved: int = 0

    @property
    def cost_kept(self) -> float:
        """Nats for a plan carried on."""
        return -math.log((self.kept + PRIOR_KEPT) / self._all)

    @property
    def cost_moved(self) -> float:
        """Nats for a plan changed, before its quarters are looked at."""
        return -math.log((self.moved + PRIOR_MOVED) / self._all)

    @property
    def _all(self) -> float:
        return self.kept + self.moved + PRIOR_KEPT + PRIOR_MOVED


def first_quarter(earlier: int, later: int) -> int:
    """The first quarter, from 0, that two reports both plan, by how many each one's plan leaves out (fact 4).

    Where both leave out the same, what they print there is compared too.
    """
    return max(earlier, later) if earlier != later else 0


def habit(changes: Iterable[tuple[Sequence[Candidate], Sequence[Candidate], int]]) -> Habit:
    """Count plans kept and changed over (earlier readings, later readings, first common quarter) of linked actions.

    Only what every reading in the running agrees on counts; an action that may be either says nothing.
    """
    kept = moved = 0
    for one, other, first in changes:
        was, now = _plans(one, first), _plans(other, first)
        kept += len(was) == 1 and was == now
        moved += not was & now
    return Habit(kept, moved)


def _plans(readings: Sequence[Candidate], first: int) -> set[tuple[Cifra, ...]]:
    return {o.plan[first:] for o in readings if o.extra < CANDIDATE_NEAR}


def regrets(quarters: Sequence[ActionQuarter], habits: Sequence[Habit]) -> list[list[float]]:
    """For each quarter and reading: how much dearer than the best the best joint choice is that takes it, in nats.

    ``habits[k]`` is the unit's between quarters k and k + 1. A min-sum pass in both directions: exact,
    since a quarter is compared with its neighbours only.
    """
    if any(not c.candidates for c in quarters):
        raise ValueError("every quarter needs a reading")
    steps = [
        [[pair_cost(a, b, one, other, h) for b in other.candidates] for a in one.candidates]
        for one, other, h in zip(quarters[:-1], quarters[1:], habits, strict=True)
    ]
    alone = [[o.extra + done_cost(o, c.number) for o in c.candidates] for c in quarters]
    ahead = [alone[0]]
    for own, step in zip(alone[1:], steps, strict=True):
        before = ahead[-1]
        ahead.append([own[j] + min(b + step[i][j] for i, b in enumerate(before)) for j in range(len(own))])
    behind = [[0.0] * len(quarters[-1].candidates)]
    for own, step in zip(reversed(alone[1:]), reversed(steps), strict=True):
        after = behind[0]
        behind.insert(0, [min(row[j] + own[j] + after[j] for j in range(len(own))) for row in step])
    totals = [[a + b for a, b in zip(one, other, strict=True)] for one, other in zip(ahead, behind, strict=True)]
    least = min(totals[0])
    return [[t - least for t in row] for row in totals]


def pair_cost(a: Candidate, b: Candidate, one: ActionQuarter, other: ActionQuarter, unit: Habit) -> float:
    """What two readings of one action cost side by side, the earlier first."""
    first = first_quarter(one.left_out, other.left_out)
    cost = plan_cost(a.plan, b.plan, first, unit)
    if a.plan[first:] == b.plan[first:]:
        was, now = a.reading.valores["meta"], b.reading.valores["meta"]
        if was is not None and now is not None and now != was - sum(a.plan[:first]) + sum(b.plan[:first]):
            cost += META_OTHER
    for q in range(first, one.number):
        if a.done[q] != b.done[q]:
            cost += RESTATED
    for q in range(first):
        cost += _left_out(a.plan[q], b.plan[q]) + _left_out(a.done[q], b.done[q])
    return cost


def plan_cost(was: Plan, now: Plan, first: int, unit: Habit) -> float:
    """What it costs that a plan became another: kept as a whole, or changed quarter by quarter."""
    if was[first:] == now[first:]:
        return unit.cost_kept
    cost = unit.cost_moved
    if _exchanged(was[first:], now[first:]):
        return cost + EXCHANGED
    fresh: set[Cifra] = set()
    for q in range(first, 4):
        if now[q] == was[q]:
            cost += QUARTER_KEPT if now[q] else QUARTER_KEPT_ZERO
        elif now[q] == 0:
            cost += QUARTER_EMPTIED
        elif now[q] in fresh:  # an even plan changed evenly is one change, not three
            cost += QUARTER_KEPT
        else:
            cost += QUARTER_SWAPPED if now[q] in was[first:] else QUARTER_NEW
            fresh.add(now[q])
    return cost


def _exchanged(was: tuple[Cifra, ...], now: tuple[Cifra, ...]) -> bool:
    """Whether two quarters of a plan, and no more, took each other's figures."""
    return sum(a != b for a, b in zip(was, now, strict=True)) == 2 and sorted(was) == sorted(now)


def done_cost(candidate: Candidate, quarter: int) -> float:
    """What a reading's achievements cost given its plan, up to the quarter reported."""
    cost = 0.0
    for plan, done in zip(candidate.plan[:quarter], candidate.done[:quarter], strict=True):
        if plan and plan == done:
            cost += AS_PLANNED
        elif plan:
            cost += OTHERWISE if done else NOTHING_DONE
        elif done:
            cost += UNPLANNED
    return cost


def _left_out(was: object, now: object) -> float:
    if not now:
        return 0.0
    return LEFT_OUT_REPEATED if now == was else LEFT_OUT_OTHER
