"""Rows of a version in the order of the pages: each query read once, a unit's year at a time in memory.

Not here: which queries (``facts``) and what is shown of them (``pages``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import duckdb

Row = dict[str, Any]
Key = tuple[str, int, str]
"""Ente, ejercicio, unidad: what has a page."""

AT_ONCE = 2_000


def rows(con: duckdb.DuckDBPyConnection, sql: str, **given: Any) -> list[Row]:
    """All rows of a query by column name; ``given`` are its parameters."""
    return list(_each(con.cursor(), sql, given))


def grouped(found: Iterable[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by what they hold under some names, in their order."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in found:
        groups[tuple(row[name] for name in names)].append(row)
    return groups


def _each(cursor: duckdb.DuckDBPyConnection, sql: str, given: Row | None = None) -> Iterator[Row]:
    found = cursor.execute(sql, given or None)
    names = [column[0] for column in found.description or ()]
    while part := found.fetchmany(AT_ONCE):
        for row in part:
            yield dict(zip(names, row, strict=True))


class ByUnit:
    """The rows of a query that begins with ente_codigo, ejercicio, unidad_codigo and is ordered by them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, sql: str) -> None:
        self._groups = groupby(_each(con.cursor(), sql), key=unit_key)
        self._next: tuple[Key, list[Row]] | None = self._following()

    def of(self, key: Key) -> list[Row]:
        """The rows of a unit's year; keys are asked for in rising order, and what was passed over is gone."""
        while self._next and self._next[0] < key:
            self._next = self._following()
        return self._next[1] if self._next and self._next[0] == key else []

    def _following(self) -> tuple[Key, list[Row]] | None:
        for key, group in self._groups:
            return key, list(group)
        return None


def unit_key(row: Row) -> Key:
    """Of a row of a unit's year."""
    return row["ente_codigo"], row["ejercicio"], row["unidad_codigo"]
