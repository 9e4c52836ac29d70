"""Form pages that end before their time: what is missing is said, what could be read is kept."""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import Formato, Rechazo
from dagster_project.tmm_f004.numbers import is_blank
from dagster_project.tmm_f004.sheet import Hoja

RULE = "forma_cortada"


def find_cuts(sheets: Sequence[Hoja], forms: Sequence[Formato]) -> list[Rechazo]:
    """A refusal for each page that lacks its table, ends within a row, or ends without signatures.

    A page whose table goes on over the next page (same unit, same quarter) is not cut.
    """
    refused = []
    for k, (sheet, form) in enumerate(zip(sheets, forms, strict=True)):
        reason = _reason(sheet)
        if reason and not (sheet.renglones and k + 1 < len(forms) and _goes_on(form, forms[k + 1])):
            line, text = _last_line(sheet)
            refused.append(Rechazo(RULE, f"form page {form.formato} {reason}", text, line))
    return refused


def _reason(sheet: Hoja) -> str | None:
    if not sheet.pagina.tabla:
        return "has no table: the form is cut after its header"
    if not sheet.renglones:
        return "has a table without action rows: the form is cut after the table's header"
    if not sheet.pagina.firmas:
        last = sheet.renglones[-1].impreso
        whole = bool(last) and last[-1].endswith("%")
        others = [r.impreso for r in sheet.renglones[:-1]]
        if not whole and any(o and o[-1].endswith("%") for o in others):
            filled = sum(not is_blank(c) for c in last)
            return f"ends within a row ({filled} figures and no percentage) and without signatures"
        return "ends without signatures: rows after its last one may be missing"
    return None


def _goes_on(form: Formato, after: Formato) -> bool:
    return form.unidad.valor == after.unidad.valor is not None and form.corte == after.corte is not None


def _last_line(sheet: Hoja) -> tuple[int, str]:
    parts = (sheet.pagina.tabla, sheet.pagina.cabecera, sheet.pagina.titulo)
    number, text = next(part[-1] for part in parts if part)
    return number, text.strip()[:500]
