"""The workbook of a quarter: what to read first, units, actions, what moved, what is in doubt, the form, the words.

Not here: the transparency format (``pnt``), how a table is put on a sheet (``sheet``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb

from dagster_project.site.streams import Row, rows
from dagster_project.workbooks import facts
from dagster_project.workbooks.form import write_form
from dagster_project.workbooks.sheet import LINE, Book, Column, lines_of

WHO = (Column("Municipio", "ente_nombre", 16), Column("Unidad", "unidad_codigo", 9),
       Column("Nombre de la unidad", "unidad_nombre", 30, "largo"))  # fmt: skip

ACTIONS = (
    *WHO,
    Column("Programa", "programa_codigo", 10),
    Column("Acción", "accion_numero", 8),
    Column("Descripción", "accion_descripcion", 40, "largo"),
    Column("Unidad de medida", "unidad_medida_nombre", 16, "largo"),
    Column("Meta", lambda row: facts.figure(row, "meta"), 10, "cifra"),
    *(Column(f"{name}{n}", f"{name.lower()}{n}", 9, "cifra") for n in "1234" for name in "PA"),
    Column("Plan %", "cumplimiento_acumulado_pct", 8, "por_ciento"),
    Column("Luz del plan", "semaforo_plan", 13),
    Column("Año %", "cumplimiento_ejercicio_pct", 8, "por_ciento"),
    Column("Luz del año", "semaforo_ejercicio", 13),
    Column("Confianza", "confianza", 11),
    Column("Último reporte", "corte", 10),
    Column("Observaciones", "observaciones", 30, "largo"),
    Column("Líneas de acción", "linea_accion_codigos", 16, "largo"),
    Column("Impreso en", "lugar", 26, "largo"),
)

REPROGRAMMED = (
    *WHO, Column("Acción", "accion_numero", 8), Column("Descripción", "accion_descripcion", 50, "largo"),
    Column("Trimestre", "trimestre", 10), Column("Cifra", "medida", 12), Column("Entre", "corte_anterior", 10),
    Column("y", "corte", 10), Column("Antes", "antes", 10, "cifra"), Column("Después", "despues", 10, "cifra"),
    Column("Diferencia", "diferencia", 10, "cifra"), Column("Cambió el plan", "cambio_de_plan", 9),
)  # fmt: skip

DOUBTS = (
    Column("Municipio", "ente_nombre", 16), Column("Unidad", "unidad_codigo", 9), Column("Reporte", "corte", 10),
    Column("Acción", "accion_numero", 8), Column("Severidad", "severidad", 12),
    Column("Qué dice", "que_dice", 34, "largo"), Column("Mensaje", "mensaje", 60, "largo"),
    Column("Observado", "observado", 16, "largo"), Column("Esperado", "esperado", 16, "largo"),
    Column("Impreso", "texto_impreso", 60, "largo"), Column("Regla", "regla", 24),
)  # fmt: skip

WORDS = (Column("Tabla", "tabla", 22), Column("Columna", "columna", 30), Column("Qué es", "descripcion", 100, "largo"))


def write_quarter(con: duckdb.DuckDBPyConnection, path: Path, quarter: str, version: str, created: str) -> Path:
    """Write the workbook of a quarter (``2022-T4``); the file.

    Raises:
        OSError, duckdb.Error: it cannot be written, or the version lacks a table.
    """
    bands = rows(con, facts.LIGHTS)
    actions = facts.actions(rows(con, facts.FIGURES, quarter=quarter))
    colours = {band["semaforo"]: band["color"] for band in bands}
    for row in actions:
        row["colores"] = {head: colours.get(row[key]) for head, key in LIT.items()}
    cells: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for cell in rows(con, facts.CELLS, quarter=quarter):
        cells[cell["corte_key"], cell["accion_key"]].append(cell)
    book = Book(path, f"Avance físico programático {quarter}", created)
    _read_first(book, quarter, version, created)
    _units(book, actions, bands)
    book.table("Acciones", ACTIONS, actions, "colores").freeze_panes(1, 6)
    book.table("Reprogramado", REPROGRAMMED, rows(con, facts.REPROGRAMMED, quarter=quarter))
    book.table("En duda", DOUBTS, rows(con, facts.FINDINGS, quarter=quarter))
    write_form(book, rows(con, facts.PRINTED, quarter=quarter), cells, quarter)
    book.table("Diccionario", WORDS, rows(con, facts.COLUMNS))
    return book.close()


READ_FIRST = 84
"""Letters of a line of the first sheet: what a page holds."""

LIT = {"Luz del plan": "semaforo_plan", "Luz del año": "semaforo_ejercicio"}


def _units(book: Book, actions: Sequence[Row], bands: Sequence[Row]) -> None:
    """How many actions of each unit show each light; unlike measures are not added. Goals (x00) are sums of actions.

    A unit is called as its last report calls it: an action that this one has no more bears the name of before.
    """
    units: dict[tuple[str, str], Row] = {}
    for row in actions:
        if row["accion_tipo"] != "accion":
            continue
        of_unit = units.setdefault((row["ente_codigo"], row["unidad_codigo"]), {**row, "luces": Counter(), "dudas": 0})
        if row["corte"] > of_unit["corte"]:
            of_unit |= {key: row[key] for key in ("corte", "unidad_nombre")}
        of_unit["luces"].update((head, row[key]) for head, key in LIT.items())
        of_unit["dudas"] += row["confianza"] == "en duda"
    shown = {light for unit in units.values() for light in unit["luces"]}
    lights = [_count((head, b["semaforo"])) for head in LIT for b in bands if (head, b["semaforo"]) in shown]
    columns = (*WHO, Column("Acciones", lambda row: sum(row["luces"].values()) // len(LIT), 9, "cifra"),
               Column("En duda", "dudas", 9, "cifra"), *lights)  # fmt: skip
    book.table("Resumen", columns, list(units.values()))


def _count(light: tuple[str, str]) -> Column:
    head, name = light
    return Column(f"{head.split()[-1].capitalize()}: {name}", lambda row: row["luces"][light], 10, "cifra")


def _read_first(book: Book, quarter: str, version: str, created: str) -> None:
    sheet = book.sheet("Léeme", landscape=False)
    sheet.set_column(0, 0, READ_FIRST)
    for n, text in enumerate((
        f"Avance físico programático, ejercicio {quarter[:4]}, hasta {quarter}",
        f"Versión {version}, del {created[:10]}. Se escribió de las tablas publicadas y dice lo mismo que ellas.",
        "",
        "Resumen: cuántas acciones de cada unidad muestran cada luz. No se suman medidas distintas.",
        "Acciones: una línea por acción; P es lo programado y A lo alcanzado de cada trimestre.",
        "Plan %: lo alcanzado frente a lo programado del plan en vigor, como lo imprime la forma. Año %: frente a todo "
        "el ejercicio; ahí no se borra el rezago que un plan nuevo dejó fuera.",
        "Confianza: segura, reparada (no es lo impreso, sino lo único que cierra), decidida por alguien o en duda.",
        "Una cifra en duda se da como «46 a 48 (en duda)»: entre qué valores está. Nunca se suma ni se adivina.",
        "Impreso en: el archivo y la línea de los que se leyó.",
        "Reprogramado: lo que un reporte posterior cambió. En duda: los hallazgos del ejercicio.",
        f"F004: los reportes de {quarter} como los imprime la forma, para cotejarlos con el original firmado.",
        "Diccionario: qué es cada columna de las tablas de las que salen estas hojas.",
    )):  # fmt: skip
        sheet.write_string(n, 0, text, book.style(bold=n == 0, text_wrap=True))
        sheet.set_row(n, LINE * lines_of([(Column("", "", READ_FIRST, "largo"), text)]))
