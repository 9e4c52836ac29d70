"""From the reader's dataclasses to rows of the raw tables, one function a table, and a stored page back again.

Belongs here: which field goes to which column. Does not belong here: SQL, and any decision
about a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from functools import cache

from pydantic import TypeAdapter

from dagster_project.tmm_f004.model import (
    CAMPOS,
    ActionLink,
    ActionRow,
    ChosenReading,
    Estado,
    Form,
    FormRead,
    Operation,
    Reading,
    Refusal,
    RowReading,
    Settled,
    TableReading,
)
from dagster_project.tmm_f004.page.printed_page import PrintedPage
from dagster_project.tmm_f004.page.row_keys import text_sample
from dagster_project.tmm_f004.reconcile.reports import PageKey, Standing
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse.db.bulk_insert import Row

PAGE_COLUMNS = ("extracto_id", "impresa", "ente", "anio", "unidad")
"""The columns of ``raw.paginas`` that a page is made of again (``stored_page``)."""

# Each goes to the column of its name; ``asdict`` copies, and took 2 % of loading new files.
LINK_FIELDS = tuple(f.name for f in fields(ActionLink))
OPERATION_FIELDS = tuple(f.name for f in fields(Operation))

Unit = tuple[str, str, int]
"""(ente, unidad, ejercicio): the scope of ``reconcile``."""


def line_rows(extracto_id: str, lines: tuple[tuple[str, str], ...]) -> Iterator[Row]:
    """Rows of ``raw.lineas``."""
    for number, (text, end) in enumerate(lines, start=1):
        yield {"extracto_id": extracto_id, "linea": number, "texto": text, "fin": end}


@cache
def _pages() -> TypeAdapter[PrintedPage]:
    return TypeAdapter(PrintedPage)


def page_rows(pages: Iterable[PlacedPage]) -> Iterator[Row]:
    """Rows of ``raw.paginas``."""
    for page in pages:
        printed = page.printed
        settled = {"ente": page.ente, "anio": page.anio, "unidad": page.unidad}
        sure = {name: s.valor if s.is_sure else None for name, s in settled.items()}
        yield {
            "extracto_id": page.extracto_id,
            "formato": printed.formato,
            "linea_inicio": printed.linea_inicio,
            "linea_fin": printed.linea_fin,
            "renglones": len(printed.renglones),
            "huella": printed.huella,
            "ente_codigo": sure["ente"],
            "ejercicio": int(sure["anio"]) if sure["anio"] else None,
            "unidad_codigo": sure["unidad"],
            **{name: [s.valor, s.estado, s.regla, s.puntaje, s.alternativas] for name, s in settled.items()},
            "tramos": text_sample(printed.renglones),
            "impresa": _pages().dump_python(printed, mode="json"),
        }


def stored_page(extracto_id: str, impresa: str, *settled: str) -> PlacedPage:
    """A page as ``raw.paginas`` keeps it (``PAGE_COLUMNS``, as text)."""
    ente, anio, unidad = (_settled(text) for text in settled)
    return PlacedPage(extracto_id, _pages().validate_json(impresa), ente, anio, unidad)


def _settled(text: str) -> Settled:
    value, estado, rule, score, rivals = json.loads(text)
    return Settled(value, Estado(estado), rule, score, tuple((v, s) for v, s in rivals))


def form_row(page: PlacedPage, formato: Form, standing: Standing) -> Row:
    """A row of ``raw.formatos``."""
    settled = {
        "ente_codigo": formato.ente,
        "unidad_codigo": formato.unidad,
        "trimestre": formato.trimestre,
        "anio": formato.anio,
        "plan": formato.plan,
        "programa_codigo": formato.programa,
    }
    row: dict[str, object] = {
        "extracto_id": page.extracto_id,
        "formato": formato.formato,
        "linea_inicio": formato.linea_inicio,
        "linea_fin": formato.linea_fin,
        "renglones": len(formato.renglones),
        "huella": page.printed.huella,
        "situacion": standing.situacion,
        "cede_ante": _place(standing.cede_ante),
        "cabeza": formato.cabeza.dice if formato.cabeza else None,
        "corte": formato.corte,
        "ejercicio": pool_year(page),
    }
    for name, asentado in settled.items():
        row |= _settled_columns(name, asentado)
    for whole in ("trimestre", "anio"):
        value = settled[whole].valor
        row[whole] = int(value) if value else None
    return row


def _place(page: PageKey | None) -> str | None:
    return f"{page[0]}:{page[1]}" if page else None


def pool_year(page: PlacedPage) -> int | None:
    """The ejercicio whose rows a page is among, None where its year is not settled."""
    return int(page.anio.valor) if page.anio.valor and page.anio.is_sure else None


def _settled_columns(name: str, value: Settled) -> dict[str, object]:
    return {
        name: value.valor,
        f"{name}_estado": value.estado,
        f"{name}_regla": value.regla,
        f"{name}_puntaje": value.puntaje,
        f"{name}_alternativas": [list(a) for a in value.alternativas],
    }


def field_rows(page: PlacedPage, formato: Form) -> Iterator[Row]:
    """Rows of ``raw.campos``."""
    place = {"extracto_id": page.extracto_id, "formato": formato.formato, "ejercicio": pool_year(page)}
    for order, c in enumerate(formato.campos, start=1):
        yield place | {
            "orden": order,
            "campo": c.campo,
            "codigo_impreso": c.codigo_impreso,
            "texto_impreso": c.texto_impreso,
            "linea": c.linea,
            "valor": c.valor,
            "puntaje": c.puntaje,
            "regla": c.regla,
        }


def refusal_rows(extracto_id: str, ruta: str, refusals: Sequence[Refusal], year: int | None = None) -> list[Row]:
    """Rows of ``raw.rechazos``; ``year`` is that of a page that was cut short."""
    return [{"extracto_id": extracto_id, "ruta": ruta, "ejercicio": year, **asdict(r)} for r in refusals]


def action_rows(page: PlacedPage, leido: FormRead) -> list[Row]:
    """Rows of ``raw.renglones``."""
    formato = leido.formato
    tables = {line: (number, t) for number, t in enumerate(leido.tablas, start=1) for line in t.lineas}
    return [
        {
            "extracto_id": page.extracto_id,
            "linea": r.linea,
            "linea_fin": r.linea_fin or r.linea,
            "formato": formato.formato,
            "orden": order,
            "ejercicio": pool_year(page),
            "accion_numero": r.accion,
            "accion_inferida": r.accion_inferida,
            "accion_regla": r.accion_regla,
            "accion_impresa": r.accion_impresa,
            "lineas_accion": list(r.lineas_accion),
            "descripcion": r.descripcion,
            "unidad_medida": r.unidad_medida,
            "impreso": list(r.impreso_literal or r.impreso),
            "reparo": r.reparo,
            "observaciones": r.observaciones,
            "huella": r.huella,
            **_table_columns(r.linea, *tables.get(r.linea, (None, None))),
        }
        for order, r in enumerate(formato.renglones, start=1)
    ]


def _table_columns(line: int, number: int | None, table: TableReading | None) -> dict[str, object]:
    if table is None:
        return {}
    return {
        "tabla": number,
        "tabla_clase": table.clase,
        "relativo_de": table.relativo,
        "disposicion": list(table.columnas),
        "discordancia": table.off_layout_rows.get(line),
    }


def reading_rows(page: PlacedPage, leido: FormRead) -> Iterator[Row]:
    """Rows of ``raw.lecturas``: the candidates of each row, cheapest first."""
    year = pool_year(page)
    for row in leido.renglones:
        for number, (reading, within) in enumerate(_candidates(row), start=1):
            yield {
                "extracto_id": page.extracto_id,
                "linea": row.renglon.linea,
                "candidato": number,
                "ejercicio": year,
                "costo": reading.costo,
                "dentro_margen": within,
                "cierra": reading.cierra,
                **{figure: reading.valores.get(figure) for figure in CAMPOS},
                "operaciones": [{f: getattr(o, f) for f in OPERATION_FIELDS} for o in reading.operaciones],
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
    return {
        "ente_codigo": ente,
        "unidad_codigo": unidad,
        "ejercicio": ejercicio,
        **{f: getattr(link, f) for f in LINK_FIELDS},
    }


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
