"""A sheet in the layout of the printed form, to hold against the signed original. Not here: other sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from dagster_project.site.streams import Row
from dagster_project.workbooks.facts import figure
from dagster_project.workbooks.sheet import LINE, Book, Column, lines_of

HEADS = ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")
LEFT = ("LÍNEA DE ACCIÓN P.M.D.", "METAS Y ACCIONES", "UNIDAD DE MEDIDA", "META ANUAL")
RIGHT = ("AVANCE ABSOLUTO", "ACUMULADO RELATIVO", "OBSERVACIONES")
WIDTHS = (10, 46, 14, 10, *[8] * 8, 11, 11, 34)
WRAPPED = (0, 1, 2, 14)


def write_form(book: Book, rows: Sequence[Row], cells: Mapping[tuple[str, str], Sequence[Row]], quarter: str) -> None:
    """The reports of a quarter one below the other, each on a page of its own, as the form prints them (docs/form.md).

    Args:
        book: where the sheet is added.
        rows: the printed rows of the quarter, by report.
        cells: by (corte_key, accion_key) the P and A of the four quarters, in order.
        quarter: as ``2022-T4``.
    """
    sheet = book.sheet("F004")
    for k, width in enumerate(WIDTHS):
        sheet.set_column(k, k, width)
    bold, framed = book.style(bold=True), {"border": 1, "text_wrap": True}
    head = book.style(bold=True, align="center", **framed)
    at, breaks = 0, []
    for _, group in groupby(rows, key=lambda row: row["corte_key"]):
        report = list(group)
        for line in _title(report[0], quarter):
            sheet.write_string(at, 0, line, bold)
            at += 1
        for k, text in (*enumerate(LEFT), *enumerate(RIGHT, start=12)):
            sheet.merge_range(at, k, at + 2, k, text, head)
        for n, text in enumerate(HEADS):
            sheet.merge_range(at, 4 + 2 * n, at + 1, 5 + 2 * n, text, head)
            sheet.write_string(at + 2, 4 + 2 * n, "P", head)
            sheet.write_string(at + 2, 5 + 2 * n, "A", head)
        at += 3
        for row in report:
            values = _values(row, cells.get((row["corte_key"], row["accion_key"]), ()))
            for k, value in enumerate(values):
                kind = "largo" if k in WRAPPED else "por_ciento" if k == 13 else "cifra"
                book.cell(sheet, at, k, value, kind, border=1)
            columns = [Column("", "", WIDTHS[k], "largo") for k in WRAPPED]
            sheet.set_row(at, LINE * lines_of(zip(columns, [values[k] for k in WRAPPED], strict=True)))
            at += 1
        sheet.write_string(at + 1, 0, f"RESPONSABLES: {report[0]['responsables'] or ''}")
        sheet.write_string(at + 2, 0, f"Leído de {report[0]['ruta']}, línea {report[0]['linea']}")
        at += 4
        breaks.append(at)
    sheet.set_h_pagebreaks(breaks[:-1])


def _title(row: Row, quarter: str) -> tuple[str, ...]:
    return (
        f"{row['ente_nombre'] or row['ente_codigo']}  ·  AVANCE FÍSICO PROGRAMÁTICO  ·  TMM-F004  ·  {quarter}",
        f"RAMO: {row['ramo_codigo'] or ''} {row['ramo_nombre'] or ''}",
        f"PROGRAMA: {row['programa_codigo'] or ''} {row['programa_nombre'] or ''}",
        f"UNIDAD EJECUTORA: {row['unidad_codigo']} {row['unidad_nombre'] or ''}",
        f"CLASIFICACIÓN FUNCIONAL: {row['clasificacion_codigo'] or ''}",
    )


def _values(row: Row, quarters: Sequence[Row]) -> list[object]:
    number = "" if row["accion_numero_impreso"] is None else f"{row['accion_numero_impreso']}.- "
    pairs = [figure(quarter, name, why=False) for quarter in quarters for name in ("programado", "avance")]
    return [
        row["lineas"], number + (row["accion_descripcion"] or ""), row["unidad_medida_nombre"], figure(row, "meta"),
        *(pairs + [None] * 8)[:8], figure(row, "absoluto"), figure(row, "relativo"), row["observaciones"],
    ]  # fmt: skip
