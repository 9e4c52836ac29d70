"""Seed files written anew in one step each, what people wrote in them left byte for byte. Not here: what is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

BOM = b"\xef\xbb\xbf"


def line_end(content: bytes) -> str:
    """How the lines of a file end: CR LF where any does, as spreadsheets save it, else LF."""
    return "\r\n" if b"\r\n" in content else "\n"


def swap(contents: Mapping[Path, bytes]) -> None:
    """Put contents in the places of files, each in one step with the file's rights, one after the other as given.

    A reader sees all of a file or what was there. All are written before the first takes its place: what ends a
    process between two is a kill or a power cut, and then what stands is the first of them.

    Raises:
        OSError: one cannot be written, and the files are as they were; or not be replaced, and those before it are new.
    """
    with ExitStack() as stack:
        staged = [(stack.enter_context(_beside(path, content)), path) for path, content in contents.items()]
        for fresh, path in staged:
            shutil.copymode(path, fresh)
        for fresh, path in staged:
            fresh.replace(path)


def place(path: Path, content: bytes) -> bool:
    """Put a file (0600) where there is none, whole or not at all; False where there is one, which is left alone.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    if os.path.lexists(path):
        return False
    with _beside(path, content) as fresh:
        try:
            os.link(fresh, path)  # unlike a rename it takes the place of nothing that was put there meanwhile
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            if os.path.lexists(path):
                return False
            fresh.rename(path)
    return True


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """Content in a file beside the path, flushed to disk; gone afterwards unless it was given another name."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)
