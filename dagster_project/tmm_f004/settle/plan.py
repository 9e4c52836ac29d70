"""Which municipal plan a form page is written under: ``sin_eje`` or ``con_eje`` (docs/form.md, fact 5)."""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import Estado, Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance

IN_FORCE = 3.0  # the plan in force in that quarter


def settle_plan(
    sheet: PageEvidence, year: Settled, quarter: Settled, plans: Sequence[tuple[str, str | None, str | None]]
) -> Settled:
    """The plan of a page; ``plans`` says from and to which quarter each is in force, None where open."""
    balance = Balance()
    for sign in sheet.printed.signos_plan:
        balance.add(*sign)
    if year.valor and quarter.valor:
        corte = f"{year.valor}-T{quarter.valor}"
        doubt = 0.5 if Estado.DUDOSA in (year.estado, quarter.estado) else 1.0
        for plan, since, until in plans:
            if (since is None or since <= corte) and (until is None or corte <= until):
                balance.add(plan, "corte", IN_FORCE * doubt)
    return balance.settle(sheet.header_sign[0] if sheet.header_sign else None)
