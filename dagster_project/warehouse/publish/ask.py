"""Asking the published version, read-only: it answers while a run writes. Not here: questions, and saying errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb

from dagster_project.warehouse.publish.publication import Publicacion, publicacion_vigente

T = TypeVar("T")


def ask_current(published: Path, question: Callable[[duckdb.DuckDBPyConnection], T]) -> tuple[Publicacion, T] | None:
    """The current version with its answer; None where nothing was published yet.

    Raises:
        PointerError: the pointer is damaged or names no file.
        duckdb.Error: the file is damaged or older than the tables it is asked for.
    """
    version = publicacion_vigente(published)
    if version is None:
        return None
    with duckdb.connect(str(version.path(published)), read_only=True) as con:
        return version, question(con)
