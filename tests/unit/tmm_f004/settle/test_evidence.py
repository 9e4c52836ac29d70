from __future__ import annotations

from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.settle import evidence
from dagster_project.tmm_f004.settle.evidence import Balance


def settled(limits: dict[str, float]) -> Settled:
    balance = Balance()
    balance.add("54201", "codigo_impreso", 4.0)
    balance.add("54202", "nombre", 1.0)
    return balance.settle("54201", limits)


def test_a_limit_on_another_value_is_neither_weighed_nor_remembered() -> None:
    """The limits of an extract are thousands of codes; kept with every verdict, they took most of its memory."""
    evidence._verdict.cache_clear()
    alone = settled({"54202": 0.9})
    assert settled({"54202": 0.9, **{str(k): 0.5 for k in range(1000)}}) == alone
    assert evidence._verdict.cache_info().misses == 1


def test_a_limit_keeps_a_value_from_being_settled() -> None:
    assert settled({}).puntaje > 0.8
    assert settled({"54201": 0.5}).puntaje == 0.5
