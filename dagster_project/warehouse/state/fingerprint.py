"""Has anything changed? SHA-256 of what a stored result was made with, and whether files were touched in between.

Belongs here: every hash by which something is made again or left alone. Does not belong here: what to do when it
differs (``load_files``, ``load_year``, ``build_plan``, ``versions``), and what lines, pages and files go by for ever
(``printed_page``, ``extract_file``).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from dagster_project import sources, tmm_f004
from dagster_project.reference.registry import RegistroExtracto
from dagster_project.sources.ocr import is_installed
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.db.migrations import known_migrations


@cache
def reader_fingerprint() -> str:
    """Hash of the reader's source: any change to the code reads every extract again."""
    root = Path(tmm_f004.__path__[0])
    warehouse = Path(__file__).parents[1]
    paths = (*sorted(root.rglob("*.py")), warehouse / "rows.py", *known_migrations().values())
    of_forms = files_fingerprint((path.relative_to(root.parent).as_posix(), path) for path in paths)
    return fingerprint([of_forms, sources_fingerprint()])


@cache
def sources_fingerprint() -> str:
    """Hash of what reads foreign files, our code and whether there is an engine for images: where it changed, documents
    are read again, but for pages that an engine looked at."""
    root = Path(sources.__path__[0])
    code = files_fingerprint((path.name, path) for path in sorted(root.glob("*.py")))
    return fingerprint([code, is_installed()])


def catalog_fingerprint(catalogs: Catalogs) -> str:
    """Hash of the catalogues' content, whatever order sets and mappings come in."""
    return fingerprint(asdict(catalogs))


def extract_fingerprint(catalogs: str, entry: RegistroExtracto) -> str:
    """Hash of all that settling an extract depends on besides its bytes."""
    return fingerprint([reader_fingerprint(), catalogs, entry.ente_codigo, str(entry.publicado_en), entry.rechazado])


def fingerprint(value: Any) -> str:
    """Short hash of a value built of dicts, lists, sets and plain values."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


def files_fingerprint(files: Iterable[tuple[str, Path]]) -> str:
    """Hash of files, each by the name that it goes by and what it holds; one that cannot be read by its error."""
    digest = hashlib.sha256()
    for name, path in files:
        try:
            content = file_sha256(path)
        except OSError as error:
            content = type(error).__name__
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + content.encode())
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    """Of a file's bytes, in hexadecimal.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def room_fingerprint(room: Path) -> str:
    """Hash of every file of a room: other templates or code give a version of their own, of the same figures."""
    files = sorted(p for p in room.rglob("*") if p.is_file() and p.suffix != ".pyc")
    return files_fingerprint((path.relative_to(room).as_posix(), path) for path in files)


PASSED_OVER = frozenset({"target", "logs", "__pycache__"})
"""Folders that tools write to while a run reads beside them."""


def stamp(folders: Iterable[Path], code: Iterable[Path] = ()) -> str:
    """Hash of name, inode, size and times of every file and folder below some folders; a missing one holds nothing.

    Of folders of ``code`` only the files count: Python makes ``__pycache__`` in them as it loads a module.

    A hash taken before and after a run says nothing of what the run read in between: a file may have changed and
    changed back. Its status change time cannot be set by a program, and a file put in its place has another inode
    (POSIX, stat).
    """
    digest = hashlib.sha256()
    for folder, itself in [*((f, (".",)) for f in folders), *((f, ()) for f in code)]:
        for place, below, files in os.walk(folder):
            below[:] = sorted(set(below) - PASSED_OVER)
            for name in (*itself, *sorted(files)):
                digest.update(os.fsencode(os.path.join(place, name)) + _state(os.path.join(place, name)))  # noqa: PTH118
    return digest.hexdigest()


def _state(path: str) -> bytes:
    try:
        found = os.lstat(path)
    except OSError as error:
        return type(error).__name__.encode()
    return repr((found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)).encode()
