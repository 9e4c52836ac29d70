"""The municipal plans, from ``seeds/planes.csv``. Not here: which plan a page is under (``tmm_f004.settle.plan``).

``planes.csv``, one row a plan: ``ente_codigo`` (whose it is), ``plan`` (its id, any that the municipality likes),
``plan_nombre``, ``desde_trimestre`` and ``hasta_trimestre`` (2022-T2; empty where open), ``imprime_eje`` (whether its
forms print EJE DE GOBIERNO: true, false, or empty where that is not known), ``fuente``.
"""

from __future__ import annotations

import re
from pathlib import Path

from dagster_project.reference.csv_rows import ENTE, PLAN, read_rows
from dagster_project.tmm_f004.catalogs import Plan

COLUMNS = ("ente_codigo", "plan", "plan_nombre", "desde_trimestre", "hasta_trimestre", "imprime_eje", "fuente")

PRINTS = {"true": True, "false": False, "": None}


class PlanError(ValueError):
    """A line of ``seeds/planes.csv`` that cannot be used; the message names it."""


def load_plans(seeds: Path) -> dict[str, tuple[Plan, ...]]:
    """The plans of each municipality, by its INEGI key, in the order of the file.

    Raises:
        PlanError: a column is missing, a plan is nobody's, stands twice or has no id, a quarter or ``imprime_eje`` is
            none.
    """
    plans: dict[str, tuple[Plan, ...]] = {}
    for where, row in read_rows(seeds / "planes.csv", COLUMNS, PlanError):
        ente, plan = row["ente_codigo"], row["plan"]
        if not re.fullmatch(ENTE, ente):
            raise PlanError(f"{where}: whose plan is {plan!r}? ente_codigo must be an INEGI key such as 02002")
        if not re.fullmatch(PLAN, plan):
            raise PlanError(f"{where}: {plan!r} is no id of a plan such as pmd_2024_2027")
        if plan in {p.plan for p in plans.get(ente, ())}:
            raise PlanError(f"{where}: the plan {plan!r} of {ente} stands twice")
        if row["imprime_eje"].lower() not in PRINTS:
            raise PlanError(f"{where}: imprime_eje is true, false or empty, not {row['imprime_eje']!r}")
        since, until = (_quarter(row[column], where) for column in ("desde_trimestre", "hasta_trimestre"))
        if since and until and since > until:
            raise PlanError(f"{where}: the plan {plan!r} ends ({until}) before it begins ({since})")
        plans[ente] = (*plans.get(ente, ()), Plan(plan, since, until, PRINTS[row["imprime_eje"].lower()]))
    return plans


def _quarter(text: str, where: str) -> str | None:
    if text and not re.fullmatch(r"20[0-9]{2}-T[1-4]", text):
        raise PlanError(f"{where}: {text!r} is no quarter such as 2022-T2")
    return text or None
