"""Opening the pipeline's DuckDB file: one writer at a time, its raw schema up to date.

Belongs here: the connection. Does not belong here: what is written through it, and the
published copies, which readers open by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import duckdb

from dagster_project.settings import time_zone
from dagster_project.warehouse.db.lock import WarehouseBusyError, holds, writer_lock
from dagster_project.warehouse.db.lock_holder import name_holder
from dagster_project.warehouse.db.migrations import check_version, migrate


@contextmanager
def open_warehouse(path: Path, read_only: bool = False, wait: float = 0.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse file, creating it and its folder (0700) where missing, its raw schema up to date.

    Closed again on leaving, so that others can open the file between two steps; a run that
    must keep other runs out meanwhile holds ``writer_lock(path.parent)`` around all of them.
    While it is open, this process alone may open it again, by the same path and without settings
    (DuckDB refuses the same file under another configuration): so dbt does (``defs.dbt_runner``).

    Raises:
        WarehouseBusyError: another process writes (or, for a writer, reads) the file.
        FileNotFoundError: ``read_only`` and there is no warehouse yet.
        NewerWarehouseError: a newer version of this product has migrated the file.
    """
    path = path.absolute()
    if read_only and not path.exists():
        raise FileNotFoundError(f"there is no warehouse at {path}: nothing was loaded into this home yet")
    with nullcontext() if read_only else writer_lock(path.parent, wait):
        con = _connect(path, read_only)
        try:
            con.execute(f"set time zone '{time_zone()}'")
            if read_only:
                check_version(con)
            else:
                path.chmod(0o600)
                migrate(con)
            yield con
        finally:
            con.close()


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything inside is written, or, on any exception, nothing of it."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


def _connect(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.IOException as error:
        if "lock" not in str(error).lower():
            raise
        # Where the writer lock is ours, it is no run of ours but some other program that has the file open.
        who = "" if holds(path.parent) else f" ({name_holder(path.parent)})"
        raise WarehouseBusyError(f"{path} is open in another process{who}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    """What DuckDB says, without its pointer to the manual."""
    return str(error).splitlines()[0].partition(" See also")[0]
