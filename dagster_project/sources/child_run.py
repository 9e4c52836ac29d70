"""A child that reads a foreign file, started and bounded. Not here: what it does (``child``) and says (``wire``)."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dagster_project.sources import wire
from dagster_project.sources.refused import RefusedFileError

PROGRAM = Path(__file__).with_name("child.py")
CHUNK = 64 * 1024
LOOKED_UP = 0.5
"""Seconds after which a child that is silent is ended, once whoever asked has given up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: bytes of address space and of output; seconds of processor and of silence for each page."""

    memory: int
    seconds: int
    silence: int
    output: int = 64 * 1024 * 1024


def messages_of(
    data: bytes, limits: Limits, stop: threading.Event | None = None, **asked: list[int] | list[float]
) -> Iterator[wire.Message]:
    """What a child says of a file, as it says it; the last is ``End``.

    Args:
        data: the bytes of the file.
        limits: of the child.
        stop: once it is set, the child is ended.
        asked: ``only``, the pages to be looked at; ``parts``, those of a page to be shown in place of all.

    Raises:
        RefusedFileError: it refuses the file, breaks a limit, or ends without having said all.
    """
    options = {"memory": limits.memory, "seconds": limits.seconds, **asked}
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", str(PROGRAM), json.dumps(options)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=tempfile.gettempdir(),
        )
        try:
            for line in _lines(child, limits, stop or threading.Event()):
                message = wire.message_of(line)
                if isinstance(message, wire.Refused):
                    raise RefusedFileError(message.regla, message.razon)
                yield message
                if isinstance(message, wire.End):
                    return
            with contextlib.suppress(subprocess.TimeoutExpired):  # one that closed its mouth and goes on
                child.wait(limits.silence)
            code = child.poll()
            raise _ended(-signal.SIGKILL if code is None else code, limits)
        finally:
            child.kill()
            child.wait()
            assert child.stdout is not None
            child.stdout.close()


def _environment() -> dict[str, str]:
    """No settings of ours, and one thread: a child is a page's work on one core."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _lines(child: subprocess.Popen[bytes], limits: Limits, stop: threading.Event) -> Iterator[bytes]:
    """The lines of a child's output, within its bounds."""
    assert child.stdout is not None
    source, room = child.stdout.fileno(), limits.output
    pieces: list[bytes] = []
    until = time.monotonic() + limits.silence
    while True:
        ready, _, _ = select.select([source], [], [], min(LOOKED_UP, max(0.0, until - time.monotonic())))
        if stop.is_set():
            raise _too_dear("was stopped")
        if not ready and time.monotonic() < until:
            continue
        if not ready:
            raise _too_dear(f"took longer than {limits.silence} seconds to read a page")
        chunk = os.read(source, CHUNK)
        if not chunk:
            return
        room -= len(chunk)
        if room < 0:
            raise _too_dear(f"holds more than {limits.output // 1024**2} MB of words or cells")
        first, *others = chunk.split(b"\n")
        pieces.append(first)
        for piece in others:
            yield b"".join(pieces)
            pieces = [piece]
            until = time.monotonic() + limits.silence


def _ended(code: int, limits: Limits) -> RefusedFileError:
    """Why a child ended before it had said all: a limit of its own, or a library that crashed."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return _too_dear(
            f"took longer than {limits.seconds} seconds of processor for a page, or was ended for its memory"
        )
    name = f"signal {-code}"
    with contextlib.suppress(ValueError):
        name = signal.Signals(-code).name
    return RefusedFileError(
        "documento_danado",
        f"cannot be read: the program that reads it ended ({name if code < 0 else f'code {code}'}); it is damaged, or "
        f"needs more than {limits.memory // 1024**2:,} MB of memory. Open it and save it again",
    )


def _too_dear(what: str) -> RefusedFileError:
    return RefusedFileError("documento_demasiado_caro", f"{what}; part it into several files")
