"""The folder of extracts: which files of it are extracts, which are refused or passed over and why, and its state.

Belongs here: walking the folder and opening its files. Does not belong here: reading a file's text (``extract_file``),
how much of a folder is read (``budget``) and loading it (``load_files``). Whoever drops files here is not trusted: no
link is followed out of the folder, nothing but a regular file is opened, no tree is too deep or too odd to be listed.

Folders are looked into and files opened by name in the descriptor of the folder above, never by a path, and never
through a link (``O_NOFOLLOW``): what takes the place of a folder or file once it was listed is refused.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.extract_file import FLAGS, MAX_BYTES

INBOX = "inbox://"
"""What goes before the paths of the inbox: no path below the extracts folder begins so."""

SUFFIXES = (".txt", ".pdf", ".xlsx", ".xlsm", ".xls", ".csv", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""What an extract's name ends in. What it is, its content says: a PDF named .txt is read as a PDF."""

OTHERS = {
    ".ods": "save it as .xlsx", ".xlsb": "save it as .xlsx",
    ".docx": "save it as .pdf", ".doc": "save it as .pdf", ".odt": "save it as .pdf",
    ".zip": "put what it holds here", ".rar": "put what it holds here", ".7z": "put what it holds here",
    ".heic": "save it as .jpg", ".webp": "save it as .png", ".bmp": "save it as .png", ".gif": "save it as .png",
}  # fmt: skip
"""What offices hold in other formats, and what to do with it."""

MAX_DEPTH = 20
"""Folders within folders that are looked into: a year, a municipality, a delivery are three."""

MAX_LISTED = 500_000
"""Names below a folder, in it and in those below, that are looked at: some 1 kB of memory each."""

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """A file to load; ``ruta`` is its path below the folder, '/'-separated.

    ``parts`` are the names that lead to the file itself below ``root``, where ``ruta`` is a link to it. ``rechazo``
    says why it must not be opened: something that is named like an extract and is none. ``found`` is what the listing
    saw of it; None where it could not.
    """

    ruta: str
    root: Path
    parts: tuple[str, ...]
    found: os.stat_result | None
    rechazo: RefusedFileError | None = None

    @property
    def size(self) -> int:
        """Bytes, as listed."""
        return self.found.st_size if self.found else 0

    def open(self) -> int:
        """A descriptor of the file, by way of the folders above it, none of them a link.

        Raises:
            OSError: it cannot be opened, or a folder or file on the way became something else.
        """
        folder = os.open(self.root, FOLDER)
        try:
            for name in self.parts[:-1]:
                inner = os.open(name, FOLDER, dir_fd=folder)
                os.close(folder)
                folder = inner
            return os.open(self.parts[-1], FLAGS | os.O_NOFOLLOW, dir_fd=folder)
        finally:
            os.close(folder)


@dataclass(frozen=True, slots=True)
class IgnoredFile:
    """Something below the folder that is no extract, and why it was left alone."""

    ruta: str
    razon: str
    hides: str | None = None
    """What the paths of files begin with that may stand there and were not seen: none of them is known to be gone."""


def find_extract_files(folder: Path) -> tuple[list[ExtractFile], list[IgnoredFile]]:
    """List the extracts below ``folder`` and what was passed over, each sorted by path.

    Raises:
        FileNotFoundError: ``folder`` is not a folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"the extracts folder {folder} does not exist or is not a folder")
    root = Path(os.path.realpath(folder))  # where it is itself a link, whoever set it up made it so
    files: list[ExtractFile] = []
    ignored: list[IgnoredFile] = []
    names = _Names(MAX_LISTED)
    for found in _looked_into(root, str(root), None, (), names):
        (files if isinstance(found, ExtractFile) else ignored).append(found)  # type: ignore[arg-type]
    if names.more:
        said = f"more than {MAX_LISTED:,} names: no more were looked at; take files out"
        ignored.append(IgnoredFile(".", said, hides=""))
    return sorted(files, key=lambda f: f.ruta), sorted(ignored, key=lambda f: f.ruta)


def content_hash(file: ExtractFile) -> str:
    """SHA-256 of what a file holds; one too large to be loaded goes by its size and time: it must not cost a read."""
    try:
        with os.fdopen(file.open(), "rb") as opened:
            found = os.fstat(opened.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return f"{found.st_size} {found.st_mtime_ns}"
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        return type(error).__name__


@dataclass(slots=True)
class _Names:
    """How many names are still looked at, of all folders together; whether there were more."""

    left: int
    more: bool = False

    def of(self, entries: Iterator[os.DirEntry[str]]) -> list[os.DirEntry[str]]:
        """A folder's names, to the bound: one folder may hold names without end."""
        taken = list(islice(entries, self.left))
        self.left -= len(taken)
        self.more = self.more or (not self.left and next(entries, None) is not None)
        return taken


def _looked_into(
    root: Path, name: str, folder: int | None, parts: tuple[str, ...], names: _Names
) -> Iterator[ExtractFile | IgnoredFile]:
    try:
        yield from _walk(root, os.open(name, FOLDER, dir_fd=folder), parts, names)
    except OSError as error:
        hides = f"{ruta_of(parts)}/" if parts else ""
        yield IgnoredFile(ruta_of(parts), f"folder that cannot be read: {error.strerror}", hides)


def _walk(root: Path, folder: int, above: tuple[str, ...], names: _Names) -> Iterator[ExtractFile | IgnoredFile]:
    """Everything below a folder, which is closed at the end; as many are open at once as ``MAX_DEPTH`` allows."""
    try:
        with os.scandir(folder) as entries:
            inside = names.of(entries)
        for entry in inside:
            parts = (*above, entry.name)
            if not _is_folder(entry, folder):
                yield _file(root, folder, parts, entry)
            elif entry.name.startswith(".") or entry.is_symlink():
                yield IgnoredFile(ruta_of(parts), "hidden or linked folder")
            elif len(parts) > MAX_DEPTH:
                yield IgnoredFile(ruta_of(parts), f"folder more than {MAX_DEPTH} folders deep")
            else:
                yield from _looked_into(root, entry.name, folder, parts, names)
                if entry.name.lower().endswith(SUFFIXES):
                    yield IgnoredFile(ruta_of(parts), "a folder, named like a file; what it holds was listed")
    finally:
        os.close(folder)


def _is_folder(entry: os.DirEntry[str], folder: int) -> bool:
    """Whether it is a folder or a link to one; a link that leads nowhere or to itself counts as a file here."""
    try:
        if not entry.is_symlink():
            return entry.is_dir(follow_symlinks=False)
        return stat.S_ISDIR(os.stat(entry.name, dir_fd=folder).st_mode)
    except OSError:
        return False


def _file(root: Path, folder: int, parts: tuple[str, ...], entry: os.DirEntry[str]) -> ExtractFile | IgnoredFile:
    ruta = ruta_of(parts)
    if entry.name.startswith("."):
        return IgnoredFile(ruta, "hidden file")
    if entry.name.startswith("~$"):
        return IgnoredFile(ruta, "a note of Excel's that a workbook is open; save it and close it")
    if not entry.name.lower().endswith(SUFFIXES):
        suffix = PurePath(entry.name.lower()).suffix
        if suffix in OTHERS:
            return IgnoredFile(ruta, f"a {suffix} file is not read; {OTHERS[suffix]}")
        return IgnoredFile(ruta, f"none of {' '.join(SUFFIXES)}")
    if entry.is_symlink():
        # Only its name is taken from here: opening goes the way below the folder again, and follows no link on it.
        target = Path(os.path.realpath(root.joinpath(*parts)))
        if not target.is_relative_to(root) or target == root:
            return ExtractFile(ruta, root, parts, None, RefusedFileError(
                "no_es_archivo", "is a link that leaves the folder, and was not followed; put the file itself here"
            ))  # fmt: skip
        parts = target.relative_to(root).parts
    found, refusal = None, None
    try:
        found = os.stat(entry.name, dir_fd=folder)
    except OSError as error:
        is_missing = error.errno == errno.ENOENT or (entry.is_symlink() and error.errno == errno.ELOOP)
    else:
        is_missing = not stat.S_ISREG(found.st_mode)
    if is_missing:  # of any other error, opening it will say what is wrong
        refusal = RefusedFileError(
            "no_es_archivo", "is no regular file (a pipe, a socket, a device or a link to nothing); put a file here"
        )
    return ExtractFile(ruta, root, parts, found, refusal)


def ruta_of(parts: Sequence[str]) -> str:
    """What the names that lead to a file are written as: with a byte that is no UTF-8 escaped, to fit a text column,
    and a backslash doubled, so that no two names become one."""
    below = "/".join(parts).replace("\\", "\\\\") or "."
    return below.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
