"""Readers through a hundred publications: none sees an error, none sees two versions in one query.

Belongs here: publishing marked versions while readers read. Does not belong here: the reader
(``reader_program``). Other versions of DuckDB are tried where AVANCE_FAULTS_CLIENTS names
their Pythons (``/path/to/venv/bin/python``, parted by colons): the environment holds one version.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from checks.faults.table import Result
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.versions import publish

PROGRAM = Path(__file__).with_name("reader_program.py")
HOWS = {
    "fixed": "by the fixed name, a connection a query",
    "pointer": "by the pointer, a connection a query",
    "parquet": "Parquet files by the pointer",
    "held": "one connection held throughout",
}
ROWS = 5_000


def cases(publications: int, clients: list[str]) -> Iterator[Result]:
    """A row for each client and way of reading."""
    with tempfile.TemporaryDirectory(prefix="avance-readers-") as folder:
        home, stop = Path(folder) / "home", Path(folder) / "stop"
        _publish(home, 0)
        began = time.perf_counter()
        readers = {(client, how): _start(client, how, home / "published", stop) for client in clients for how in HOWS}
        time.sleep(0.5)
        for number in range(1, publications + 1):
            _publish(home, number)
        stop.touch()
        for (_, how), reader in readers.items():
            said, errors = reader.communicate(timeout=300)
            yield _judged(how, reader.returncode, said, errors, publications, time.perf_counter() - began)


def other_clients() -> list[str]:
    """The Pythons with other versions of DuckDB, where any are named."""
    return [path for path in os.environ.get("AVANCE_FAULTS_CLIENTS", "").split(":") if path]


def _publish(home: Path, number: int) -> None:
    """A version whose rows of one year in ten say which one it is."""
    with open_warehouse(home / "warehouse.duckdb") as con:
        con.execute("create schema if not exists marts")
        for table in ("fct_avance", "dim_accion"):
            con.execute(
                f"create or replace table marts.{table} as select range as fila, 2010 + range % 10 as ejercicio, "
                f"case when range % 10 = 9 then ? end as marca from range({ROWS})",
                [str(number)],
            )
    publish(home / "warehouse.duckdb", home / "published", str(number), {})


def _start(client: str, how: str, published: Path, stop: Path) -> subprocess.Popen[str]:
    command = [client, str(PROGRAM), how, str(published), str(stop)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _judged(how: str, code: int, said: str, errors: str, publications: int, seconds: float) -> Result:
    table = f"readers through {publications} publications"
    if code:
        return Result(table, HOWS[how], "no error", f"ended with {code}: {errors[-200:]}", False, seconds)
    found = json.loads(said)
    versions = len(found["seen"])
    backwards = [a for a, b in zip(found["seen"], found["seen"][1:], strict=False) if int(b) < int(a)]
    well = not found["errors"] and not found["mixed"] and not backwards and (versions == 1 if how == "held" else True)
    said = f"{found['queries']} queries, {versions} versions, {found['mixed']} mixed, {len(found['errors'])} errors"
    expected = "no error, never two versions in a query" + (
        ", one version" if how == "held" else ", never back in time"
    )
    detail = f": {found['errors'][0]}" if found["errors"] else ""
    return Result(table, f"DuckDB {found['duckdb']}, {HOWS[how]}", expected, said + detail, well, seconds)


def this_client() -> list[str]:
    """The Python of this environment."""
    return [sys.executable]
