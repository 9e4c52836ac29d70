"""A person's decision wins (docs/form.md): what a correction does to a row, before quarters are set side by side.

In here: a row with its decided figures. Not in here: the decisions as values (``tmm_f004.decisions``), the files they
stand in (``dagster_project.reference.decisions``), or which rows count (``reports``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagster_project.tmm_f004.decisions import ContradictedDecisionError, Correction
from dagster_project.tmm_f004.model import CAMPOS, Cifra, Estado, Reading, RowReading
from dagster_project.tmm_f004.read.form import decide
from dagster_project.tmm_f004.reconcile.candidates import CANDIDATE_NEAR, is_reliable


def corrected(row: RowReading, decided: Sequence[Correction]) -> RowReading:
    """The row with its decided figures, and the readings that agree with them in the running.

    Raises:
        ContradictedDecisionError: a decision names a printed value that is in no cell of the row.
    """
    for c in decided:
        if c.impreso and c.impreso not in {cell.strip() for cell in row.renglon.impreso}:
            cells = " | ".join(row.renglon.impreso)
            raise ContradictedDecisionError(
                f"{c.origen}: {c.campo} is said to be printed as {c.impreso!r}, but line {row.renglon.linea} "
                f"prints {cells}. Correct the line's hash or its printed value, or remove the decision."
            )
    if not decided:
        return row
    fixed = {c.campo: c.valor for c in decided}
    after = _narrowed(row, fixed)
    values = after.valores | fixed
    estados = after.estados | dict.fromkeys(fixed, Estado.CORREGIDA)
    state = Estado.DUDOSA if Estado.DUDOSA in estados.values() else Estado.CORREGIDA
    readings = tuple(_with(r, fixed) for r in after.lecturas)
    near = tuple(_with(r, fixed) for r in after.alternativas) if state == Estado.DUDOSA else ()
    ranges = {f: r for f, r in after.rango.items() if f not in fixed}
    return replace(
        after, estado=state, estados=estados, valores=values, rango=ranges, lecturas=readings, alternativas=near
    )


def _narrowed(row: RowReading, fixed: dict[str, Cifra | None]) -> RowReading:
    """The verdict of the readings that hold the decided figures; of the row as it was where none does."""
    stored = (*row.lecturas, *(a for a in row.alternativas if a not in row.lecturas))
    agree = [r for r in stored if all((r.valores[f] or 0) == (v or 0) for f, v in fixed.items())]
    if not agree:
        return row
    agree.sort(key=lambda r: r.costo)
    near = [r for r in agree if r.costo - agree[0].costo < CANDIDATE_NEAR]
    if row.estado != Estado.DUDOSA and agree[0] is row.lecturas[0]:
        return row
    margin = round(agree[1].costo - agree[0].costo, 3) if len(agree) > 1 else None
    return decide(row.renglon, agree, near, len(near) == 1 and is_reliable(row), margin)


def _with(reading: Reading, fixed: dict[str, Cifra | None]) -> Reading:
    values = reading.valores | fixed
    plan, done = (sum(values[f] or 0 for f in CAMPOS if f[0] == kind and f[1:].isdigit()) for kind in "pa")
    closes = plan == values["meta"] and done == values["absoluto"]
    estados = reading.estados | dict.fromkeys(fixed, Estado.CORREGIDA)
    return replace(reading, valores=values, estados=estados, cierra=closes)
