"""How a value, or the name of a column, is written for people: numbers, ranges, marks of what is not as printed.

Not here: pages."""

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


WHY_NOT = {"futuro": "aún no", "fuera_de_plan": "fuera de plan"}
"""Why a figure that is in no doubt has no value, by its ``situacion``."""


WORDS = {
    "accion": "acción", "anio": "año", "clasificacion": "clasificación", "codigo": "código", "codigos": "códigos",
    "descripcion": "descripción", "despues": "después", "dia": "día", "funcion": "función", "linea": "línea",
    "lineas": "líneas",
    "maximo": "máximo", "max": "máximo", "min": "mínimo", "numero": "número", "numeros": "números",
    "pagina": "página", "paginas": "páginas", "pct": "(%)", "reprogramacion": "reprogramación", "razon": "razón",
    "renglon": "renglón", "semaforo": "semáforo", "situacion": "situación", "subfuncion": "subfunción",
    "ultimo": "último",
}  # fmt: skip
"""What a title writes otherwise than the name of a column does."""


def number(value: Decimal | float | int | None) -> str:
    """A figure with commas between thousands and no noughts at its end; a dash where there is none."""
    if value is None:
        return NOTHING
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value(given: object) -> str:
    """Any value of a table."""
    if isinstance(given, bool):
        return "sí" if given else "no"
    if isinstance(given, Decimal | float | int):
        return number(given)
    return NOTHING if given is None else str(given)


def percent(value: Decimal | float | int | None) -> str:
    """A percentage with its sign."""
    return NOTHING if value is None else f"{number(value)} %"


def between(row: dict[str, Any], name: str) -> str:
    """Between what a figure in doubt lies: ``46 a 48``; ``?`` where nothing is known of it."""
    ends = dict.fromkeys(number(end) for end in (row.get(f"{name}_min"), row.get(f"{name}_max")) if end is not None)
    return " a ".join(ends) or "?"


def figure(row: dict[str, Any], name: str) -> Markup:
    """A figure of a row with its mark: ``name``, and beside it its range, ``estado_`` and ``situacion_``."""
    estado, situation = row.get(f"estado_{name}"), row.get(f"situacion_{name}")
    if estado == "dudosa":
        said = escape(between(row, name))
        return Markup(f'<span class="duda" title="en duda: no se sabe cuál">{said}<b> ?</b></span>')
    if row.get(name) is None:
        return Markup(f'<span class="nada">{escape(WHY_NOT.get(situation or "", NOTHING))}</span>')
    if estado in MARKS:
        mark, meaning = MARKS[estado]
        return Markup(f'{number(row[name])}<sup><abbr title="{meaning}">{mark}</abbr></sup>')
    return escape(number(row[name]))


def steps(operations: str) -> str:
    """The damage that a reading undoes, in a line."""
    undone = json.loads(operations)
    return "; ".join(
        f"{o['operacion'].replace('_', ' ')} {o['campo']}: {o['impreso'] or '·'} → {o['leido'] or '·'}" for o in undone
    )


def title_of(name: str) -> str:
    """A table's or column's name as a heading: ``accion_numero`` is Acción número, ``unidad_key`` Llave de unidad."""
    words = [WORDS.get(word, word) for word in name.split("_")]
    if words[-1] == "key":
        words = ["llave", "de", *words[:-1]]
    if words[0] == "es":
        words = ["¿es", *words[1:-1], f"{words[-1]}?"]
    text = " ".join(words)
    return f"¿{text[1:].capitalize()}" if text.startswith("¿") else text[:1].upper() + text[1:]
