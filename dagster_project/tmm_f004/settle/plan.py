"""Under which of its municipality's plans a form page is written (docs/form.md, fact 5).

Dates first: a plan is in force from a quarter to another. Then what the form itself shows, weighed among the plans
that the municipality has (``page.plan_signs``). In here: that weighing. Not in here: the plans (``seeds/planes.csv``).
A page under no plan of the catalogue stays in doubt about its plan, whatever it shows: no plan is made up for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagster_project.tmm_f004.catalogs import Plan
from dagster_project.tmm_f004.model import Estado, Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance

IN_FORCE = 3.0  # the plan in force in that quarter
BEGUN = 1.0  # the first quarter is left blank: a plan begun in the year, after its first quarter (fact 4)
UNCATALOGUED = "plan_sin_catalogo"
"""The rule of a page in whose quarter no plan of its municipality is known to be in force."""

PRINTS_EJE = {"con_eje": True, "sin_eje": False}
"""What a sign says of the page's plan: that its forms print EJE DE GOBIERNO, or that they do not."""

NONE_OF_THEM = ""
"""What a sign speaks for that none of the municipality's plans shows."""


def settle_plan(sheet: PageEvidence, year: Settled, quarter: Settled, plans: Sequence[Plan]) -> Settled:
    """The plan of a page among ``plans``, those of its municipality.

    Where year and quarter are settled and none of them is in force then, or where there is none, the value is None
    and the rule ``UNCATALOGUED``.
    """
    corte = f"{year.valor}-T{quarter.valor}" if year.valor and quarter.valor else None
    is_dated = year.is_sure and quarter.is_sure
    in_force = [p for p in plans if corte and p.is_in_force(corte)]
    if not plans or (is_dated and not in_force):
        return Settled(None, Estado.DUDOSA, UNCATALOGUED, 0.0)
    balance = Balance()
    for plan in in_force:
        balance.add(plan.plan, "corte", IN_FORCE * (1.0 if is_dated else 0.5))
    for sign, rule, weight in sheet.printed.signos_plan:
        shown = [p.plan for p in plans if p.imprime_eje is PRINTS_EJE[sign]]
        is_header = sheet.header_sign is not None and rule == sheet.header_sign[1]
        if not shown and is_header and all(p.imprime_eje is not None for p in plans):
            shown = [NONE_OF_THEM]
        for name in shown:
            balance.add(name, rule, weight)
    for plan in plans:
        if year.valor and plan.desde and f"{year.valor}-T1" < plan.desde <= f"{year.valor}-T4":
            balance.add(plan.plan, "primer_trimestre_en_blanco", BEGUN * sheet.claves.first_quarter_blank)
    return _known(balance.settle(_printed(sheet, plans, balance)))


def _printed(sheet: PageEvidence, plans: Sequence[Plan], balance: Balance) -> str | None:
    """The likeliest of the plans that print what the header prints; None where it is too damaged to tell."""
    if sheet.header_sign is None:
        return None
    shown = [p.plan for p in plans if p.imprime_eje is PRINTS_EJE[sheet.header_sign[0]]]
    return max(shown, key=balance.total, default=None)


def _known(settled: Settled) -> Settled:
    """The verdict with no plan for value where the form shows one that the catalogue lacks."""
    rivals = tuple(r for r in settled.alternativas if r[0] != NONE_OF_THEM)
    if settled.valor == NONE_OF_THEM:
        return Settled(None, Estado.DUDOSA, UNCATALOGUED, 0.0, rivals)
    return replace(settled, alternativas=rivals)
