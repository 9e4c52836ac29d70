"""The actions of a unit's year as one list in order of print, of the rows that its reports print of them.

In here: which of several prints an action is known by, and the order of actions of which each report shows some. Not in
here: which row is which action (``unit_year``), and links over years (``action_series``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dagster_project.tmm_f004.model import ActionLink, ActionRow
from dagster_project.tmm_f004.reconcile.action_series import YearAction
from dagster_project.tmm_f004.reconcile.unit_year import LINK_UNSURE
from dagster_project.tmm_f004.text.fold import plain


@dataclass(frozen=True, slots=True)
class ActionPrint:
    """A row of a report in force: the action that it is, and what it prints of it beside figures."""

    accion_id: str
    corte: str
    texto: str
    medida: str
    numero: int | None
    plan: str | None
    lineas: tuple[str, ...]
    propuesta: str | None = None

    @classmethod
    def of(cls, link: ActionLink, row: ActionRow, plan: str | None) -> ActionPrint:
        """The print of a row as the reader has it."""
        proposal = link.propuesta if link.regla == LINK_UNSURE else None
        text, measure = row.descripcion, row.unidad_medida
        return cls(link.accion_id, link.corte, text, measure, row.accion, plan, row.lineas_accion, proposal)


def year_actions(prints: Iterable[ActionPrint]) -> list[YearAction]:
    """The actions of one unit and ejercicio; ``prints`` come by quarter, then in order of print.

    Text, measure and number are the latest quarter's that prints them; líneas are those of all quarters.
    """
    rows = list(prints)
    of_action: dict[str, list[ActionPrint]] = {}
    for row in rows:
        of_action.setdefault(row.accion_id, []).append(row)
    cortes = sorted({row.corte for row in rows}, reverse=True)
    order = _merged([list(dict.fromkeys(r.accion_id for r in rows if r.corte == corte)) for corte in cortes])
    return [_action(of_action[accion_id]) for accion_id in order]


def _merged(orders: Sequence[Sequence[str]]) -> list[str]:
    """One order of all: the first list's, each later list's own members put behind the one they follow there."""
    merged: list[str] = []
    for order in orders:
        place = 0
        for member in order:
            if member in merged:
                place = merged.index(member) + 1
            else:
                merged.insert(place, member)
                place += 1
    return merged


def _action(rows: Sequence[ActionPrint]) -> YearAction:
    late = rows[::-1]
    lines = frozenset((r.plan, code) for r in rows if r.plan for code in r.lineas)
    return YearAction(
        rows[0].accion_id,
        int(rows[0].corte[:4]),
        next((text for r in late if (text := plain(r.texto))), ""),
        next((measure for r in late if (measure := plain(r.medida))), ""),
        next((r.numero for r in late if r.numero is not None), None),
        lines,
        next((r.propuesta for r in rows if r.propuesta), None),
    )
