"""A seed file written anew in one step, what people wrote in it left byte for byte. Not here: what is written."""

from __future__ import annotations

import os
import shutil
import tempfile
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
    descriptor, fresh = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, fresh)
        Path(fresh).replace(path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
