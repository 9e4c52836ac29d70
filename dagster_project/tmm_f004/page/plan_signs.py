"""What a page's header and table show of the plan it is written under: signs, each with its rule and weight.

In here: the signs. Not in here: which plan follows from them (``settle.plan``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dagster_project.tmm_f004.page.header import Header
from dagster_project.tmm_f004.page.page_split import Line
from dagster_project.tmm_f004.text.fold import plain

LABEL = 3.0  # the header has, or with all its other labels lacks, EJE DE GOBIERNO
NO_LABEL = 1.5
EJES = 1.5  # ejes are listed though the labels are lost
TABLE_HEAD = 1.0  # P.A.M.D. in the table's header; P.M.D. weighs half, both plans print it
_PAMD = re.compile(r"P\W{0,2}A\W{0,2}M\W{0,2}D\b")
_PMD = re.compile(r"P\W{0,2}M\W{0,2}D\b")

PlanSign = tuple[str, str, float]
"""What the page shows (``con_eje``: its plan's forms print EJE DE GOBIERNO, ``sin_eje``: they do not), rule, weight."""

HEADER_RULES = frozenset({"etiqueta_eje", "sin_etiqueta_eje", "ejes_listados"})
"""The rules of what a header shows; the others are the table's."""


def plan_signs(header: Header, table: Sequence[Line]) -> tuple[PlanSign, ...]:
    """What a page's header and the first lines of its table show of the plan: at most a sign each."""
    return tuple(sign for sign in (_of_header(header), _of_table(table)) if sign)


def _of_header(header: Header) -> PlanSign | None:
    labels = header.etiquetas - {"otra", "fecha"}
    if "eje" in labels:
        return "con_eje", "etiqueta_eje", LABEL
    if len(labels) >= 5 and "ilegible" not in labels:
        return "sin_eje", "sin_etiqueta_eje", NO_LABEL
    return ("con_eje", "ejes_listados", EJES) if any(c.texto_impreso for c in header.fields("eje")) else None


def _of_table(lines: Sequence[Line]) -> PlanSign | None:
    head = plain(" ".join(text[:120] for _, text in lines[:2]))
    if _PAMD.search(head):
        return "sin_eje", "p_a_m_d", TABLE_HEAD
    return ("con_eje", "p_m_d", TABLE_HEAD / 2) if _PMD.search(head) else None
