"""``avance read``: one extract, without a warehouse, as a table or as JSON lines.

Starts fast: no Dagster, dbt, DuckDB or pandas. Not here: the objects themselves
(``tmm_f004.rows_json``).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dagster_project.command.terminal_text import printable
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import Settings, get_settings
from dagster_project.sources.refused import RefusedFileError
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.warehouse.files.extract_file import decode, read_bytes


class UnreadError(Exception):
    """An extract or catalogue that cannot be read; the message says which and why."""


def read(path: Path, as_json: bool) -> int:
    """Print the rows of an extract; 0 where there is at least one, 1 where there is none, 2 where it is not read."""
    try:
        printed = _print_lines(_rows(path)) if as_json else _print_table(list(_rows(path)))
    except UnreadError as error:
        print(error, file=sys.stderr)
        return 2
    if not printed:
        print(f"{printable(str(path))}: holds no action row of a TMM-F004 form", file=sys.stderr)
        return 1
    return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    settings = get_settings()
    try:
        lines = [line for line, _ in decode(read_bytes(path)).lineas]
        yield from read_lines(lines, _catalogs(settings))
    except RefusedFileError as refused:
        line = f", line {refused.linea}" if refused.linea else ""
        raise UnreadError(f"{printable(str(path))}{line}: {refused.razon}") from refused
    except UnreadError:
        raise
    except Exception as error:  # a defect of ours, and no reason to print the stack at whoever reads a file
        raise UnreadError(f"{printable(str(path))}: the reader failed: {type(error).__name__}: {error}") from error


def _catalogs(settings: Settings) -> Catalogs:
    try:
        return load_catalogs(settings.seeds, settings.ente)
    except (KeyError, OSError, ValueError, csv.Error) as error:
        reason = f"{type(error).__name__}: {error}"
        raise UnreadError(f"the catalogues in {settings.seeds} cannot be read: {reason}") from error


def _print_lines(rows: Iterator[dict[str, Any]]) -> int:
    """Print each row as soon as it is read; how many there were."""
    as_ascii = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 (counted)
        print(json.dumps(row, ensure_ascii=as_ascii))
    return count


def _print_table(rows: list[dict[str, Any]]) -> int:
    """Print the rows as a table; how many there were."""
    if not rows:
        return 0
    from rich.console import Console

    from dagster_project.command.read_table import print_rows

    # Wide enough for every column also where the output is no terminal.
    print_rows(Console(width=None if sys.stdout.isatty() else 200), rows)
    return len(rows)
