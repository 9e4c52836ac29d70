"""A backup: what a home holds that cannot be made again for nothing, copied between two runs and read again.

Belongs here: what goes in and in which order. Does not belong here: the record (``manifest``), bringing it back
(``restore``). Left out: what a run makes by itself (dbt's files, logs, reports of checks, older versions), and the
folder of extracts, which is nobody's but its owner's; ``raw`` holds every line of it, ``originals`` every document.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from dagster_project.settings import Settings
from dagster_project.warehouse.backup.manifest import (
    DAGSTER,
    FORMAT,
    INBOX,
    ORIGINALS,
    PUBLISHED,
    SEEDS,
    WAREHOUSE,
    BackupError,
    Copied,
    Manifest,
    UnreadableError,
    below,
    copy_file,
    differing,
    place_for,
    seal,
    sync_folder,
    sync_tree,
    write_manifest,
)
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import writer_lock
from dagster_project.warehouse.publish.duckdb_file import quoted
from dagster_project.warehouse.publish.publication import POINTER, publicacion_vigente
from dagster_project.warehouse.publish.verify import damages

Part = tuple[str, Path]
"""What a file goes by in the backup, and where it stands now."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made: its folder, what it holds, and what could not be copied, a sentence each."""

    folder: Path
    manifest: Manifest
    left_out: tuple[str, ...]


def take(settings: Settings, to: Path, wait: float = 0.0) -> Taken:
    """Copy a home into a folder of its own, which is there whole or not at all.

    Holds the writer lock meanwhile, so it stands between two runs; readers and the web UI go on.

    Args:
        settings: where the home, the seeds and the inbox are.
        to: the folder to make; it must not be there, or be empty.
        wait: seconds to wait for a run to end.

    Raises:
        BackupError: there is nothing to copy, the published version is damaged, ``to`` cannot be used, or a copy is
            not what was read.
        WarehouseBusyError: another process writes to this home.
        OSError, duckdb.Error: it cannot be read or written; nothing is left of the backup.
    """
    home = settings.home
    if not settings.warehouse.exists():
        raise BackupError(f"there is no warehouse in {home}: nothing was loaded that could be copied")
    if to.resolve().is_relative_to(home.resolve()):
        raise BackupError(f"{to} lies in the home it is a copy of, and would go with it: give a folder elsewhere")
    if os.path.lexists(to) and not (to.is_dir() and not any(to.iterdir())):
        raise BackupError(f"{to} is there already: give a folder that is not, or an empty one")
    work = to.with_name(f".{to.name}.unfinished")
    with writer_lock(home, wait, what="avance backup"):
        shutil.rmtree(work, ignore_errors=True)  # of a backup that was killed
        work.mkdir(mode=0o700, parents=True)
        try:
            manifest, left_out = _fill(settings, work)
            sync_tree(work)
            work.rename(to)
            sync_folder(to.parent)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    return Taken(to, manifest, left_out)


def _fill(settings: Settings, work: Path) -> tuple[Manifest, tuple[str, ...]]:
    if wrong := damages(settings.published):
        raise BackupError(
            f"the published version is not as it was written ({'; '.join(wrong)}): run avance run, which writes it "
            "anew, then take the backup"
        )
    version = publicacion_vigente(settings.published)
    files: list[Copied] = []
    left_out: list[str] = []
    _checkpoint(settings)
    # Open while it is copied: no other program can write to it. What else stands in the home only runs write.
    with open_warehouse(settings.warehouse, read_only=True):
        files.append(copy_file(settings.warehouse, work, WAREHOUSE))
    published = [POINTER, *(file.ruta for file in version.archivos)] if version else []
    files += [copy_file(settings.published / name, work, f"{PUBLISHED}/{name}") for name in published]
    files += [copy_file(path, work, name) for name, path in _not_to_be_had_again(settings)]
    for name, path in (*_notes(settings), *_of_inbox(settings, left_out)):
        try:
            files.append(copy_file(path, work, name))
        except UnreadableError as error:  # others write into an inbox at any time, and take away
            (work / name).unlink(missing_ok=True)
            left_out.append(_unread(error))
    for name, path in _databases(settings.dagster_home, left_out):
        try:
            files.append(_copy_database(path, work, name))
        except sqlite3.Error as error:
            (work / name).unlink(missing_ok=True)
            left_out.append(f"{path} cannot be copied ({error}): what ran before is not in the backup")
    if wrong := differing(work, files):
        raise BackupError(f"the copy is not what was read ({'; '.join(wrong[:3])}): that disk is not to be trusted")
    _read_through(work / WAREHOUSE)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(FORMAT, now, str(settings.home), version.version if version else None, tuple(files))
    write_manifest(work, manifest)
    return manifest, tuple(left_out)


def _read_through(warehouse: Path) -> None:
    """Read every row of every table: DuckDB compares each block with its checksum as it reads it.

    Raises:
        duckdb.Error: a block is damaged, here as in the home.
    """
    with open_warehouse(warehouse, read_only=True) as con:
        tables = con.execute("select schema_name, table_name from duckdb_tables() where not internal").fetchall()
        for schema, table in tables:
            con.execute(f"select sum(hash(t)::hugeint) from {quoted(schema)}.{quoted(table)} t").fetchall()


def _checkpoint(settings: Settings) -> None:
    """Leave one file of the warehouse: a write-ahead log beside it, of a run that was killed, goes into it."""
    if settings.warehouse.with_name(f"{settings.warehouse.name}.wal").exists():
        with open_warehouse(settings.warehouse) as con:
            con.execute("checkpoint")


def _not_to_be_had_again(settings: Settings) -> Iterator[Part]:
    """Originals, decisions and catalogues: there is no backup without any of them.

    A seed may be a link to a file that is kept elsewhere, which a run follows too.
    """
    yield from _below(settings.originals, ORIGINALS)
    for path in sorted(settings.seeds.glob("*.csv")):
        yield f"{SEEDS}/{path.name}", path.resolve()


def _notes(settings: Settings) -> Iterator[Part]:
    """Notes of the last run, and how Dagster is set."""
    for path in sorted(settings.home.glob("*.json")):
        yield path.name, path
    if (config := settings.dagster_home / "dagster.yaml").is_file():
        yield f"{DAGSTER}/{config.name}", config


def _of_inbox(settings: Settings, left_out: list[str]) -> Iterator[Part]:
    """An inbox that stands in the home."""
    if below(settings.home, settings.inbox):
        yield from _below(settings.inbox, INBOX, left_out)


def _below(folder: Path, part: str, left_out: list[str] | None = None, suffix: str = "") -> Iterator[Part]:
    """The files below a folder, by the end of their names; no link is followed.

    Links, pipes and folders that cannot be read go into ``left_out``. Without it a link or a pipe is a part as any
    file, to fail on, and such a folder raises OSError.
    """

    def unread(error: OSError) -> None:
        if isinstance(error, FileNotFoundError):  # not there, or no longer
            return
        if left_out is None:
            raise error
        left_out.append(_unread(error))

    for place, folders, files in os.walk(folder, onerror=unread):
        folders.sort()
        links = [name for name in folders if Path(place, name).is_symlink()]  # to folders, which are not looked into
        for path in (Path(place, name) for name in sorted((*files, *links)) if name.endswith(suffix)):
            if left_out is not None and (path.is_symlink() or not path.is_file()):
                left_out.append(f"{path} is a link or no file")
            else:
                yield f"{part}/{path.relative_to(folder).as_posix()}", path


def _unread(error: OSError) -> str:
    return f"{error.filename} cannot be read ({error.strerror})"


def _databases(dagster_home: Path, left_out: list[str]) -> Iterator[Part]:
    """Dagster's records of runs, checks, schedules and sensors."""
    return _below(dagster_home, DAGSTER, left_out, ".db")


def _copy_database(path: Path, root: Path, name: str) -> Copied:
    """Copy an SQLite file that the web UI may be writing to, by SQLite itself: whole, its write-ahead log with it."""
    target = place_for(root, name)
    with (
        closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=60)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        if (said := copy.execute("pragma quick_check").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(said)
    target.chmod(0o600)
    return seal(target, root)
