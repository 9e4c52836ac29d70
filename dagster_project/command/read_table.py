"""Rows of ``avance read`` as a table for people, on a terminal of any width.

No figure is ever cut to fit: where the wide table has no room, planned and achieved stand one above the other.
Not in here: reading them (``read``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from dagster_project.command.terminal_text import escape

FIGURES = ("meta", "P1", "P2", "P3", "P4", "A1", "A2", "A3", "A4", "absoluto", "%")
RIGHT = ("línea", "acción", *FIGURES, "T1", "T2", "T3", "T4")


def print_rows(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    """Print objects of ``tmm_f004.rows_json``, in order: one table, or one a report where the terminal is narrow."""
    table = _wide(rows)
    unbounded = console.options.update(
        max_width=10_000
    )  # within the terminal's own width every table measures as fitting
    if Measurement.get(console, unbounded, table).minimum <= console.width:
        console.print(table)
        return
    for place, of_report in groupby(rows, key=lambda row: (row["formato"], row["unidad"], _cut(row))):
        console.print(f"\npágina {place[0]}, unidad {escape(place[1] or '?')}, {place[2]}: P above A", highlight=False)
        console.print(_narrow(list(of_report)))


def _wide(rows: Sequence[dict[str, Any]]) -> Table:
    table = _table("línea", "unidad", "corte", "acción", "descripción", *FIGURES, "estado")
    for row in rows:
        figures = [row["meta"], *row["programado"], *row["avance"], row["absoluto"], row["relativo_pct"]]
        table.add_row(
            str(row["linea"]),
            escape(row["unidad"] or "?"),
            _cut(row),
            _number(row),
            escape(row["descripcion"][:40], one_line=True),
            *map(_figure, figures),
            row["estado"],
        )
    return table


def _narrow(rows: Sequence[dict[str, Any]]) -> Table:
    table = _table("línea", "acción", "meta", "T1", "T2", "T3", "T4", "absoluto", "%", "estado")
    for row in rows:
        pairs = zip(row["programado"], row["avance"], strict=True)
        table.add_row(
            str(row["linea"]),
            _number(row),
            _figure(row["meta"]),
            *(f"{_figure(planned) or '·'}\n{_figure(done) or '·'}" for planned, done in pairs),
            _figure(row["absoluto"]),
            _figure(row["relativo_pct"]),
            row["estado"],
        )
    return table


def _table(*columns: str) -> Table:
    table = Table(show_edge=False, pad_edge=False, box=None, padding=(0, 1, 0, 0))
    for name in columns:
        justify = "right" if name in RIGHT else "left"
        table.add_column(name, justify=justify, no_wrap=name != "descripción")  # type: ignore[arg-type]
    return table


def _cut(row: dict[str, Any]) -> str:
    return f"{row['anio'] or '?'}-T{row['trimestre'] or '?'}"


def _number(row: dict[str, Any]) -> str:
    return "?" if row["accion"] is None else str(row["accion"])


def _figure(figure: Any) -> str:
    return "" if figure is None else f"{figure:,}"
