"""The rows of an extract as ``avance read`` gives them: one JSON object a row, a contract others rely on.

In here: from text to those objects. Not in here: files, encodings, the terminal.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from typing import Any

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import (
    ActionRow,
    Cifra,
    Estado,
    FormRead,
    Reading,
    RowReading,
    Settled,
    TableReading,
)
from dagster_project.tmm_f004.page.header_fields import vocabulary_of
from dagster_project.tmm_f004.page.printed_page import parse
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.settle.action_numbers import DOUBTS
from dagster_project.tmm_f004.settle.pages import settled_forms


def read_text(text: str, catalogs: Catalogs) -> Iterator[dict[str, Any]]:
    """Read one extract and yield its rows, in order, as objects of the ``avance read --format jsonl`` contract.

    ``text`` is the decoded file; lines are parted at LF, a CR before it is not part of the line.
    """
    yield from read_lines((line.removesuffix("\r") for line in text.split("\n")), catalogs)


def read_lines(lines: Iterable[str], catalogs: Catalogs, typed: Container[int] = ()) -> Iterator[dict[str, Any]]:
    """As ``read_text``, of lines without their terminators: an iterator's are let go once they are parsed.

    ``typed`` are the numbers of those that no engine looked at (``printed_page.parse``).
    """
    printed, _ = parse(lines, vocabulary_of(catalogs), both_sides=True, typed=typed)
    for form in settled_forms(printed, catalogs):
        yield from form_objects(read_form(form, catalogs))


def form_objects(read: FormRead) -> Iterator[dict[str, Any]]:
    """The objects of one form page's rows.

    One that departs from its table's layout as others do says how; one whose action number is doubted, or put in the
    place of the printed one, says so, and so does one whose print forbids to believe its figures.
    """
    form = read.formato
    head = {"formato": form.formato}
    place = {
        "ente": form.ente.valor,
        "unidad": form.unidad.valor,
        "anio": _whole(form.anio),
        "trimestre": _whole(form.trimestre),
    }
    quarter_estado = Estado.DUDOSA if Estado.DUDOSA in (form.anio.estado, form.trimestre.estado) else None
    tail = {
        "unidad_estado": form.unidad.estado.value,
        "corte_estado": (quarter_estado or _worse(form.anio.estado, form.trimestre.estado)).value,
    }
    apart = {line: {"discordancia": how} for table in read.tablas for line, how in table.off_layout_rows.items()}
    kinds: dict[int, dict[str, Any]] = {}
    for table in read.tablas:
        kinds |= dict.fromkeys(table.lineas, _kind_told(read, table))
    for row in read.renglones:
        printed = row.renglon
        more = {
            **kinds.get(printed.linea, {}),
            **apart.get(printed.linea, {}),
            **_number_told(printed),
            **_objection_told(printed),
        }
        yield {**head, "linea": printed.linea, **place, **_row_object(row), **tail,
               "observaciones": printed.observaciones, **more}  # fmt: skip


def _kind_told(read: FormRead, table: TableReading) -> dict[str, Any]:
    """The kind of a table that is not the form's own, with what its head says, and of what its percentages are."""
    told: dict[str, Any] = {}
    if table.clase != "de_la_forma":
        told["tabla"] = table.clase
        if read.formato.cabeza:
            told["cabeza"] = read.formato.cabeza.dice
    if table.relativo != "de_la_meta":
        told["relativo_de"] = table.relativo
    return told


def _number_told(row: ActionRow) -> dict[str, Any]:
    if row.accion_impresa is not None:
        return {"accion_impresa": row.accion_impresa}
    return {"accion_dudosa": row.accion_regla} if row.accion_regla in DOUBTS else {}


def _objection_told(row: ActionRow) -> dict[str, Any]:
    return {"reparo": row.reparo} if row.reparo else {}


def _worse(one: Estado, other: Estado) -> Estado:
    order = list(Estado)
    return max(one, other, key=order.index)


def _whole(settled: Settled) -> int | None:
    return int(settled.valor) if settled.valor else None


def _row_object(row: RowReading) -> dict[str, Any]:
    printed, best = row.renglon, row.lecturas[0] if row.lecturas else None
    return {
        "accion": printed.accion,
        "accion_inferida": printed.accion_inferida,
        "lineas_accion": list(printed.lineas_accion),
        "descripcion": printed.descripcion,
        "unidad_medida": printed.unidad_medida,
        **_figures(row.valores),
        "relativo_pct": number(row.valores["relativo_pct"]),
        "impreso": list(printed.impreso_literal or printed.impreso),
        "estado": row.estado.value,
        "costo": best.costo if best else None,
        "margen": row.margen,
        "operaciones": [
            {
                "operacion": o.operacion,
                "campo": o.campo,
                "impreso": o.impreso,
                "leido": o.leido,
                "costo": o.costo,
            }
            for o in (best.operaciones if best else ())
        ],
        "alternativas": [alternative(r) for r in row.alternativas],
        "rango": {field: [number(low), number(high)] for field, (low, high) in row.rango.items()},
    }


def alternative(reading: Reading) -> dict[str, Any]:
    """A reading within the margin, as ``alternativas`` lists it."""
    return {
        **_figures(reading.valores),
        "relativo_pct": number(reading.valores["relativo_pct"]),
        "costo": reading.costo,
    }


def _figures(values: dict[str, Cifra | None]) -> dict[str, Any]:
    return {
        "meta": number(values["meta"]),
        "programado": [number(values[field]) for field in ("p1", "p2", "p3", "p4")],
        "avance": [number(values[field]) for field in ("a1", "a2", "a3", "a4")],
        "absoluto": number(values["absoluto"]),
    }


def number(value: Cifra | None) -> int | float | None:
    """A figure as a JSON number: whole where it is whole."""
    if isinstance(value, Decimal):
        return float(value)
    return value
