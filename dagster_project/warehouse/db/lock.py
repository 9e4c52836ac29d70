"""The writer lock: one writer a home, whoever it is and however it was started.

Belongs here: taking and holding the lock. Does not belong here: who holds it (``lock_holder``),
and opening DuckDB. DuckDB locks its own file, but only while it is open, and a run closes it
between steps; this lock is what a whole run holds.

The kernel frees it when its holder dies, however it dies. It binds as long as the home is
the same folder: whoever removes a home while a run works there takes the lock with it, so
every step makes sure that the lock it holds is still the one that others would find.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dagster_project.warehouse.db.exchange import finish_moves
from dagster_project.warehouse.db.home import ensure_home
from dagster_project.warehouse.db.lock_holder import LOCK_NAME, name_holder, token_of, write_holder

TOKEN_VARIABLE = "AVANCE_WRITER_TOKEN"
"""Set while the lock is held: a child process that inherits it writes on its parent's behalf."""


class WarehouseBusyError(RuntimeError):
    """Somebody else writes to this home; the message names who, where and since when."""


class HomeGoneError(RuntimeError):
    """The home was removed or replaced while this process was at work in it."""


@dataclass
class _Held:
    descriptor: int
    depth: int


_held: dict[Path, _Held] = {}
_guard = threading.RLock()


def holds(home: Path) -> bool:
    """Whether this process holds the writer lock of ``home``."""
    return home.absolute() / LOCK_NAME in _held


def check_home(home: Path) -> None:
    """Make sure, before writing, that the lock this process holds is still the lock of ``home``.

    Raises:
        HomeGoneError: the home was removed, or is another folder by now.
    """
    held = _held.get(home.absolute() / LOCK_NAME)
    if held and not _is_at(held.descriptor, home.absolute() / LOCK_NAME):
        raise HomeGoneError(f"{home} was removed or replaced while this run was at work in it")


@contextmanager
def writer_lock(home: Path, wait: float = 0.0, what: str | None = None) -> Iterator[None]:
    """Hold the writer lock of ``home`` (created with mode 0700 where missing).

    Re-entrant within a process and inherited by its children. ``wait`` is how many seconds
    to wait for another holder to finish before giving up. ``what`` is what others are told
    that the holder does, by default its command.

    Raises:
        HomeRefusedError: the home is another's, or others may write to it.
        WarehouseBusyError: another process holds the lock; its message names that process.
        HomeGoneError: this process held it, but the home is no longer the same folder.
    """
    path = home.absolute() / LOCK_NAME
    if not _enter(path, wait, what):
        yield
        return
    try:
        yield
    finally:
        _leave(path)


def _enter(path: Path, wait: float, what: str | None) -> bool:
    """Take the lock or one more level of it; False where a parent process holds it for us."""
    with _guard:
        if held := _held.get(path):
            check_home(path.parent)
            held.depth += 1
            return True
        descriptor = _take(path, wait)
        if descriptor is None:
            return False
        try:
            finish_moves(path.parent)
        except BaseException:
            os.close(descriptor)
            raise
        token = secrets.token_hex(16)
        write_holder(descriptor, token, what)
        os.environ[TOKEN_VARIABLE] = token
        _held[path] = _Held(descriptor, 1)
        return True


def _take(path: Path, wait: float) -> int | None:
    """The descriptor of the locked file; None where a parent process holds it for us."""
    deadline = time.monotonic() + wait
    while True:
        ensure_home(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            token = token_of(path.parent)
            if token and token == os.environ.get(TOKEN_VARIABLE):
                return None
            if time.monotonic() >= deadline:
                raise WarehouseBusyError(f"another run writes to {path.parent}: {name_holder(path.parent)}") from None
            time.sleep(min(0.2, max(wait, 0.01)))
            continue
        if _is_at(descriptor, path):
            return descriptor
        os.close(descriptor)  # removed since it was opened: nobody else would find this lock


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is the one that now stands at ``path``."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)


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
