"""Asking the published version: what commands that only look do first, and what they say where there is none.

In here: finding and opening it, read-only, so that they answer while a run writes. Not here: the questions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import duckdb
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.settings import get_settings
from dagster_project.warehouse.publish.ask import ask_current
from dagster_project.warehouse.publish.publication import PointerError, Publicacion

T = TypeVar("T")


def ask_published(console: Console, question: Callable[[duckdb.DuckDBPyConnection], T]) -> tuple[Publicacion, T] | None:
    """The published version with its answer; None, and why said, where there is none or it cannot be read."""
    published = get_settings().published
    try:
        answer = ask_current(published, question)
        if answer is None:
            console.print(f"Nothing is published in {escape(str(published))} yet: run [bold]avance run[/] first.")
        return answer
    except (PointerError, duckdb.Error) as error:
        console.print(f"[bold red]The published version cannot be read[/]: {escape(str(error))}")
        console.print(
            "[bold]avance run[/] makes it again; [bold]avance verify[/] names every file that is not as written."
        )
        return None
