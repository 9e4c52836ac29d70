"""Publishing: the checked marts become a new version, and readers are pointed to it at once.

Belongs here: versions, the swap and what is kept. Does not belong here: whether the checks
passed (whoever calls this has seen to it) and the form of the files (``export_marts``, ``export_files``).

A version is made in a hidden folder, flushed to disk, given its name, and only then pointed
to; each step is one rename, so a crash leaves the old version or the new one, whole. A file
that has its final name never changes: a reader that holds one open keeps reading it.
"""

from __future__ import annotations

import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path

import duckdb

from dagster_project.warehouse.db.lock import writer_lock
from dagster_project.warehouse.publish import csv_parquet as export_files
from dagster_project.warehouse.publish import duckdb_file as export_marts
from dagster_project.warehouse.publish.publication import (
    FIXED_NAME,
    POINTER,
    Archivo,
    PointerError,
    Publicacion,
    publicacion_vigente,
    sha256,
)

__all__ = ["KEEP", "Publicacion", "PublishError", "publicacion_vigente", "publish"]

KEEP = 3
"""Versions kept: a reader that has read the pointer still finds its file after two more runs."""

RETOUCHES = 8
"""Versions in a row made from the one before: what leaves a file keeps its room there, some 3 % a version."""

RETOUCHED_SHARE = 0.2
"""Of all rows, how many may change for that; beyond it, writing all of them anew costs little more."""

GROUP_FILE, GROUP_READS = 0o640, 0o440
"""Modes of what is published, set explicitly: the umask of the command keeps all else from the group."""

_WORK = ".nueva-"


class PublishError(RuntimeError):
    """There is nothing that could be published."""


def publish(warehouse: Path, published: Path, run_id: str, keep: int = KEEP) -> Publicacion:
    """Publish schema ``marts`` of the warehouse; the same content again publishes nothing.

    Returns the current version, ``nueva`` saying whether this call made it.

    Raises:
        PublishError: the warehouse has no marts.
        WarehouseBusyError: another process writes to this home.
        OSError, duckdb.Error: it could not be written; the version before stays current.
    """
    with writer_lock(warehouse.parent):
        if not published.is_dir():
            published.mkdir()
            _open_to_group(published)
        for left in published.glob(f"{_WORK}*"):  # of a run that was killed
            _remove(left)
        with duckdb.connect() as con:
            con.execute(f"attach {export_marts.literal(str(warehouse))} as almacen (read_only)")
            tables = export_marts.marts_of(con, "almacen")
            if not tables:
                raise PublishError(f"{warehouse} has no tables in schema {export_marts.SCHEMA}: build them first")
            held = export_marts.contents(con, "almacen", tables)
            huella = export_marts.content_hash(tables, held)
            current = _current(published)
            if current is None or current.huella != huella:
                current = _make(con, tables, held, published, run_id, huella, current)
                _point_to(published, current)
            elif not _linked(published, current):
                _link(published, current)
        _prune(published, current, keep)
        return current


def _current(published: Path) -> Publicacion | None:
    try:
        return publicacion_vigente(published)
    except PointerError:
        return None


def _make(
    con: duckdb.DuckDBPyConnection,
    tables: list[export_marts.Tabla],
    held: dict[str, export_marts.Contenido],
    published: Path,
    run_id: str,
    huella: str,
    before: Publicacion | None,
) -> Publicacion:
    now = datetime.now(UTC)
    version = _free_version(published, now, huella)
    work = published / f"{_WORK}{version}"
    folder = work / version
    work.mkdir()
    folder.mkdir()
    _open_to_group(folder)
    file = work / f"avance-{version}.duckdb"
    about = {"version": version, "creada_en": now.isoformat(), "run_id": run_id, "huella": huella}
    shape = export_files.shape(tables)
    before = before if before and before.forma == shape else None
    try:
        retouches = _retouched(con, tables, held, published, before, file, about)
        if not retouches:
            export_marts.write_duckdb(con, "almacen", tables, file, about)
        con.execute(f"attach {export_marts.literal(str(file))} as escrito (read_only)")
        earlier = export_files.Anterior(before, published / before.version) if before else None
        parts = export_files.write_files(con, "escrito", tables, held, folder, earlier)
        con.execute("detach escrito")
        file.chmod(GROUP_READS)
        written = sorted(folder.iterdir())
        for path in written:
            path.chmod(GROUP_FILE)
        with ThreadPoolExecutor(export_files.AT_ONCE) as pool:
            files = tuple(pool.map(_sealed, [file, *written], repeat(work)))
        _sync_folder(folder)
        file.rename(published / file.name)
        folder.rename(published / version)
    finally:
        _remove(work)
    _sync_folder(published)
    counts = {table: export_marts.rows_of(content) for table, content in held.items()}
    named = (version, now.isoformat(), run_id, huella, file.name)
    return Publicacion(*named, counts, files, parts, retouches, shape)


def _retouched(
    con: duckdb.DuckDBPyConnection,
    tables: list[export_marts.Tabla],
    held: dict[str, export_marts.Contenido],
    published: Path,
    before: Publicacion | None,
    file: Path,
    about: dict[str, str],
) -> int:
    """Write a version's file from the one before where little changed; how often that was done in a row, 0 if not.

    What comes out is compared with the marts to the row: whatever the earlier file held, it is that or written whole.
    """
    if before is None or before.retoques >= RETOUCHES or not before.partes:
        return 0
    was = {table: {part: p.contenido for part, p in parts.items()} for table, parts in before.partes.items()}
    parts = {t: export_marts.changed_parts(was.get(t, {}), content) for t, content in held.items()}
    rows = sum(export_marts.rows_of({p: held[t][p] for p in names if p in held[t]}) for t, names in parts.items())
    if rows > RETOUCHED_SHARE * sum(map(export_marts.rows_of, held.values())):
        return 0
    shutil.copyfile(before.path(published), file)
    # A file that is not what it was when it was named may fail in any way: it must not keep a good one from being made.
    if sha256(file) == before.sha256(before.duckdb) and (
        export_marts.retouch_duckdb(con, "almacen", tables, parts, file, about) == held
    ):
        return before.retoques + 1
    file.unlink()
    return 0


def _free_version(published: Path, now: datetime, huella: str) -> str:
    """A version that sorts by time; going back to earlier content makes a new one all the same."""
    base = f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{huella[:8]}"
    taken = {path.name for path in published.iterdir()}
    return base if base not in taken else f"{base}-{os.getpid()}"


def _point_to(published: Path, version: Publicacion) -> None:
    pointer = published / f"{POINTER}.nuevo"
    pointer.write_text(version.as_json(), encoding="utf-8")
    pointer.chmod(GROUP_FILE)
    _sync_file(pointer)
    pointer.replace(published / POINTER)
    _link(published, version)


def _linked(published: Path, version: Publicacion) -> bool:
    fixed = published / FIXED_NAME
    return fixed.is_symlink() and fixed.readlink() == Path(version.duckdb)


def _link(published: Path, version: Publicacion) -> None:
    """Swap the fixed name, a relative symbolic link: DuckDB resolves it, so versions stay told apart."""
    fresh = published / f"{FIXED_NAME}.nuevo"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(version.duckdb)
    fresh.replace(published / FIXED_NAME)
    _sync_folder(published)


def _prune(published: Path, current: Publicacion, keep: int) -> None:
    """Remove all but the newest ``keep`` versions, and the halves of versions never pointed to."""
    names = {p.name.removeprefix("avance-").removesuffix(".duckdb") for p in published.glob("avance-*.duckdb")}
    names |= {p.name for p in published.iterdir() if p.is_dir() and not p.name.startswith(".")}
    older = sorted(names - {current.version}, reverse=True)
    for version in [v for v in older if v > current.version] + [v for v in older if v < current.version][keep - 1 :]:
        _remove(published / f"avance-{version}.duckdb")
        _remove(published / version)


def _sealed(path: Path, root: Path) -> Archivo:
    _sync_file(path)
    return Archivo(path.relative_to(root).as_posix(), path.stat().st_size, sha256(path))


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_sync_folder = _sync_file


def _open_to_group(folder: Path) -> None:
    """Let the group look and nobody else; a set-group-id bit that somebody gave the folder above stays."""
    folder.chmod(stat.S_IMODE(folder.stat().st_mode) & ~0o027 | 0o050)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
