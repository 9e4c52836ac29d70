"""One UI a home: who serves it holds these locks, and a second is told who that is.

Belongs here: the locks of the three servers and the note in them. Does not belong here: the writer's lock
(``warehouse.db.lock``), and starting anything (``ui``). The kernel frees a lock when its last holder ends, however.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection
from pathlib import Path

FOLDER = "ui"
"""Below the Dagster home: the locks, the workspace and the code server's socket."""


class ServedError(RuntimeError):
    """Another process serves this home; the message says which and where."""


def hold(dagster_home: Path, parts: Collection[str], what: str) -> list[int]:
    """Lock each part of the UI of a home and sign it with ``what``; the descriptors, open while the lock is held.

    They close with the process, and are inherited only where the caller says so.

    Raises:
        ServedError: one of them is held; none is kept.
    """
    folder = dagster_home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    held: list[int] = []
    for part in sorted(parts):
        path = folder / f"{part}.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        held.append(descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            said = os.pread(descriptor, 4096, 0).decode("utf-8", "replace") or "a process that left no name"
            for taken in held:
                os.close(taken)
            raise ServedError(said) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, what.encode(), 0)
    return held
