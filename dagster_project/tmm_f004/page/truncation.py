"""Form pages that end before their time: what is missing is said, what could be read is kept."""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import ActionRow, Refusal
from dagster_project.tmm_f004.page.page_split import PageLines
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.text.numbers import is_blank

RULE = "forma_cortada"


def find_truncated(sheets: Sequence[PageEvidence], reports: Sequence[tuple[str | None, ...] | None]) -> list[Refusal]:
    """A refusal for each page that lacks its table, ends within a row, or ends without signatures.

    A page whose table goes on over the next page is not cut; ``reports`` says for each page whose report
    it is (unit, year, quarter), None where that is not known.
    """
    refused = []
    for k, sheet in enumerate(sheets):
        goes_on = k + 1 < len(sheets) and reports[k] is not None and reports[k] == reports[k + 1]
        if sheet.corta and not (sheet.claves.numbers and goes_on):
            line, reason, text = sheet.corta
            refused.append(Refusal(RULE, f"form page {sheet.orden} {reason}", text, line))
    return refused


def truncated_at(page: PageLines, rows: Sequence[ActionRow]) -> tuple[int, str, str] | None:
    """Where a page ends before its time: the last line, the reason, and that line's text; None where it is whole."""
    reason = _reason(page, rows)
    if reason is None:
        return None
    number, text = next(part[-1] for part in (page.tabla, page.cabecera, page.titulo) if part)
    return number, reason, text.strip()[:500]


def _reason(page: PageLines, rows: Sequence[ActionRow]) -> str | None:
    if not page.tabla:
        return "has no table: the form is cut after its header"
    if not rows:
        return "has a table without action rows: it is cut after the table's header, or no row under it can be read"
    if not page.firmas:
        last = rows[-1].impreso
        whole = bool(last) and last[-1].endswith("%")
        others = [r.impreso for r in rows[:-1]]
        if not whole and any(o and o[-1].endswith("%") for o in others):
            filled = sum(not is_blank(c) for c in last)
            return f"ends within a row ({filled} figures and no percentage) and without signatures"
        return "ends without signatures: rows after its last one may be missing"
    return None
