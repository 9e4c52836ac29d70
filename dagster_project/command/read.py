"""``avance read``: one extract, without a warehouse, as a table or as JSON lines.

Starts fast: no Dagster, dbt, DuckDB or pandas. Not here: the objects themselves
(``tmm_f004.export``).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dagster_project.catalogs import load_catalogs
from dagster_project.command.shown import escape, shown
from dagster_project.settings import get_settings
from dagster_project.tmm_f004.export import read_lines
from dagster_project.warehouse.extract_files import RefusedFileError, decode, read_bytes


class CatalogError(ValueError):
    """A reference file that cannot be used; the message names it."""


def read(path: Path, as_json: bool) -> int:
    """Print the rows of an extract; 0 where there is at least one, 1 where there is none, 2 where it is not read."""
    try:
        rows = list(_rows(path))
    except RefusedFileError as refused:
        line = f", line {refused.linea}" if refused.linea else ""
        print(f"{shown(str(path))}{line}: {refused.razon}", file=sys.stderr)
        return 2
    except CatalogError as error:
        print(f"the catalogues in {get_settings().seeds} cannot be read: {error}", file=sys.stderr)
        return 2
    except Exception as error:  # a defect of ours, and no reason to print the stack at whoever reads a file
        print(f"{shown(str(path))}: the reader failed: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if as_json:
        as_ascii = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        for row in rows:
            print(json.dumps(row, ensure_ascii=as_ascii))
    elif rows:
        _print_table(rows)
    if not rows:
        print(f"{shown(str(path))}: holds no action row of a TMM-F004 form", file=sys.stderr)
        return 1
    return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    settings = get_settings()
    text = decode(read_bytes(path))
    try:
        catalogs = load_catalogs(settings.seeds, settings.ente)
    except (KeyError, OSError, ValueError, csv.Error) as error:
        raise CatalogError(f"{type(error).__name__}: {error}") from error
    yield from read_lines([line for line, _ in text.lineas], catalogs)


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    right = ("línea", "acción", "meta", "P1", "P2", "P3", "P4", "A1", "A2", "A3", "A4", "absoluto", "%")
    table = Table(show_edge=False, pad_edge=False)
    for name in ("línea", "unidad", "corte", "acción", "descripción", *right[2:], "estado"):
        table.add_column(name, justify="right" if name in right else "left", no_wrap=name != "descripción")
    for row in rows:
        figures = [row["meta"], *row["programado"], *row["avance"], row["absoluto"], row["relativo_pct"]]
        table.add_row(
            str(row["linea"]),
            escape(row["unidad"] or "?"),
            f"{row['anio'] or '?'}-T{row['trimestre'] or '?'}",
            "?" if row["accion"] is None else str(row["accion"]),
            escape(row["descripcion"][:40], one_line=True),
            *("" if figure is None else f"{figure:,}" for figure in figures),
            row["estado"],
        )
    # Wide enough for every column also where the output is no terminal.
    Console(width=None if sys.stdout.isatty() else 200).print(table)
