"""Sending a version to a database, pointing readers at it, and taking away what nobody needs.

Belongs here: the order of it, in transactions. Does not belong here: the statements (``ddl``), and what is said of it
on a terminal (``command.publish``).

All rows of a version go into a schema of their own in one transaction, so that a process killed leaves nothing of it;
a second, short one replaces the views that readers ask. A reader sees one version or the other, whole.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from dagster_project.settings import Settings
from dagster_project.warehouse.db.home import TEMPORARY
from dagster_project.warehouse.postgres import ddl
from dagster_project.warehouse.postgres.send import send
from dagster_project.warehouse.publish.duckdb_file import Tabla, literal, marts_of, quoted
from dagster_project.warehouse.publish.publication import Publicacion
from dagster_project.warehouse.publish.relations import relations

if TYPE_CHECKING:
    import psycopg

KEEP = 2
"""Versions that stay: whoever asked the one before may still be reading."""

READERS = "avance_lectura"
"""The role that may read and nothing else; people's own roles are made its members."""

OURS = "avance"
"""The schema that says which versions are here (``versiones``, and ``publicacion``: the current one)."""

CONNECTION = {
    "application_name": "avance", "connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 60_000,
}  # fmt: skip
"""A server that is gone without a word holds a load up for a minute (tcp_user_timeout, ms), not for ever."""

LOCK_TIMEOUT = "500ms"
"""How long the swap waits for readers' transactions, over all views: longer, and new readers would queue behind, or,
from PostgreSQL's ``deadlock_timeout`` of a second on, a reader of two views be ended in our place."""
LOCK_SECONDS = 2
"""The pause between two tries."""
TRIES = 48
"""Two minutes for a long question to end."""

LOCK_KEY = 0x6176616E6365  # "avance"


class CopyError(RuntimeError):
    """There is no copy of this version in the database; what it held before is as it was."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What the database holds now: which version, whether this call brought it, and what could not be done.

    ``notes`` are sentences: no right to make the role, an old version that somebody's view hangs on. Without ``place``
    no copy was asked for; with ``error`` there is none.
    """

    version: str
    place: str
    is_new: bool
    notes: tuple[str, ...] = ()
    error: str = ""


def place_of(url: str) -> str:
    """Host and database of an address, without user and password.

    Raises:
        CopyError: it is no address that PostgreSQL's library can read, or the library is not installed.
    """
    library = _library()
    try:
        given = library.conninfo.conninfo_to_dict(url)
    except library.Error:
        raise CopyError(
            "that is no address of a database, such as postgresql://user@host/database (a password belongs into "
            "PGPASSWORD or ~/.pgpass; in an address its signs are written as %XX)"
        ) from None
    return f"{given.get('host', 'localhost')}/{given.get('dbname', given.get('user', ''))}"


def copy_if_asked(settings: Settings, version: Publicacion) -> Copied:
    """The copy that ``AVANCE_POSTGRES`` asks for; what stands in its way is in ``error``, and raised nowhere."""
    if not settings.postgres:
        return Copied(version.version, "", is_new=False)
    try:
        return copy_version(settings.postgres, version, settings.published, settings.home / TEMPORARY)
    except (CopyError, duckdb.Error, OSError) as error:
        return Copied(version.version, "PostgreSQL", is_new=False, error=str(error))


def copy_version(url: str, version: Publicacion, published: Path, temporary: Path) -> Copied:
    """Bring a published version into a database and point schema ``marts`` at it; the same one again changes nothing.

    Args:
        url: ``postgresql://…``, as libpq reads it.
        version: one of those in ``published``.
        published: the folder of versions.
        temporary: a folder for one table's rows at a time, removed as they are sent.

    Raises:
        CopyError: the database cannot be reached or refuses, another copy is under way, or readers held the views
            for two minutes. What it held before is as it was.
    """
    library, place = _library(), place_of(url)
    temporary.mkdir(parents=True, exist_ok=True)
    try:
        with (
            TemporaryDirectory(dir=temporary, prefix="copia-") as own,  # another copy may go elsewhere meanwhile
            library.connect(url, autocommit=True, **CONNECTION) as con,
            _alone(con),
        ):
            _prepare(con)
            with duckdb.connect(str(version.path(published)), read_only=True) as duck:
                name = duck.execute("select current_database()").fetchall()[0][0]
                tables = marts_of(duck, name)
                is_new = not _is_current(con, version, tables)
                if is_new:
                    schema = _bring(con, duck, tables, version, Path(own))
                    try:
                        _point(con, schema, tables, version)
                    except (CopyError, library.Error):
                        _prune(con)  # of versions that were never shown one stays, not one a publication
                        raise
            notes = [*_open_to_readers(con), *_prune(con)]
            return Copied(version.version, place, is_new, tuple(notes))
    except library.Error as error:
        raise CopyError(f"{place}: {' '.join(str(error).split())}") from error


def _library() -> Any:
    try:
        import psycopg
    except ImportError:
        raise CopyError("what speaks to PostgreSQL is not installed: make postgres") from None
    return psycopg


@contextmanager
def _alone(con: psycopg.Connection[Any]) -> Iterator[None]:
    """One copy at a time in a database; the lock ends with the connection."""
    held = con.execute("select pg_try_advisory_lock(%s)", [LOCK_KEY]).fetchone()
    if not held or not held[0]:
        raise CopyError("another copy into this database is under way")
    yield


def _do(con: psycopg.Connection[Any], *statements: str) -> None:
    for statement in statements:
        con.execute(statement.encode())


def _prepare(con: psycopg.Connection[Any]) -> None:
    """Make what says which versions are here, where it is not; refuse a schema ``marts`` of somebody else's."""
    with con.transaction():
        there = {name for (name,) in con.execute("select nspname from pg_namespace").fetchall()}
        if OURS in there:
            return
        if ddl.READ in there:
            raise CopyError(f"schema {ddl.READ} of this database holds something of others: give another database")
        _do(con, *ddl.register(OURS))


def _is_current(con: psycopg.Connection[Any], version: Publicacion, tables: list[Tabla]) -> bool:
    current = con.execute(f"select version from {OURS}.publicacion".encode()).fetchone()
    views = con.execute("select viewname from pg_views where schemaname = %s", [ddl.READ]).fetchall()
    return current == (version.version,) and {t.nombre for t in tables} <= {name for (name,) in views}


def _bring(
    con: psycopg.Connection[Any],
    duck: duckdb.DuckDBPyConnection,
    tables: list[Tabla],
    version: Publicacion,
    temporary: Path,
) -> str:
    """The schema of the version, with all its rows; one that a killed process brought whole is taken as it is."""
    schema = f"{OURS}_{version.version.lower().replace('-', '_')}"
    if con.execute(f"select 1 from {OURS}.versiones where version = %s".encode(), [version.version]).fetchone():
        return schema
    with con.transaction():
        _do(con, f"create schema {quoted(schema)}", f"comment on schema {quoted(schema)} is {literal(version.huella)}")
        for table in tables:
            _do(con, ddl.create_table(schema, table))
            send(con, duck, schema, table, temporary)
        _do(con, *ddl.keys(schema, tables, relations(tables)))
        for table in tables:
            _do(con, *ddl.comments(schema, table), f"analyze {quoted(schema)}.{quoted(table.nombre)}")
        con.execute(
            f"insert into {OURS}.versiones values (%s, %s, %s, %s, %s, null)".encode(),
            [version.version, version.huella, version.creada_en, schema, [t.nombre for t in tables]],
        )
    return schema


def _point(con: psycopg.Connection[Any], schema: str, tables: list[Tabla], version: Publicacion) -> None:
    """Replace the views, all at once, as soon as no reader is in the middle of one."""
    errors = _library().errors
    for left in reversed(range(TRIES)):
        try:
            with con.transaction():
                _hold_views(con)
                _replace_views(con, schema, tables)
                con.execute(
                    f"update {OURS}.versiones set vigente_desde = clock_timestamp() where version = %s".encode(),
                    [version.version],
                )
            return
        except (errors.QueryCanceled, errors.LockNotAvailable, errors.DeadlockDetected) as error:
            if not left:
                raise CopyError(
                    f"readers held the views of schema {ddl.READ} through {TRIES} tries; the rows are "
                    "there, the next copy points at them"
                ) from error
            time.sleep(LOCK_SECONDS)


def _hold_views(con: psycopg.Connection[Any]) -> None:
    """Hold every view that readers may ask before the first is replaced: afterwards nothing is waited for.

    One by one, as they are replaced, is slow enough for a reader to hold the last and wait for the first.
    """
    ours = f"select unnest(tablas) from {OURS}.versiones"
    views = con.execute(
        f"select viewname from pg_views where schemaname = %s and viewname in ({ours}) order by viewname".encode(),
        [ddl.READ],
    ).fetchall()
    if views:
        names = ", ".join(f"{ddl.READ}.{quoted(name)}" for (name,) in views)
        _do(con, f"set local statement_timeout = '{LOCK_TIMEOUT}'", f"lock table {names} in access exclusive mode")
        _do(con, "reset statement_timeout")


def _replace_views(con: psycopg.Connection[Any], schema: str, tables: list[Tabla]) -> None:
    errors = _library().errors
    for table in tables:
        try:
            with con.transaction():
                _do(con, ddl.create_view(schema, table))
        except errors.InvalidTableDefinition:  # other columns than before
            _do(con, f"drop view {ddl.READ}.{quoted(table.nombre)}", ddl.create_view(schema, table))
        _do(con, *ddl.comments(ddl.READ, table, "view"))
    before = con.execute(f"select distinct unnest(tablas) from {OURS}.versiones".encode()).fetchall()
    for name in sorted({name for (name,) in before} - {table.nombre for table in tables}):
        _do(con, f"drop view if exists {ddl.READ}.{quoted(name)}")


def _open_to_readers(con: psycopg.Connection[Any]) -> list[str]:
    """Let the role read, where we may make it; a role that an administrator made is used as it is."""
    errors = _library().errors
    if not con.execute("select 1 from pg_roles where rolname = %s", [READERS]).fetchone():
        try:
            _do(con, f"create role {READERS} nologin")
        except errors.InsufficientPrivilege:
            return [f"no right to make the role {READERS}: an administrator makes it (create role {READERS} nologin)"]
    for schema in (ddl.READ, OURS):
        _do(con, f"grant usage on schema {schema} to {READERS}")
        _do(con, f"grant select on all tables in schema {schema} to {READERS}")
    return []


def _prune(con: psycopg.Connection[Any]) -> list[str]:
    """Drop the versions that are neither current nor the one before, and those never pointed at."""
    errors = _library().errors
    old = con.execute(
        f"select version, esquema from {OURS}.versiones order by vigente_desde desc nulls last offset {KEEP}".encode()
    ).fetchall()
    notes = []
    for version, schema in old:
        try:
            with con.transaction():
                _do(con, f"set local lock_timeout = '{LOCK_TIMEOUT}'")
                tables = con.execute("select tablename from pg_tables where schemaname = %s", [schema]).fetchall()
                # Keys first lead tables to each other; what is not ours and hangs on them keeps them.
                names = ", ".join(f"{quoted(schema)}.{quoted(name)}" for (name,) in tables)
                _do(con, *([f"drop table {names}"] if names else []), f"drop schema if exists {quoted(schema)}")
                con.execute(f"delete from {OURS}.versiones where version = %s".encode(), [version])
        except (errors.LockNotAvailable, errors.DeadlockDetected, errors.DependentObjectsStillExist) as error:
            notes.append(f"version {version} stays, somebody uses it: {' '.join(str(error).split())}")
    return notes
