"""The real command as a person starts it, in a process group of its own that can be ended whole.

Belongs here: starting, following and killing it. Does not belong here: when to kill, and what
must come of it.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from dagster_project.settings import RAIZ

AVANCE = str(Path(sys.executable).parent / "avance")


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code (negative: a signal), all it said, seconds."""

    code: int
    said: str
    seconds: float

    @property
    def clean(self) -> bool:
        """Whether it spoke in its own words: no traceback, no error of the logging's own."""
        return "Traceback" not in self.said and "Logging error" not in self.said

    @property
    def last(self) -> str:
        """The last stage that it named, or its last line."""
        lines = [line for line in self.said.splitlines() if line.strip()]
        stages = [line.removeprefix("… ") for line in lines if line.startswith("… ")]
        return (stages or lines or ["nothing yet"])[-1]


def environment(home: Path, extracts: Path, **more: str) -> dict[str, str]:
    """The environment of a command on this home, with nothing of ours in it."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AVANCE_", "DAGSTER_", "DBT_"))}
    return env | {"AVANCE_HOME": str(home), "AVANCE_EXTRACTS": str(extracts), "COLUMNS": "300"} | more


class Process(Protocol):
    """What a command is to those who follow it: as much of ``subprocess.Popen`` as they need."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code, None while it is at work."""


class _Warm:
    """A run forked by the warm server."""

    def __init__(self, args: Sequence[str], env: dict[str, str], log: Path, cwd: Path, limits: dict[str, int]) -> None:
        self.code: int | None = None
        self.pid = _ask({"args": args, "env": env, "log": str(log), "cwd": str(cwd), **limits})

    def poll(self) -> int | None:
        if self.code is None:
            self.code = _ask({"poll": self.pid})
        return self.code


def _ask(what: dict[str, Any]) -> Any:
    server = _server()
    assert server.stdin
    assert server.stdout
    with _one_at_a_time:
        server.stdin.write(json.dumps(what) + "\n")
        server.stdin.flush()
        return json.loads(server.stdout.readline())


@cache
def _server() -> subprocess.Popen[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AVANCE_", "DAGSTER_", "DBT_"))}
    server = subprocess.Popen(
        [sys.executable, "-m", "checks.faults.warm"],
        cwd=RAIZ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    )
    atexit.register(server.kill)
    assert server.stdout
    server.stdout.readline()
    return server


_one_at_a_time = threading.Lock()


class Command:
    """A command at work; what it says goes to a file, so that a full pipe never stops it.

    A run of ``avance`` comes from the warm server (``warm``) unless ``cold``; another program,
    named by its path, is started as it is. ``limit`` is how many bytes a file may have, ``user``
    whose process it is to be.
    """

    def __init__(
        self,
        home: Path,
        extracts: Path,
        *args: str,
        log: Path,
        cold: bool = False,
        env: Mapping[str, str] | None = None,
        **limits: int,
    ) -> None:
        self.log, self.began = log, time.perf_counter()
        log.write_bytes(b"")
        args, env = args or ("run",), environment(home, extracts, **(env or {}))
        if not cold and not args[0].startswith("/"):
            self.process: Process = _Warm(args, env, log, home.parent, limits)
            return
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                args if args[0].startswith("/") else [AVANCE, *args],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=home.parent,
                start_new_session=True,
            )

    def said(self) -> str:
        """All it has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until(self, true: Callable[[str], bool], timeout: float = 120.0) -> bool:
        """Wait until what it said satisfies ``true``; False where it ended, or time did, before that."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if true(self.said()):
                return True
            if self.process.poll() is not None:
                return true(self.said())
            time.sleep(0.01)
        return False

    def kill(self) -> Ended:
        """``kill -9`` of it and of everything it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        return self.end()

    def end(self, timeout: float = 900.0) -> Ended:
        """Wait for its end."""
        deadline = time.monotonic() + timeout
        while (code := self.process.poll()) is None:
            if time.monotonic() > deadline:
                os.killpg(self.process.pid, signal.SIGKILL)
            time.sleep(0.02)
        return Ended(code, self.said(), time.perf_counter() - self.began)


def run(home: Path, extracts: Path, *args: str, cold: bool = False) -> Ended:
    """Run the command to its end."""
    return Command(home, extracts, *args, log=home.parent / f"{home.name}.log", cold=cold).end()
