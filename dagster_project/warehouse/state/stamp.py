"""Whether files were touched between two moments, also where they hold the same again.

Belongs here: that stamp. Does not belong here: what files hold (``fingerprint``, ``extract_folder``).

A hash taken before and after a run says nothing of what the run read in between: a file may have changed and changed
back. Its status change time cannot be set by a program, and a file put in its place has another inode (POSIX, stat).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

PASSED_OVER = frozenset({"target", "logs", "__pycache__"})
"""Folders that tools write to while a run reads beside them."""


def stamp(folders: Iterable[Path]) -> str:
    """Hash of name, inode, size and times of every file and folder below some folders; a missing one holds nothing."""
    digest = hashlib.sha256()
    for folder in folders:
        for place, below, files in os.walk(folder):
            below[:] = sorted(set(below) - PASSED_OVER)
            for name in (".", *sorted(files)):
                digest.update(os.fsencode(os.path.join(place, name)) + _state(os.path.join(place, name)))  # noqa: PTH118
    return digest.hexdigest()


def _state(path: str) -> bytes:
    try:
        found = os.lstat(path)
    except OSError as error:
        return type(error).__name__.encode()
    return repr((found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)).encode()
