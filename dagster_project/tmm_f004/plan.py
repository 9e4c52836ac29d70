"""Which municipal plan a form page is written under: ``sin_eje`` or ``con_eje`` (design §1, fact 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dagster_project.tmm_f004.evidence import Balance
from dagster_project.tmm_f004.model import Asentado, Estado
from dagster_project.tmm_f004.sheet import Hoja
from dagster_project.tmm_f004.words import plain

LABEL = 3.0  # the header has, or with all its other labels lacks, EJE DE GOBIERNO
NO_LABEL = 1.5
EJES = 1.5  # ejes are listed though the labels are lost
TABLE_HEAD = 1.0  # P.A.M.D. in the table's header; P.M.D. weighs half, both plans print it
CUT = 3.0  # the plan in force in that quarter
_PAMD = re.compile(r"P\W{0,2}A\W{0,2}M\W{0,2}D\b")
_PMD = re.compile(r"P\W{0,2}M\W{0,2}D\b")


def shown_plan(sheet: Hoja) -> str | None:
    """The plan a page shows by itself, None where its header is too damaged to tell."""
    labels = sheet.cabecera.etiquetas - {"otra", "fecha"}
    if "eje" in labels:
        return "con_eje"
    if len(labels) >= 5 and "ilegible" not in labels:
        return "sin_eje"
    return "con_eje" if any(c.texto_impreso for c in sheet.cabecera.fields("eje")) else None


def settle_plan(
    sheet: Hoja, year: Asentado, quarter: Asentado, plans: Sequence[tuple[str, str | None, str | None]]
) -> Asentado:
    """The plan of a page; ``plans`` says from and to which quarter each is in force, None where open."""
    balance = Balance()
    labels = sheet.cabecera.etiquetas - {"otra", "fecha"}
    if "eje" in labels:
        balance.add("con_eje", "etiqueta_eje", LABEL)
    elif len(labels) >= 5 and "ilegible" not in labels:
        balance.add("sin_eje", "sin_etiqueta_eje", NO_LABEL)
    elif any(c.texto_impreso for c in sheet.cabecera.fields("eje")):
        balance.add("con_eje", "ejes_listados", EJES)
    head = plain(" ".join(text[:120] for text in sheet.encabezado_tabla))
    if _PAMD.search(head):
        balance.add("sin_eje", "p_a_m_d", TABLE_HEAD)
    elif _PMD.search(head):
        balance.add("con_eje", "p_m_d", TABLE_HEAD / 2)
    if year.valor and quarter.valor:
        cut = f"{year.valor}-T{quarter.valor}"
        doubt = 0.5 if Estado.DUDOSA in (year.estado, quarter.estado) else 1.0
        for plan, since, until in plans:
            if (since is None or since <= cut) and (until is None or cut <= until):
                balance.add(plan, "corte", CUT * doubt)
    return balance.settle(shown_plan(sheet))
