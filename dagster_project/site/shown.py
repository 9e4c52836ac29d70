"""How a value is written on a page: numbers, ranges, marks of what is not as printed. Not here: pages."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

NOTHING = "—"
MARKS = {
    "reparada": ("r", "reparada: no es lo impreso, sino lo único que cierra"),
    "corregida": ("c", "decidida por una persona"),
}


def number(value: Decimal | float | int | None) -> str:
    """A figure with commas between thousands and no noughts at its end; a dash where there is none."""
    if value is None:
        return NOTHING
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Decimal | float | int | None) -> str:
    """A percentage with its sign."""
    return NOTHING if value is None else f"{number(value)} %"


def figure(row: dict[str, Any], name: str) -> Markup:
    """A figure of a row with its mark: ``name``, and beside it its range, ``estado_`` and ``situacion_``."""
    estado, situation = row.get(f"estado_{name}"), row.get(f"situacion_{name}")
    if estado == "dudosa":
        low, high = row.get(f"{name}_min"), row.get(f"{name}_max")
        ends = dict.fromkeys(number(end) for end in (low, high) if end is not None)
        said = " a ".join(ends) or "?"
        return Markup(f'<span class="duda" title="en duda: no se sabe cuál">{escape(said)}<b> ?</b></span>')
    if row.get(name) is None:
        said = {"futuro": "aún no", "fuera_de_plan": "fuera de plan"}.get(situation or "", NOTHING)
        return Markup(f'<span class="nada">{escape(said)}</span>')
    if estado in MARKS:
        mark, meaning = MARKS[estado]
        return Markup(f'{number(row[name])}<sup><abbr title="{meaning}">{mark}</abbr></sup>')
    return escape(number(row[name]))


def steps(operations: str) -> str:
    """The damage that a reading undoes, in a line."""
    undone = json.loads(operations)
    return "; ".join(f"{o['operacion']} {o['campo']}: {o['impreso'] or '·'} → {o['leido'] or '·'}" for o in undone)
