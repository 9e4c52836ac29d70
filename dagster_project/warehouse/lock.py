"""The writer lock: one writer a home, whoever it is and however it was started.

Belongs here: taking, holding and naming the holder of the lock. Does not belong here:
opening DuckDB. DuckDB locks its own file, but only while it is open, and a run closes it
between steps so that dbt can open it; this lock is what a whole run holds.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

LOCK_NAME = "writer.lock"
TOKEN_VARIABLE = "AVANCE_WRITER_TOKEN"
"""Set while the lock is held: a child process that inherits it writes on its parent's behalf."""


class WarehouseBusyError(RuntimeError):
    """Somebody else writes to this home; the message names who, where and since when."""


@dataclass
class _Held:
    descriptor: int
    depth: int


_held: dict[Path, _Held] = {}
_guard = threading.RLock()


def describe_holder(home: Path) -> str:
    """Say in one line who holds (or last held) the writer lock of ``home``."""
    who = _read_holder(home / LOCK_NAME)
    if not who:
        return "an unknown process"
    return f"process {who.get('pid')} on {who.get('host')} ({who.get('command')}), since {who.get('since')}"


@contextmanager
def writer_lock(home: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the writer lock of ``home`` (created with mode 0700 where missing).

    Re-entrant within a process and inherited by its children. ``wait`` is how many seconds
    to wait for another holder to finish before giving up.

    Raises:
        WarehouseBusyError: another process holds the lock; its message names that process.
    """
    path = home.absolute() / LOCK_NAME
    if not _enter(path, wait):
        yield
        return
    try:
        yield
    finally:
        _leave(path)


def _enter(path: Path, wait: float) -> bool:
    """Take the lock or one more level of it; False where a parent process holds it for us."""
    with _guard:
        if held := _held.get(path):
            held.depth += 1
            return True
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _lock(descriptor, wait, path):
            os.close(descriptor)
            return False
        token = secrets.token_hex(16)
        _write_holder(descriptor, token)
        os.environ[TOKEN_VARIABLE] = token
        _held[path] = _Held(descriptor, 1)
        return True


def _lock(descriptor: int, wait: float, path: Path) -> bool:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            token = _read_holder(path).get("token")
            if token and token == os.environ.get(TOKEN_VARIABLE):
                return False
            if time.monotonic() >= deadline:
                os.close(descriptor)
                raise WarehouseBusyError(
                    f"another run writes to {path.parent}: {describe_holder(path.parent)}"
                ) from None
            time.sleep(min(0.2, max(wait, 0.01)))
        else:
            return True


def _leave(path: Path) -> None:
    with _guard:
        held = _held[path]
        held.depth -= 1
        if held.depth == 0:
            del _held[path]
            os.environ.pop(TOKEN_VARIABLE, None)
            # The file stays: removing it would let a waiter lock a file nobody else can see.
            os.ftruncate(held.descriptor, 0)
            os.close(held.descriptor)


def _write_holder(descriptor: int, token: str) -> None:
    who = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "command": " ".join(Path(a).name if i == 0 else a for i, a in enumerate(sys.argv))[:200],
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "token": token,
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(who).encode(), 0)


def _read_holder(path: Path) -> dict[str, str]:
    try:
        who = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return who if isinstance(who, dict) else {}
