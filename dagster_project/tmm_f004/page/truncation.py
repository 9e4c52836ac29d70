"""Form pages that end before their time: what is missing is said, what could be read is kept.

In here: whether and where a page ends too early. Not in here: whether its table goes on elsewhere (``settle``).
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.page.page_split import PageLines
from dagster_project.tmm_f004.text.numbers import is_blank

Truncation = tuple[int, str, str]
"""The last line of a page that ends before its time, the reason, and that line's text."""


def truncated_at(page: PageLines, rows: Sequence[ActionRow]) -> Truncation | None:
    """Where a page ends before its time; None where it is whole."""
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
