"""How likely what a reading says of its plan is: what was planned and what was done of it, quarter by quarter.

In here: one cost of a reading, beside those of damage. Not in here: damage (``search.costs``), nor what a layout would
make of the plans of its whole table (``search.in_place``).

The form asks for A against P: most quarters are met to the unit. Of the 59 elapsed quarters of the labelled rows of the
real extract 23 plan nothing and do nothing, 20 do as much as was planned, 13 another figure, 3 do what nothing was
planned for, and none leaves a plan undone while the row did another. A cost is minus the logarithm of how rare that is
beside what is usual, as all others are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dagster_project.tmm_f004.model import Cifra, Reading

OFF_PLAN = 2.2
"""Something done in a quarter without a plan: 3 of 26."""

NOT_AS_PLANNED = 0.5
"""Something else done than was planned: 13 quarters, where 20 are met to the unit."""

UNDONE = 1.0
"""A plan of which nothing was done before the last quarter in which the row did something: none of 33, which bounds it
at e^-2.4; half of that, since rows do begin late."""


def plan_cost(values: Mapping[str, Cifra | None]) -> float:
    """What plan and achievement of a reading (its figures by field, ``model.CAMPOS``) cost beside each other."""
    done = [values[f"a{q}"] or 0 for q in range(1, 5)]
    last = max((q for q, a in enumerate(done) if a), default=-1)
    cost = 0.0
    for q, a in enumerate(done[: last + 1], start=1):
        planned = values[f"p{q}"] or 0
        if a and not planned:
            cost += OFF_PLAN
        elif a != planned:
            cost += NOT_AS_PLANNED if a else UNDONE
    return cost


def with_plan_cost(reading: Reading) -> Reading:
    """The reading, dearer by that."""
    cost = plan_cost(reading.valores)
    return replace(reading, costo=round(reading.costo + cost, 3)) if cost else reading
