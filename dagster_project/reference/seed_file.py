"""A seed file written anew in one step, what people wrote in it left byte for byte. Not here: what is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BOM = b"\xef\xbb\xbf"


def line_end(content: bytes) -> str:
    """How the lines of a file end: CR LF where any does, as spreadsheets save it, else LF."""
    return "\r\n" if b"\r\n" in content else "\n"


def swap(path: Path, content: bytes) -> None:
    """Put content in a file's place in one step, with the file's rights: a reader sees all of it or what was there.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    with _beside(path, content) as fresh:
        shutil.copymode(path, fresh)
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
