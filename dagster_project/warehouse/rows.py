"""From the reader's dataclasses to rows of the raw tables, one function a table.

Belongs here: which field goes to which column. Does not belong here: SQL, and any decision
about a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from dagster_project.tmm_f004.model import (
    CAMPOS,
    ActionLink,
    ActionRow,
    ChosenReading,
    Extract,
    Form,
    FormRead,
    Reading,
    Refusal,
    RowReading,
    Settled,
    TableReading,
)
from dagster_project.warehouse.db.bulk_insert import Row

Unit = tuple[str, str, int]
"""(ente, unidad, ejercicio): the scope of ``reconcile``."""


def line_rows(extracto_id: str, lines: tuple[tuple[str, str], ...]) -> Iterator[Row]:
    """Rows of ``raw.lineas``."""
    for number, (text, end) in enumerate(lines, start=1):
        yield {"extracto_id": extracto_id, "linea": number, "texto": text, "fin": end}


def form_rows(extracto_id: str, extracto: Extract) -> list[Row]:
    """Rows of ``raw.formatos``."""
    return [_form_row(extracto_id, formato) for formato in extracto.formatos]


def _form_row(extracto_id: str, formato: Form) -> Row:
    settled = {
        "ente_codigo": formato.ente,
        "unidad_codigo": formato.unidad,
        "trimestre": formato.trimestre,
        "anio": formato.anio,
        "plan": formato.plan,
        "programa_codigo": formato.programa,
    }
    row: dict[str, object] = {
        "extracto_id": extracto_id,
        "formato": formato.formato,
        "linea_inicio": formato.linea_inicio,
        "linea_fin": formato.linea_fin,
        "renglones": len(formato.renglones),
        "corte": formato.corte,
        "ejercicio": formato.ejercicio,
    }
    for name, asentado in settled.items():
        row |= _settled_columns(name, asentado)
    for whole in ("trimestre", "anio"):
        value = settled[whole].valor
        row[whole] = int(value) if value else None
    return row


def _settled_columns(name: str, value: Settled) -> dict[str, object]:
    return {
        name: value.valor,
        f"{name}_estado": value.estado,
        f"{name}_regla": value.regla,
        f"{name}_puntaje": value.puntaje,
        f"{name}_alternativas": [list(a) for a in value.alternativas],
    }


def field_rows(extracto_id: str, extracto: Extract) -> Iterator[Row]:
    """Rows of ``raw.campos``."""
    for formato in extracto.formatos:
        for order, field in enumerate(formato.campos, start=1):
            yield {"extracto_id": extracto_id, "formato": formato.formato, "orden": order, **asdict(field)}


def refusal_rows(extracto_id: str, ruta: str, refusals: tuple[Refusal, ...]) -> list[Row]:
    """Rows of ``raw.rechazos``."""
    return [{"extracto_id": extracto_id, "ruta": ruta, **asdict(refusal)} for refusal in refusals]


def action_rows(extracto_id: str, leido: FormRead, hashes: Mapping[int, str]) -> list[Row]:
    """Rows of ``raw.renglones``; ``hashes`` gives what each printed line goes by."""
    formato = leido.formato
    tables = {line: (number, t) for number, t in enumerate(leido.tablas, start=1) for line in t.lineas}
    return [
        {
            "extracto_id": extracto_id,
            "linea": r.linea,
            "linea_fin": r.linea_fin or r.linea,
            "formato": formato.formato,
            "orden": order,
            "ejercicio": formato.ejercicio,
            "accion_numero": r.accion,
            "accion_inferida": r.accion_inferida,
            "accion_regla": r.accion_regla,
            "accion_impresa": r.accion_impresa,
            "lineas_accion": list(r.lineas_accion),
            "descripcion": r.descripcion,
            "unidad_medida": r.unidad_medida,
            "impreso": list(r.impreso),
            "observaciones": r.observaciones,
            "huella": hashes.get(r.linea),
            **_table_columns(r.linea, *tables.get(r.linea, (None, None))),
        }
        for order, r in enumerate(formato.renglones, start=1)
    ]


def _table_columns(line: int, number: int | None, table: TableReading | None) -> dict[str, object]:
    if table is None:
        return {"tabla": None, "disposicion": None, "discordancia": None}
    return {"tabla": number, "disposicion": list(table.columnas), "discordancia": table.off_layout_rows.get(line)}


def reading_rows(extracto_id: str, leido: FormRead) -> Iterator[Row]:
    """Rows of ``raw.lecturas``: the candidates of each row, cheapest first."""
    for row in leido.renglones:
        for number, (reading, within) in enumerate(_candidates(row), start=1):
            yield {
                "extracto_id": extracto_id,
                "linea": row.renglon.linea,
                "candidato": number,
                "ejercicio": leido.formato.ejercicio,
                "costo": reading.costo,
                "dentro_margen": within,
                "cierra": reading.cierra,
                **{figure: reading.valores.get(figure) for figure in CAMPOS},
                "operaciones": [asdict(o) for o in reading.operaciones],
            }


def _candidates(row: RowReading) -> Iterator[tuple[Reading, bool]]:
    for number, reading in enumerate(row.lecturas):
        yield reading, number == 0 or reading in row.alternativas
    for reading in row.alternativas:
        if reading not in row.lecturas:
            yield reading, True


def link_row(unit: Unit, link: ActionLink) -> Row:
    """A row of ``raw.vinculos``."""
    ente, unidad, ejercicio = unit
    return {"ente_codigo": ente, "unidad_codigo": unidad, "ejercicio": ejercicio, **asdict(link)}


def chosen_row(unit: Unit, chosen: ChosenReading, printed: ActionRow, plan: str | None, is_ratio: bool) -> Row:
    """A row of ``raw.elegidas``."""
    ente, unidad, ejercicio = unit
    row: dict[str, object] = {
        "extracto_id": chosen.extracto_id,
        "linea": chosen.linea,
        "ejercicio": ejercicio,
        "ente_codigo": ente,
        "unidad_codigo": unidad,
        "corte": chosen.corte,
        "accion_id": chosen.accion_id,
        "accion_numero": printed.accion,
        "plan": plan,
        "candidato": chosen.candidato,
        "costo": chosen.costo,
        "margen": chosen.margen,
        "estado": chosen.estado,
        "es_razon": is_ratio,
        "impresos": chosen.impresos,
        "corroborada_por": chosen.corroborada_por,
    }
    for figure in CAMPOS:
        row[figure] = chosen.valores.get(figure)
        row[f"{figure}_min"] = chosen.minimos.get(figure)
        row[f"{figure}_max"] = chosen.maximos.get(figure)
        row[f"{figure}_estado"] = chosen.estados.get(figure, chosen.estado)
    return row
