"""The folder of extracts: which files of it are extracts, which are refused or passed over and why, and its state.

Belongs here: walking the folder. Does not belong here: reading a file's text (``extract_file``)
and loading it (``load_files``). Whoever drops files here is not trusted: no link is followed out of the
folder, nothing but a regular file is opened, and no tree is too deep or too odd to be listed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.extract_file import MAX_BYTES

SUFFIXES = (".txt", ".pdf", ".xlsx", ".xlsm", ".xls", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""What an extract's name ends in. What it is, its content says: a PDF named .txt is read as a PDF."""

OTHERS = {
    ".ods": "save it as .xlsx", ".xlsb": "save it as .xlsx", ".csv": "save it as .xlsx, or the form's text as .txt",
    ".docx": "save it as .pdf", ".doc": "save it as .pdf", ".odt": "save it as .pdf",
    ".zip": "put what it holds here", ".rar": "put what it holds here", ".7z": "put what it holds here",
    ".heic": "save it as .jpg", ".webp": "save it as .png", ".bmp": "save it as .png", ".gif": "save it as .png",
}  # fmt: skip
"""What offices hold in other formats, and what to do with it."""

MAX_DEPTH = 20
"""Folders within folders that are looked into: a year, a municipality, a delivery are three."""


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """A file to load; ``ruta`` is its path below the folder, '/'-separated.

    ``path`` names the file itself, where ``ruta`` is a link to it. ``rechazo`` says why it must
    not be opened: something that is named like an extract and is none.
    """

    ruta: str
    path: Path
    rechazo: RefusedFileError | None = None


@dataclass(frozen=True, slots=True)
class IgnoredFile:
    """Something below the folder that is no extract, and why it was left alone."""

    ruta: str
    razon: str


def find_extract_files(folder: Path) -> tuple[list[ExtractFile], list[IgnoredFile]]:
    """List the extracts below ``folder`` and what was passed over, each sorted by path.

    Raises:
        FileNotFoundError: ``folder`` is not a folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"the extracts folder {folder} does not exist or is not a folder")
    root = os.path.realpath(folder)
    files: list[ExtractFile] = []
    ignored: list[IgnoredFile] = []
    for found in _walk(root):
        (files if isinstance(found, ExtractFile) else ignored).append(found)  # type: ignore[arg-type]
    return sorted(files, key=lambda f: f.ruta), sorted(ignored, key=lambda f: f.ruta)


def folder_state(folder: Path) -> list[tuple[str, str]]:
    """The path of each extract below ``folder`` with a hash of what it holds; [] where there is no folder.

    A file too large to be loaded goes by its size and time instead: it must not cost a read.
    What is passed over comes after, each with the reason.
    """
    if not folder.is_dir():
        return []
    files, others = find_extract_files(folder)
    state = [(file.ruta, file.rechazo.razon if file.rechazo else _state(file.path)) for file in files]
    return state + [(other.ruta, other.razon) for other in others]


def _state(path: Path) -> str:
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return f"{found.st_size} {found.st_mtime_ns}"
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return type(error).__name__


def _walk(root: str) -> Iterator[ExtractFile | IgnoredFile]:
    """Everything below the folder, without recursion: a tree may be deeper than Python's stack."""
    waiting = [(root, 0)]
    while waiting:
        place, depth = waiting.pop()
        try:
            with os.scandir(place) as entries:
                inside = list(entries)
        except OSError as error:
            yield IgnoredFile(_ruta(root, place), f"folder that cannot be read: {error.strerror}")
            continue
        # Where the folder lies now: what it was when its name was listed, another may have changed since.
        real = os.path.realpath(place)
        for entry in inside:
            # A link that leads nowhere or to itself counts as a file here; of all else the listing says what it is.
            if not (os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()):  # noqa: PTH112 - never raises
                yield _file(root, real, entry)
            elif entry.name.startswith(".") or entry.is_symlink():
                yield IgnoredFile(_ruta(root, entry.path), "hidden or linked folder")
            elif depth + 1 > MAX_DEPTH:
                yield IgnoredFile(_ruta(root, entry.path), f"folder more than {MAX_DEPTH} folders deep")
            else:
                waiting.append((entry.path, depth + 1))
                if entry.name.lower().endswith(SUFFIXES):
                    yield IgnoredFile(_ruta(root, entry.path), "a folder, named like a file; what it holds was listed")


def _file(root: str, real: str, entry: os.DirEntry[str]) -> ExtractFile | IgnoredFile:
    ruta = _ruta(root, entry.path)
    if entry.name.startswith("."):
        return IgnoredFile(ruta, "hidden file")
    if entry.name.startswith("~$"):
        return IgnoredFile(ruta, "a note of Excel's that a workbook is open; save it and close it")
    if not entry.name.lower().endswith(SUFFIXES):
        suffix = PurePath(entry.name.lower()).suffix
        if suffix in OTHERS:
            return IgnoredFile(ruta, f"a {suffix} file is not read; {OTHERS[suffix]}")
        return IgnoredFile(ruta, f"none of {' '.join(SUFFIXES)}")
    target = os.path.realpath(entry.path) if entry.is_symlink() else str(Path(real, entry.name))
    refusal = None
    if os.path.commonpath([root, target]) != root:
        refusal = RefusedFileError(
            "no_es_archivo", "is a link that leaves the folder, and was not followed; put the file itself here"
        )
    elif not _is_regular(target):
        refusal = RefusedFileError(
            "no_es_archivo", "is no regular file (a pipe, a socket, a device or a link to nothing); put a file here"
        )
    return ExtractFile(ruta, Path(target), refusal)


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # opening it will say what is wrong


def _ruta(root: str, path: str) -> str:
    # A name that is not UTF-8 is shown with its bytes escaped, to fit a text column; a backslash is
    # doubled, so that no two names become one.
    below = os.path.relpath(path, root).replace("\\", "\\\\")
    return below.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
