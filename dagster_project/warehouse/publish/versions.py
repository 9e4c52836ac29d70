"""Publishing: the checked marts become a new version, and readers are pointed to it at once.

Belongs here: versions, the swap and what is kept. Does not belong here: whether the checks passed (``verdict``),
whether files are as they were written (``verify``) and the form of the files (``duckdb_file``, ``csv_parquet``).

A version is made in a hidden folder, flushed to disk, given its name, and only then pointed
to; each step is one rename, so a crash leaves the old version or the new one, whole. A file
that has its final name never changes: a reader that holds one open keeps reading it.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.site import pages
from dagster_project.site.crops import Cut
from dagster_project.warehouse.db.home import ORIGINALS, TEMPORARY
from dagster_project.warehouse.db.lock import writer_lock
from dagster_project.warehouse.publish import csv_parquet, datapackage, dcat, duckdb_file
from dagster_project.warehouse.publish.crops import cutter
from dagster_project.warehouse.publish.publication import (
    POINTER,
    SITE_NAME,
    Archivo,
    PointerError,
    Publicacion,
    fixed_names,
    publicacion_vigente,
)
from dagster_project.warehouse.publish.verdict import Gate, require
from dagster_project.warehouse.publish.verify import damaged_files, damaged_link, damages
from dagster_project.warehouse.state.fingerprint import file_sha256, fingerprint, room_fingerprint
from dagster_project.warehouse.state.numbering import next_number, order_of
from dagster_project.workbooks import books

KEEP = 3
"""Versions kept: a reader that has read the pointer still finds its file after two more runs."""

GROUP_FILE, GROUP_READS = 0o640, 0o440
"""Modes of what is published, set explicitly: the umask of the command keeps all else from the group."""

_WORK = ".nueva-"


class PublishError(RuntimeError):
    """There is nothing that could be published."""


def publish(
    warehouse: Path, published: Path, run_id: str, gate: Gate, keep: int = KEEP, *, with_csv: bool = True
) -> Publicacion:
    """Publish schema ``marts`` of the warehouse; the same content again publishes nothing, if it is there unharmed.

    Args:
        warehouse: the pipeline's DuckDB file.
        published: the folder of versions, made if it is not there.
        run_id: the run that asks.
        gate: the blocking checks that must have passed on exactly this content.
        keep: versions that stay, the current one among them.
        with_csv: whether the version holds each table as CSV, too.

    Returns the current version; ``nueva`` says whether this call made it, ``enmienda`` what was wrong with the one
    that it takes the place of.

    Raises:
        PublishError: the warehouse has no marts.
        UncheckedError: a blocking check has not passed on them.
        WarehouseBusyError: another process writes to this home.
        OSError, duckdb.Error: it could not be written; the version before stays current.
    """
    with writer_lock(warehouse.parent):
        if not published.is_dir():
            published.mkdir()
            open_to_group(published)
        for left in published.glob(f"{_WORK}*"):  # of a run that was killed
            _remove(left)
        with duckdb.connect(config={"temp_directory": str(warehouse.parent / TEMPORARY)}) as con:
            con.execute(f"attach {duckdb_file.literal(str(warehouse))} as almacen (read_only); use almacen")
            tables = duckdb_file.marts_of(con, "almacen")
            if not tables:
                raise PublishError(f"{warehouse} has no tables in schema {duckdb_file.SCHEMA}: build them first")
            require(con, gate)
            con.execute("use memory")
            held = duckdb_file.contents(con, "almacen", tables)
            huella = duckdb_file.content_hash(tables, held)
            rooms = [Path(str(made.__file__)).parent for made in (pages, books) if _has(tables, made.NEEDS)]
            huella = fingerprint([huella, *map(room_fingerprint, rooms), *([] if with_csv else ["sin_csv"])])
            current = _current(published)
            wrong = damages(published) if current is None else []
            is_whole = False
            if current is not None and current.huella == huella:
                wrong = damaged_files(published, current)
                is_whole = not wrong
                wrong += damaged_link(published, current)
            if current is None or not is_whole:
                cut = cutter(warehouse.parent / ORIGINALS, published, current)
                current = _make(con, tables, held, published, run_id, huella, cut, with_csv=with_csv)
                _point_to(published, current)
            elif wrong:
                link(published, current)
        _prune(published, current, keep)
        return replace(current, enmienda=tuple(wrong))


def _current(published: Path) -> Publicacion | None:
    try:
        return publicacion_vigente(published)
    except PointerError:
        return None


def _make(
    con: duckdb.DuckDBPyConnection,
    tables: list[duckdb_file.Tabla],
    held: dict[str, tuple[int, str]],
    published: Path,
    run_id: str,
    huella: str,
    cut: Cut,
    *,
    with_csv: bool,
) -> Publicacion:
    now = datetime.now(UTC)
    version = _next_version(published, now, huella)
    work = published / f"{_WORK}{version}"
    folder = work / version
    work.mkdir()
    folder.mkdir()
    open_to_group(folder)
    file = work / f"avance-{version}.duckdb"
    about = {"version": version, "creada_en": now.isoformat(), "run_id": run_id, "huella": huella}
    try:
        duckdb_file.write_duckdb(con, "almacen", tables, file, about)
        con.execute(f"attach {duckdb_file.literal(str(file))} as escrito (read_only)")
        csv_parquet.write_files(con, "escrito", tables, folder, with_csv=with_csv)
        con.execute("detach escrito")
        file.chmod(GROUP_READS)
        if _has(tables, books.NEEDS):
            with duckdb.connect(str(file), read_only=True) as made:
                books.write_books(made, folder, version, now.isoformat())
        written = sorted(folder.iterdir())
        for path in written:
            path.chmod(GROUP_FILE)
        with ThreadPoolExecutor(csv_parquet.AT_ONCE) as pool:
            files = tuple(pool.map(_sealed, [file, *written], repeat(work)))
        files += _described(con, tables, files, folder, version, now.isoformat())
        if _has(tables, pages.NEEDS):
            files += _site(file, files, folder, version, now.isoformat(), cut)
        _sync_folder(folder)
        file.rename(published / file.name)
        folder.rename(published / version)
    finally:
        _remove(work)
    _sync_folder(published)
    rows = {table: count for table, (count, _) in held.items()}
    return Publicacion(version, now.isoformat(), run_id, huella, file.name, rows, files)


def _next_version(published: Path, now: datetime, huella: str) -> str:
    """A version that follows every one that is there by its number, wherever the clock stands."""
    return f"{next_number(_versions(published))}-{now:%Y%m%dT%H%M%SZ}-{huella[:8]}"


def _versions(published: Path) -> set[str]:
    """The names of all versions of which a file or a folder is there."""
    names = {p.name.removeprefix("avance-").removesuffix(".duckdb") for p in published.glob("avance-*.duckdb")}
    folders = {p.name for p in published.iterdir() if _is_folder(p) and not p.name.startswith(".")}
    return names | folders - {SITE_NAME}


def _has(tables: list[duckdb_file.Tabla], names: frozenset[str]) -> bool:
    return names <= {table.nombre for table in tables}


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _described(
    con: duckdb.DuckDBPyConnection,
    tables: list[duckdb_file.Tabla],
    files: tuple[Archivo, ...],
    folder: Path,
    version: str,
    created: str,
) -> tuple[Archivo, ...]:
    """Write what describes the other files, and seal it."""
    read, years = datapackage.sources_of(con, tables)
    named = {file.nombre: file for file in files}
    package = datapackage.descriptor(tables, named, read, version, created)
    _write_json(folder / datapackage.FILE, package)
    described = _sealed(folder / datapackage.FILE, folder.parent)
    _write_json(folder / dcat.FILE, dcat.catalogue_entry((*files, described), read, version, created, years))
    return described, _sealed(folder / dcat.FILE, folder.parent)


def _site(
    file: Path, files: tuple[Archivo, ...], folder: Path, version: str, created: str, cut: Cut
) -> tuple[Archivo, ...]:
    """Write the pages of the version, from the file that readers will open, and seal them."""
    listed = tuple((f.nombre, f.bytes, f.sha256) for f in files)
    with duckdb.connect(str(file), read_only=True) as con:
        written = pages.write_site(con, folder / pages.FOLDER, pages.About(version, created, listed), cut)
    for path in written:
        path.chmod(GROUP_FILE)
    with ThreadPoolExecutor(csv_parquet.AT_ONCE) as pool:
        sealed = tuple(pool.map(_sealed, written, repeat(folder.parent)))
    for inner in {path.parent for path in written}:
        open_to_group(inner)
        _sync_folder(inner)
    return sealed


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    path.chmod(GROUP_FILE)


def _point_to(published: Path, version: Publicacion) -> None:
    pointer = published / f"{POINTER}.nuevo"
    pointer.write_text(version.as_json(), encoding="utf-8")
    pointer.chmod(GROUP_FILE)
    _sync_file(pointer)
    pointer.replace(published / POINTER)
    link(published, version)


def link(published: Path, version: Publicacion) -> None:
    """Swap the fixed names, relative symbolic links: DuckDB resolves it, so versions stay told apart."""
    names = fixed_names(version)
    for name, target in names.items():
        fresh = published / f"{name}.nuevo"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        if _is_folder(published / name):  # of a copy that followed links
            _remove(published / name)
        fresh.replace(published / name)
    if SITE_NAME not in names:
        _remove(published / SITE_NAME)
    _sync_folder(published)


def _prune(published: Path, current: Publicacion, keep: int) -> None:
    """Remove all but the newest ``keep`` versions, and the halves of versions never pointed to."""
    others = sorted(_versions(published) - {current.version}, key=order_of, reverse=True)
    before = [version for version in others if order_of(version) < order_of(current.version)]
    for version in set(others) - set(before[: keep - 1]):
        _remove(published / f"avance-{version}.duckdb")
        _remove(published / version)


def _sealed(path: Path, root: Path) -> Archivo:
    _sync_file(path)
    return Archivo(path.relative_to(root).as_posix(), path.stat().st_size, file_sha256(path))


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_sync_folder = _sync_file


def open_to_group(folder: Path) -> None:
    """Let the group look and nobody else; a set-group-id bit that somebody gave the folder above stays."""
    folder.chmod(stat.S_IMODE(folder.stat().st_mode) & ~0o027 | 0o050)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
