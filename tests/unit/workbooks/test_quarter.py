"""What the sheets of a quarter say of a unit, of rows made by hand."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from dagster_project.workbooks.quarter import _units
from dagster_project.workbooks.sheet import Book


def test_a_unit_is_called_as_its_last_report_calls_it(tmp_path: Path) -> None:
    """Its first action may be one that the report after it was renamed has no more."""
    row = {"ente_codigo": "02002", "ente_nombre": "Mexicali", "unidad_codigo": "54101", "accion_tipo": "accion",
           "confianza": "segura", "semaforo_plan": "verde", "semaforo_ejercicio": "verde"}  # fmt: skip
    actions = [
        row | {"corte": corte, "unidad_nombre": name} for corte, name in (("2022-T1", "Antes"), ("2022-T4", "Ya"))
    ]
    book = Book(tmp_path / "b.xlsx", "b", "2026-01-01")
    _units(book, actions, [{"semaforo": "verde"}])
    _, unit = openpyxl.load_workbook(book.close())["Resumen"].iter_rows(values_only=True)
    assert unit == ("Mexicali", "54101", "Ya", 2, 0, 2, 2)
