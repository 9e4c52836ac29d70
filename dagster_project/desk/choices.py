"""What can be chosen of an open thing, what each choice would make of it, and the lines that it writes.

Belongs here: pure functions over a row of the queue. Does not belong here: the queries (``queue``), the files
(``reference``), the pages (``app``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dagster_project.warehouse.publish.page_facts import FIELDS, Page

Row = dict[str, Any]

FIGURES = ("meta", "p1", "p2", "p3", "p4", "a1", "a2", "a3", "a4", "absoluto", "relativo_pct")
NAMES = {
    "meta": "Meta", "absoluto": "Absoluto", "relativo_pct": "Relativo (%)",
    **{f"p{n}": f"Programado T{n}" for n in range(1, 5)}, **{f"a{n}": f"Avance T{n}" for n in range(1, 5)},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading to choose: its figures as texts, what it undoes, and what would follow.

    ``planned`` and ``done`` are the sums of its quarters, ``closes`` whether they are the printed meta and absoluto,
    ``quarter`` and ``total`` the lights of the report's quarter and of what was done to it.
    """

    number: int
    cost: float
    within: bool
    figures: dict[str, str]
    undone: str
    planned: str
    done: str
    closes: bool
    quarter: str
    total: str


def readings(row: Row, found: Sequence[Row], bands: Sequence[Row]) -> list[Choice]:
    """The choices of a row in doubt, as its readings are numbered."""
    return [_choice(row, reading, bands) for reading in found]


def _choice(row: Row, reading: Row, bands: Sequence[Row]) -> Choice:
    corte = int(row["corte"][-1]) if row["corte"] else 4
    planned = sum((reading[f"p{n}"] or Decimal(0) for n in range(1, 5)), Decimal(0))
    done = sum((reading[f"a{n}"] or Decimal(0) for n in range(1, 5)), Decimal(0))
    to_date = sum((reading[f"p{n}"] or Decimal(0) for n in range(1, corte + 1)), Decimal(0))
    return Choice(
        number=reading["candidato"],
        cost=reading["costo"],
        within=bool(reading["es_dentro_margen"]),
        figures={name: plain(reading[name]) for name in FIGURES},
        undone="; ".join(
            f"{_in_words(o['operacion'])} {NAMES.get(o['campo'], o['campo'])}: "
            f"{o['impreso'] or 'nada'} → {o['leido'] or 'nada'}"
            for o in json.loads(reading["operaciones"] or "[]")
        ),
        planned=plain(planned),
        done=plain(done),
        closes=(planned, done) == (reading["meta"], reading["absoluto"]),
        quarter=light(reading[f"p{corte}"], reading[f"a{corte}"], bands),
        total=light(to_date, done, bands),
    )


def _in_words(operation: str) -> str:
    return operation.replace("_", " ").replace("digito", "dígito").replace("leido", "leído")


def light(planned: Decimal | None, done: Decimal | None, bands: Sequence[Row]) -> str:
    """The word of a light, by the exact quotient: as ``dbt/macros/semaforo.sql`` decides it."""
    p, a = planned or Decimal(0), done or Decimal(0)
    if p <= 0:
        return "no programado" if a else "sin programación"
    for band in bands:
        low, high = band["desde_pct"] * p, None if band["hasta_pct"] is None else band["hasta_pct"] * p
        above = 100 * a > low or (band["incluye_desde"] and 100 * a == low)
        below = high is None or 100 * a < high or (band["incluye_hasta"] and 100 * a == high)
        if above and below:
            return str(band["semaforo"])
    return "—"


def corrections(row: Row, figures: Mapping[str, str], found: Sequence[Row], said: Mapping[str, str]) -> list[Row]:
    """Lines of ``correcciones.csv``, one a figure in doubt; ``figures`` by field as a person chose or typed them.

    What a cell prints is named where a reading says so, or where a cell prints exactly that.
    """
    printed = {o["campo"]: o["impreso"] for r in found[:1] for o in json.loads(r["operaciones"] or "[]")}
    cells = [cell.strip() for cell in (row["celdas_impresas"] or "").split("|")]
    lines = []
    for field in row["campos"]:
        value = figures.get(field, "").strip()
        same = next((cell for cell in cells if value and _digits(cell) == _digits(value)), "")
        shown = same or (printed.get(field) or "")
        lines.append(
            {"renglon_huella": row["renglon_huella"], "campo": field, "impreso": shown if shown in cells else "",
             "valor": value, **_of(row, said)}
        )  # fmt: skip
    return lines


def page_fields(row: Row) -> list[tuple[str, str, list[tuple[str, float]]]]:
    """Of a page set aside: each open fact, its likeliest value ('' for none), and the others with their scores."""
    page, found = Page(row), []
    for field in FIELDS:
        value, estado, _, _, rivals = page.settled(field)
        if value is None or estado == "dudosa":
            others = [(str(rival), float(score)) for rival, score in rivals]
            likeliest = others[0][0] if others else "" if value is None else str(value)
            found.append((field, likeliest, others))
    return found


def page_lines(row: Row, figures: Mapping[str, str], said: Mapping[str, str]) -> list[Row]:
    """Lines of ``paginas.csv`` for the open facts that a person gave a value."""
    return [
        {"pagina_huella": row["pagina_huella"], "campo": field, "impreso": "", "valor": value, **_of(row, said)}
        for field, *_ in page_fields(row)
        if (value := figures.get(field, "").strip())
    ]


def link_line(row: Row, other: Row | None, said: Mapping[str, str]) -> Row:
    """The line of ``vinculos.csv``: one action with another row, or, of None, one of its own."""
    return {
        "renglon_huella": row["renglon_huella"],
        "impreso": plain(row["accion_numero_impreso"]),
        "con_huella": other["renglon_huella"] if other else "",
        "con_impreso": plain(other["accion_numero_impreso"]) if other else "",
        **_of(row, said),
    }


def plain(value: Any) -> str:
    """A figure as the decision files want it: no separator, no noughts at its end; '' for none."""
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(text: str) -> str:
    return re.sub(r"[^0-9.]", "", text)


def _of(row: Row, said: Mapping[str, str]) -> Row:
    return {
        **{name: said[name] for name in ("motivo", "autor", "fecha")},
        "archivo": row["ruta"],
        "linea": str(row["linea"]),
    }
