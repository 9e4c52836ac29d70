"""A form as a sheet of a workbook. Not here: what it says (``synthetic.plans``), the style (``style``)."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.rendering.page_html import ACTS, ROLES, fields
from benchmarks.rendering.style import Style, period
from benchmarks.synthetic.header import ordinal
from benchmarks.synthetic.plans import Fila, Pagina


def add_sheet(
    book: Any,
    page: Pagina,
    style: Style,
    lines: Mapping[str, str],
    remarks: Sequence[str],
    signers: Sequence[str],
    rng: random.Random,
) -> None:
    """Add a form to a workbook: merged head, now and then a hidden column, numbers kept as text, blank noughts."""
    sheet = book.create_sheet(f"{page.unidad.codigo} {len(book.sheetnames)}")
    hidden = rng.random() < 0.3
    first = 6 if hidden else 5  # of the quarters' columns
    width = first + 10
    for number, text in enumerate(
        (
            f"{ordinal(page.anio)} AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA",
            f"PROGRAMA OPERATIVO ANUAL {page.anio}",
            "AVANCE FÍSICO PROGRAMÁTICO",
        ),
        1,
    ):
        sheet.cell(number, 1, text)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)
    at = _header(sheet, page, style, lines)
    sheet.cell(at, width - 1, "TMM-F004")
    sheet.cell(at + 1, width - 1, f"FECHA: {period(style, page)}")
    at = _head(sheet, at + 3, style, first)
    as_text = rng.random() < 0.3
    for row, said in zip(page.filas, remarks, strict=True):
        _row(sheet, at, page, style, row, said, first, rng if as_text else None)
        if hidden:
            sheet.cell(at, 5, rng.randint(0, 400))
        at += 1
    if hidden:
        sheet.column_dimensions["E"].hidden = True
    for column, act, name, role in zip((2, 7, 12), ACTS, signers, ROLES, strict=True):
        for k, text in enumerate((act, name, role, "Nombre y Firma")):
            sheet.cell(at + 2 + k, column, text)


def _header(sheet: Any, page: Pagina, style: Style, lines: Mapping[str, str]) -> int:
    at = 5
    for label, values in fields(page, lines):
        for k, value in enumerate(values):
            if style.header == "split":
                code, _, name = value.partition(" ")
                sheet.cell(at, 2, int(code) if code.isdigit() and k % 2 == 0 else code)
                sheet.cell(at, 3, name)
                if not k:
                    sheet.cell(at, 1, f"{label}:")
            else:
                sheet.cell(at, 1, f"{label}: {value}" if not k else value)
            at += 1
    return at


def _head(sheet: Any, at: int, style: Style, first: int) -> int:
    names = ("LINEA DE ACCION P.M.D.", "METAS Y ACCIONES", "UNIDAD DE MEDIDA", "META ANUAL")
    tail = ("AVANCE ABSOLUTO", "ACUMULADO RELATIVO", "OBSERVACIONES")
    for column, name in [*enumerate(names, 1), *enumerate(tail, first + 8)]:
        sheet.cell(at, column, name)
        sheet.merge_cells(start_row=at, start_column=column, end_row=at + 2, end_column=column)
    sheet.cell(at, first, "P E R I O D O")
    sheet.merge_cells(start_row=at, start_column=first, end_row=at, end_column=first + 7)
    for k, quarter in enumerate(style.quarters):
        sheet.cell(at + 1, first + 2 * k, quarter)
        sheet.merge_cells(start_row=at + 1, start_column=first + 2 * k, end_row=at + 1, end_column=first + 2 * k + 1)
        sheet.cell(at + 2, first + 2 * k, "P")
        sheet.cell(at + 2, first + 2 * k + 1, "A")
    return at + 3


def _row(
    sheet: Any, at: int, page: Pagina, style: Style, row: Fila, said: str, first: int, as_text: random.Random | None
) -> None:
    for column, text in enumerate(("\n".join(row.de.lineas), f"{row.accion}.- {row.de.descripcion}"), 1):
        sheet.cell(at, column, text)
    sheet.cell(at, 3, row.de.unidad_medida)
    pairs = [x for pair in zip(row.programado, row.avance, strict=True) for x in pair]
    for column, value in [(4, row.meta), *enumerate(pairs, first), (first + 8, row.absoluto)]:
        if value is None or (not value and not style.zero and column < first + 8):
            continue
        if as_text and as_text.random() < 0.5:
            sheet.cell(at, column, f"{value:,}" if style.sep else str(value))
        else:
            sheet.cell(at, column, value).number_format = "#,##0"
    sheet.cell(at, first + 9, row.absoluto / row.meta if row.meta else 0).number_format = (
        "0.00%" if ".2f" in style.pct else "0%"
    )
    if said:
        sheet.cell(at, first + 10, said)
