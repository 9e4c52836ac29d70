"""Rows of raw tables as Parquet files of a folder that is whole or not there.

Belongs here: writing such a folder, and its rows into the tables. Does not belong here: its name, which follows from
what the rows are made from (``files.parse_ahead``, ``years.pools_ahead``).
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path

import duckdb

from dagster_project.warehouse.db.bulk_insert import Row, as_parquet

BATCH = 10_000
"""Rows kept in memory before they go to a file."""


class PartsFolder:
    """Takes rows by table, and stands under its name once all of them are there (``done``).

    A folder of that name holds the same, whoever wrote it: the first stays.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(mode=0o700, parents=True)
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.numbers = count(1)

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Take rows of ``raw.<table>``."""
        self.rows[table] += rows
        if len(self.rows[table]) >= BATCH:
            self._write(table)

    def note(self, name: str, text: str) -> None:
        """Keep a text beside the rows."""
        (self.work / name).write_text(text, "utf-8")

    def done(self) -> None:
        """Let it stand under its name."""
        for table in [*self.rows]:
            self._write(table)
        try:
            self.work.rename(self.folder)
        except OSError:
            if not self.folder.is_dir():
                raise
            shutil.rmtree(self.work)

    def _write(self, table: str) -> None:
        if rows := self.rows.pop(table, []):
            as_parquet(_scratch(), table, rows, self.work / f"{table}-{next(self.numbers)}.parquet")


def insert_parts(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Append the rows of a folder to the raw tables they are of."""
    for table, files in sorted(_by_table(folder).items()):
        con.execute(f"insert into raw.{table} by name select * from read_parquet(?)", [files])


def _by_table(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.parquet")):
        found[path.name.rpartition("-")[0]].append(str(path))
    return found


@cache
def _scratch() -> duckdb.DuckDBPyConnection:
    """A database in memory that turns rows into files: of one thread, as the others are other processes' work."""
    return duckdb.connect(config={"threads": 1})
