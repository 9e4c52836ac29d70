"""What a found reading means: its figures, their estados, and the damage it undoes, step by step.

In here: from the search's integers and paths to ``Reading``. Not in here: which reading is believed (``form``).
"""

from __future__ import annotations

from decimal import Decimal

from dagster_project.tmm_f004.model import CAMPOS, EXACTA, REALINEADA, REPARADA, Cifra, Estado, Operation, Reading
from dagster_project.tmm_f004.search.costs import COST, COSTS, SHAPES
from dagster_project.tmm_f004.search.digit_costs import INF, misread_cost
from dagster_project.tmm_f004.search.symbols import ADDED, BLANK, CELL_REPEATED, FUTURE, INVENTED, MISSING, RUN
from dagster_project.tmm_f004.search.table import Found

FIGURES = ("p1", "a1", "p2", "a2", "p3", "a3", "p4", "a4", "absoluto", "meta", "relativo_pct")
"""The names of a found reading's integers, in their order."""

META_AT = 9
"""Where meta stands among the figures of a found reading, the percentage after it: neither is a cell's."""

SLIPS = {
    CELL_REPEATED: "celda_repetida",
    RUN: "tramo_repetido",
    ADDED: "blanco_agregado",
    INVENTED: "celda_inventada",
}


def reading_of(found: Found, closes: bool = True) -> Reading:
    """The reading in words: values (None where blank or of a later quarter), estado and print of each, operations."""
    at = {column: i for i, column in reversed([*enumerate(found.path)])}  # the first cell of each column
    values: dict[str, Cifra | None] = dict.fromkeys(CAMPOS)  # in the order of CAMPOS
    estados: dict[str, Estado] = dict.fromkeys(CAMPOS, EXACTA)
    impresos: dict[str, str] = {}
    steps = _slips(found)
    printed, scale = found.printed, found.printed.scale
    shown = printed.shown.tolist()
    cells = shown if printed.is_as_shown else printed.cells.tolist()
    for c, name in enumerate(FIGURES):
        raw = found.values[c]
        cell = at.get(c) if c < META_AT else None
        if c < META_AT:
            text = None if cell is None else printed.texts[cell]
        else:
            text = printed.meta_text if c == META_AT else printed.percent_text
        if text is not None:
            impresos[name] = text
        if raw == FUTURE:
            continue
        if cell is not None and 0 < raw == shown[cell]:  # as printed: most figures
            values[name] = raw if scale == 1 else _figure(raw, scale, name)
            if cell != c:
                estados[name] = REALINEADA
            continue
        nothing = c < META_AT and raw == 0 and (cell is None or cells[cell] == BLANK)
        if raw != MISSING and not nothing:
            values[name] = _figure(raw, scale, name)
        estados[name], step = _judge(found, c, name, cell, None if cell is None else shown[cell], text)
        if step is not None:
            steps.append(step)
    return Reading(
        costo=round(found.cost, 3), valores=values, estados=estados, impresos=impresos, operaciones=tuple(steps),
        cierra=closes,
    )  # fmt: skip


def _figure(raw: int, scale: int, name: str) -> Cifra:
    if name == "relativo_pct" or raw % scale == 0:
        return raw if name == "relativo_pct" else raw // scale
    return Decimal(raw) / scale


def _judge(
    found: Found, c: int, name: str, at: int | None, cell: int | None, text: str | None
) -> tuple[Estado, Operation | None]:
    """The estado of one figure, and the step that changed its value, if one did."""
    raw, printed = found.values[c], found.printed
    if c >= META_AT:
        shown = printed.meta if c == META_AT else printed.percent
        if shown == raw or (c == 10 and printed.percent_text.rstrip("% ") in (str(raw),)):
            return EXACTA, None
    elif at is None or cell is None:
        if raw == 0:
            return (EXACTA if c not in found.columns else REALINEADA), None
        return REPARADA, Operation(
            "celda_perdida", name, "", str(_figure(raw, printed.scale, name)), COST["celda_perdida"]
        )
    else:
        shown = cell
        if shown == raw or (shown == BLANK and raw == 0):
            return (EXACTA if at == c else REALINEADA), None
    return REPARADA, _repair(name, shown, raw, text or "", printed.scale)


def _repair(name: str, shown: int, raw: int, text: str, scale: int) -> Operation:
    read = str(_figure(raw, scale, name))
    if shown <= 0:
        kind = "celda_perdida" if not text else "cero_por_cifra"
        return Operation(kind, name, text, read, COST[kind])
    cost = float(misread_cost(shown, raw, COSTS, SHAPES))
    digits, true = len(str(shown)), len(str(raw))
    kind = "digito_mal_leido" if digits == true else ("digito_perdido" if digits < true else "digito_de_mas")
    if cost >= INF:
        kind, cost = ("porcentaje_ajeno", COST["porcentaje_ajeno"])
    return Operation(kind, name, text, read, round(cost, 3))


def _slips(found: Found) -> list[Operation]:
    """The cells that are none of the row's figures, each with the slip that made it."""
    steps = []
    for i, column in enumerate(found.path):
        kind = SLIPS.get(column)
        if kind:
            steps.append(Operation(kind, f"celda_{i + 2}", found.printed.texts[i], "", COST[kind]))
    return steps
