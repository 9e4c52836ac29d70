"""The indicators in the transparency format (Plataforma Nacional de Transparencia, SIPOT). Not here: which they are."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.site.streams import rows
from dagster_project.workbooks import facts
from dagster_project.workbooks.sheet import LINE, Book, Column, lines_of

HEADS_AT = 6
"""Row 7: a SIPOT file has its keys and titles above the heads of its columns."""

COLUMNS = (
    Column("Ejercicio", "ejercicio", 10),
    Column("Fecha de inicio del periodo que se informa", "periodo_inicio_fecha", 14),
    Column("Fecha de término del periodo que se informa", "periodo_fin_fecha", 14),
    Column("Nombre del programa o concepto al que corresponde el indicador", "programa_nombre", 30, "largo"),
    Column("Objetivo institucional", "objetivo_institucional", 24, "largo"),
    Column("Nombre(s) del(os) indicador(es)", "indicador_nombre", 40, "largo"),
    Column("Dimensión(es) a medir", "dimension", 14, "largo"),
    Column("Definición del indicador", "indicador_definicion", 30, "largo"),
    Column("Método de cálculo con variables de la fórmula", "metodo_calculo", 30, "largo"),
    Column("Unidad de medida", "unidad_medida", 16, "largo"),
    Column("Frecuencia de medición", "frecuencia_medicion", 14, "largo"),
    Column("Línea base", "linea_base", 12, "largo"),
    Column("Metas programadas", "metas_programadas", 12, "cifra"),
    Column("Metas ajustadas que existan, en su caso", "metas_ajustadas", 12, "cifra"),
    Column("Avance de metas", "avance_metas", 12, "cifra"),
    Column("Sentido del indicador", "sentido_indicador", 14, "largo"),
    Column("Fuente de información", "fuente_informacion", 30, "largo"),
    Column(
        "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualizan la información",
        "area_responsable", 30, "largo",
    ),
    Column("Fecha de actualización", "actualizacion_fecha", 14),
    Column("Nota", "nota", 60, "largo"),
)  # fmt: skip


def write_pnt(con: duckdb.DuckDBPyConnection, path: Path, quarter: str, created: str) -> Path:
    """Write the workbook of a quarter (``2022-T4``); the file. Keys of format and columns are the platform's: blank.

    Raises:
        OSError, duckdb.Error: it cannot be written, or the version lacks the table.
    """
    book = Book(path, f"Indicadores de resultados {quarter}", created)
    sheet = book.sheet("Reporte de Formatos")
    for k, text in enumerate(("TÍTULO", "NOMBRE CORTO", "DESCRIPCIÓN")):
        sheet.write_string(1, k * 3, text, book.style(bold=True))
    sheet.write_string(2, 0, "Indicadores de resultados")
    sheet.write_string(2, 6, f"Avance Físico Programático (TMM-F004), {quarter}")
    sheet.write_string(5, 0, "Tabla Campos", book.style(bold=True))
    for k, column in enumerate(COLUMNS):
        sheet.set_column(k, k, column.width)
        sheet.write_string(HEADS_AT, k, column.head, book.style(bold=True, text_wrap=True, border=1))
    sheet.set_row(HEADS_AT, 5 * LINE)
    sheet.freeze_panes(HEADS_AT + 1, 0)
    sheet.repeat_rows(HEADS_AT)
    indicators = rows(con, facts.INDICATORS, quarter=quarter)
    sheet.autofilter(HEADS_AT, 0, HEADS_AT + max(1, len(indicators)), len(COLUMNS) - 1)
    for n, row in enumerate(indicators, start=HEADS_AT + 1):
        values = [column.of(row) for column in COLUMNS]
        for k, (column, value) in enumerate(zip(COLUMNS, values, strict=True)):
            book.cell(sheet, n, k, value, column.kind)
        sheet.set_row(n, LINE * lines_of(zip(COLUMNS, values, strict=True)))
    return book.close()
