"""Which action of a quarter is which action of another: one to one, in order (docs/form.md, fact 6).

In here: how much a pair of rows speaks for being one action, and the probability of each pair over all
order-preserving matchings. Not in here: what becomes of a pair that is not sure, and which reading of a
row is chosen (``unit_year``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from dagster_project.tmm_f004.model import RowReading
from dagster_project.tmm_f004.reconcile.candidates import CANDIDATE_NEAR, Candidate, Plan, candidates_of
from dagster_project.tmm_f004.reconcile.joint_choice import first_quarter
from dagster_project.tmm_f004.text.fold import plain

TEXT_LIKE = (0.0, 0.40, 0.60, 0.75, 0.88, 0.96, 1.0)
TEXT_NATS = (-6.0, -6.0, -2.5, 0.0, 1.5, 4.0, 6.0)
"""What a likeness of texts (0..1) says, in nats: different actions of one unit often share half their words."""

MEASURE_SAME, MEASURE_OTHER, MEASURE_LIKE = 1.5, -3.0, 0.84
NUMBER_SAME, NUMBER_OTHER = 1.0, -0.5
"""Numbers are not stable: one action less, and all that follow move up."""

QUARTER_OTHER, QUARTER_BOTH_ZERO, PLAN_LEAST, PLAN_MOST = -1.0, 0.3, -2.0, 9.0

UNMATCHED = 2.5
"""Nats against an action that ends, and against one that begins."""

LINK_SURE, LINK_POSSIBLE, LINK_ENOUGH = 0.995, 0.05, 2.0
"""A pair is a link from this probability on, and if its evidence is worth this many nats; possible below it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an action, or of a row: the plans it may have (with what each costs), text, measure, number, and
    how many quarters of the year its municipal plan leaves out."""

    text: str
    measure: str
    number: int | None
    plans: tuple[tuple[Plan, float], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A possible link: places in both lists, its probability, and what speaks for it beside the plan."""

    earlier: int
    later: int
    probability: float
    nats: float
    has_text: bool
    in_order: bool = True

    @property
    def is_sure(self) -> bool:
        """Whether it is a link, not only a possible one."""
        return self.probability >= LINK_SURE and self.nats >= LINK_ENOUGH


def known(row: RowReading, left_out: int, choices: Sequence[Candidate] | None = None) -> Known:
    """What a row shows of its action."""
    r = row.renglon
    plans = {
        o.plan: o.extra
        for o in reversed(candidates_of(row) if choices is None else choices)
        if o.extra < CANDIDATE_NEAR
    }
    return Known(plain(r.descripcion), plain(r.unidad_medida), r.accion, tuple(plans.items()), left_out)


def updated(before: Known, after: Known) -> Known:
    """What is known of an action once a later quarter is seen: the later word, where it has one."""
    return Known(
        after.text or before.text,
        after.measure or before.measure,
        after.number if after.number is not None else before.number,
        after.plans or before.plans,
        after.left_out,
    )


def pairs(earlier: Sequence[Known], later: Sequence[Known], more: np.ndarray | None = None) -> list[Pair]:
    """The possible links between two quarters, likeliest first for each later row.

    Every order-preserving one-to-one matching has a weight: the evidence of its pairs, less
    ``UNMATCHED`` for each row left out. A pair's probability is the share of the matchings that
    hold it (a forward-backward pass over len(earlier) x len(later) cells), so that two rows
    that are equally alike leave both links open. ``more`` is further evidence, len(earlier) x len(later) nats.
    """
    if not earlier or not later:
        return []
    nats = evidence(earlier, later) + (0.0 if more is None else more)
    shares = _probabilities(nats)
    found = [
        Pair(int(i), int(j), float(shares[i, j]), float(nats[i, j]), bool(earlier[i].text and later[j].text))
        for i, j in zip(*np.nonzero(shares >= LINK_POSSIBLE), strict=True)
    ]
    return sorted(found, key=lambda p: (p.later, -p.probability, p.earlier))


def alone_in_words(earlier: Sequence[Known], later: Sequence[Known]) -> list[tuple[int, int]]:
    """The places of rows whose words and measure, neither of them blank, stand once on each side."""
    ones, others = ([(k.text, k.measure) for k in side] for side in (earlier, later))
    times = Counter(ones), Counter(others)
    return [(i, others.index(w)) for i, w in enumerate(ones) if all(w) and all(t[w] == 1 for t in times)]


def evidence(earlier: Sequence[Known], later: Sequence[Known]) -> np.ndarray:
    """Nats for each pair being one action, len(earlier) x len(later)."""
    total = _of_texts(earlier, later) + _of_measures(earlier, later) + _of_numbers(earlier, later)
    for i, a in enumerate(earlier):
        for j, b in enumerate(later):
            if a.plans and b.plans:
                total[i, j] += _of_plans(a, b)
    return total


def _of_texts(earlier: Sequence[Known], later: Sequence[Known]) -> np.ndarray:
    ones, others = [k.text for k in earlier], [k.text for k in later]
    nats = np.interp(likeness(ones, others), TEXT_LIKE, TEXT_NATS)
    return np.where(_both(ones, others), nats, 0.0)


def likeness(ones: Sequence[str], others: Sequence[str]) -> np.ndarray:
    """How alike texts are, 0 to 1, len(ones) x len(others)."""
    whole = process.cdist(ones, others, scorer=fuzz.ratio, dtype=np.float32)
    # A text that was added to keeps its words; sharing them all says a little less than being the same.
    shared = process.cdist(ones, others, scorer=fuzz.token_set_ratio, dtype=np.float32) * 0.96
    return np.maximum(whole, shared) / 100


def same_measure(one: str, other: str) -> bool:
    """Whether two folded measures are one but for misreadings; of one that is not printed, nothing is known."""
    return not one or not other or fuzz.ratio(one, other) >= 100 * MEASURE_LIKE


def _of_measures(earlier: Sequence[Known], later: Sequence[Known]) -> np.ndarray:
    ones, others = [k.measure for k in earlier], [k.measure for k in later]
    like = process.cdist(ones, others, scorer=fuzz.ratio, dtype=np.float32) / 100
    return np.where(_both(ones, others), np.where(like >= MEASURE_LIKE, MEASURE_SAME, MEASURE_OTHER), 0.0)


def _of_numbers(earlier: Sequence[Known], later: Sequence[Known]) -> np.ndarray:
    ones, others = ([-1 if k.number is None else k.number % 100 for k in side] for side in (earlier, later))
    same = np.equal.outer(np.array(ones), np.array(others))
    both = np.logical_and.outer(np.array(ones) >= 0, np.array(others) >= 0)
    return np.where(both, np.where(same, NUMBER_SAME, NUMBER_OTHER), 0.0)


def _both(ones: Sequence[str], others: Sequence[str]) -> np.ndarray:
    return np.logical_and.outer(np.array([bool(x) for x in ones]), np.array([bool(x) for x in others]))


def _of_plans(a: Known, b: Known) -> float:
    """The most that any two of the plans in the running have in common, less what taking them costs."""
    # A plan begun in the year leaves out what was before (docs/form.md, fact 4): those quarters say nothing then.
    first = first_quarter(a.left_out, b.left_out)
    most = max(_alike(one, other, first) - c - d for one, c in a.plans for other, d in b.plans)
    return min(PLAN_MOST, max(PLAN_LEAST, most))


def _alike(one: Plan, other: Plan, first: int) -> float:
    nats, seen = 0.0, set()
    for x, y in zip(one[first:], other[first:], strict=True):
        if x != y:
            nats += QUARTER_OTHER
        elif x == 0:
            nats += QUARTER_BOTH_ZERO
        else:
            # Few actions share a large figure; a figure that repeats within a plan says little again.
            nats += (1.0 if x < 13 else 3.0 if x < 100 else 5.0) * (0.3 if x in seen else 1.0)
            seen.add(x)
    return nats


def _probabilities(nats: np.ndarray) -> np.ndarray:
    """The probability of each pair over all order-preserving matchings."""
    weight = np.exp(np.clip(nats + 2 * UNMATCHED, -30, 30))  # of a pair against leaving both out
    ahead, up = _sums(weight)
    behind, down = _sums(weight[::-1, ::-1])
    behind, down = behind[::-1, ::-1], down[::-1]
    scale = np.exp(np.minimum(up[:-1] + down[1:] - up[-1], 700.0))[:, None]
    return np.asarray(ahead[:-1, :-1] * weight * behind[1:, 1:] * scale / ahead[-1, -1])


def _sums(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """sums[i, j]: the weights of all matchings of the first i rows with the first j; and ln of each line's scale."""
    lines = weight.tolist()
    before = [1.0] * (weight.shape[1] + 1)
    table, scales, scale = [before], [0.0], 0.0
    for line in lines:
        left = before[0]
        now = [left]
        for j, w in enumerate(line):
            left = left + before[j + 1] + before[j] * (w - 1.0)
            now.append(left)
        if left > 1e100:  # the last is the greatest: it counts the most matchings
            now = [x / left for x in now]
            scale += math.log(left)
        table.append(now)
        scales.append(scale)
        before = now
    return np.array(table, dtype=np.float64), np.array(scales, dtype=np.float64)
