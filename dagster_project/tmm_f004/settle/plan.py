"""Which municipal plan a form page is written under: ``sin_eje`` or ``con_eje`` (design §1, fact 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dagster_project.tmm_f004.model import Estado, Settled
from dagster_project.tmm_f004.page.header import Header
from dagster_project.tmm_f004.page.page_split import Line
from dagster_project.tmm_f004.page.sheet import PageEvidence, PlanHint
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.text.fold import plain

LABEL = 3.0  # the header has, or with all its other labels lacks, EJE DE GOBIERNO
NO_LABEL = 1.5
EJES = 1.5  # ejes are listed though the labels are lost
TABLE_HEAD = 1.0  # P.A.M.D. in the table's header; P.M.D. weighs half, both plans print it
IN_FORCE = 3.0  # the plan in force in that quarter
_PAMD = re.compile(r"P\W{0,2}A\W{0,2}M\W{0,2}D\b")
_PMD = re.compile(r"P\W{0,2}M\W{0,2}D\b")


_BY_LABEL: PlanHint = ("con_eje", "etiqueta_eje", LABEL)
_BY_NO_LABEL: PlanHint = ("sin_eje", "sin_etiqueta_eje", NO_LABEL)
_BY_EJES: PlanHint = ("con_eje", "ejes_listados", EJES)
_BY_PAMD: PlanHint = ("sin_eje", "p_a_m_d", TABLE_HEAD)
_BY_PMD: PlanHint = ("con_eje", "p_m_d", TABLE_HEAD / 2)


def plans_shown(header: Header, table: Sequence[Line]) -> tuple[PlanHint | None, PlanHint | None]:
    """What a page's header and the first lines of its table show of the plan."""
    return _of_header(header), _of_table(table)


def _of_header(header: Header) -> PlanHint | None:
    labels = header.etiquetas - {"otra", "fecha"}
    if "eje" in labels:
        return _BY_LABEL
    if len(labels) >= 5 and "ilegible" not in labels:
        return _BY_NO_LABEL
    return _BY_EJES if any(c.texto_impreso for c in header.fields("eje")) else None


def _of_table(lines: Sequence[Line]) -> PlanHint | None:
    head = plain(" ".join(text[:120] for _, text in lines[:2]))
    if _PAMD.search(head):
        return _BY_PAMD
    return _BY_PMD if _PMD.search(head) else None


def shown_plan(sheet: PageEvidence) -> str | None:
    """The plan a page's header shows, None where it is too damaged to tell."""
    shown = sheet.planes[0]
    return shown[0] if shown else None


def settle_plan(
    sheet: PageEvidence, year: Settled, quarter: Settled, plans: Sequence[tuple[str, str | None, str | None]]
) -> Settled:
    """The plan of a page; ``plans`` says from and to which quarter each is in force, None where open."""
    balance = Balance()
    for shown in sheet.planes:
        if shown:
            balance.add(*shown)
    if year.valor and quarter.valor:
        corte = f"{year.valor}-T{quarter.valor}"
        doubt = 0.5 if Estado.DUDOSA in (year.estado, quarter.estado) else 1.0
        for plan, since, until in plans:
            if (since is None or since <= corte) and (until is None or corte <= until):
                balance.add(plan, "corte", IN_FORCE * doubt)
    return balance.settle(shown_plan(sheet))
