"""What a backup holds: every file by its path, size, SHA-256 and time; written last, so a folder without it is none.

Belongs here: the record, reading and writing it, comparing files with it. Does not belong here: what goes into a
backup (``take``) and where it goes afterwards (``restore``).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from os.path import normpath
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from dagster_project.warehouse.publish.verify import difference
from dagster_project.warehouse.state.fingerprint import file_sha256

NAME = "manifest.json"
FORMAT = 1
CHUNK = 2**20

WAREHOUSE, PUBLISHED, ORIGINALS, SEEDS, INBOX, DAGSTER = (
    "warehouse.duckdb", "published", "originals", "seeds", "inbox", "dagster",
)  # fmt: skip
"""What the parts of a backup go by, as in a home."""


class BackupError(RuntimeError):
    """A backup cannot be made or used; the message says what was found and what to do."""


class UnreadableError(OSError):
    """A file that is to be copied cannot be read, or is no regular file; what it was to be written to is well."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A file of a backup: its path below the folder, size in bytes, SHA-256, time of its last write (ns since 1970)."""

    path: str
    bytes: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup: when it was made (ISO 8601, UTC), of which home, with which published version, and its files."""

    format: int
    created_at: str
    home: str
    version: str | None
    files: tuple[Copied, ...]

    @property
    def bytes(self) -> int:
        """All files together."""
        return sum(file.bytes for file in self.files)


def below(home: Path, path: Path) -> list[Path]:
    """The paths in a home by which it holds a folder: by their names, and by where links lead; none if elsewhere."""
    pairs = ((Path(normpath(home)), Path(normpath(path))), (home.resolve(), path.resolve()))
    return [there.relative_to(base) for base, there in pairs if there.is_relative_to(base)]


def place_for(root: Path, path: str) -> Path:
    """Where a file of that path goes, its folders made, closed to others (``mkdir(parents=True)`` opens them)."""
    target = root / path
    for folder in reversed(target.relative_to(root).parents):
        (root / folder).mkdir(mode=0o700, exist_ok=True)
    return target


def copy_file(source: Path, root: Path, path: str) -> Copied:
    """Copy a regular file to ``root/path`` (0600) with its time, flushed to disk; its hash is of what was read.

    Raises:
        UnreadableError: it cannot be read; a link or a pipe in its place is neither followed nor waited for.
        OSError: it cannot be written.
    """
    target = place_for(root, path)
    digest, size = hashlib.sha256(), 0
    with _opened(source) as read:
        found = os.fstat(read.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError(errno.EINVAL, "is no regular file", str(source))
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            for part in _parts(read, source):
                digest.update(part)
                size += len(part)
                written.write(part)
            written.flush()
            os.fsync(written.fileno())
    os.utime(target, ns=(found.st_mtime_ns, found.st_mtime_ns))
    return Copied(path, size, digest.hexdigest(), found.st_mtime_ns)


def _opened(source: Path) -> BinaryIO:
    try:
        return os.fdopen(os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    except OSError as error:
        raise UnreadableError(error.errno, error.strerror, str(source)) from error


def _parts(read: BinaryIO, source: Path) -> Iterator[bytes]:
    try:
        while part := read.read(CHUNK):
            yield part
    except OSError as error:
        raise UnreadableError(error.errno, error.strerror, str(source)) from error


def sync_tree(root: Path) -> None:
    """Flush the names in a folder and in all below it to disk, as ``copy_file`` does the content."""
    for place, _, _ in os.walk(root):
        sync_folder(Path(place))


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to disk; a file system that knows no such thing is none the worse."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:  # one may be let write into a folder and not list it
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def seal(path: Path, root: Path) -> Copied:
    """The record of a file that stands in the folder already."""
    found = path.stat()
    return Copied(path.relative_to(root).as_posix(), found.st_size, file_sha256(path), found.st_mtime_ns)


def differing(root: Path, files: Iterable[Copied]) -> list[str]:
    """The files below a folder that are not as their records say, a sentence each; each is read whole."""
    return [said for f in files if (said := difference(root, f.path, f.bytes, f.sha256))]


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Write it and flush it to disk. Raises: OSError."""
    with (root / NAME).open("x", encoding="ascii") as file:  # names that are no UTF-8 come back from its escapes
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(root: Path) -> Manifest:
    """The manifest of a backup.

    Raises:
        BackupError: there is none, it cannot be read, or it names a file outside the folder.
    """
    path = root / NAME
    try:
        manifest = TypeAdapter(Manifest).validate_python(json.loads(path.read_bytes()))
    except FileNotFoundError:
        raise BackupError(f"{root} is no backup: it has no {NAME}, which is written last. Give another.") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}") from error
    except (ValidationError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise BackupError(f"{path} is no manifest of a backup ({said}); take another backup") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{path} is of format {manifest.format}, this avance knows {FORMAT}: use a newer avance")
    for file in manifest.files:
        parts = PurePosixPath(file.path).parts
        if not parts or file.path.startswith("/") or ".." in parts or "\0" in file.path:
            raise BackupError(f"{path} names {file.path!r}, which is no file below it; nothing was touched")
    return manifest
