"""The real command as a person starts it, in a process group of its own that can be ended whole.

Belongs here: starting, following and killing it. Does not belong here: when to kill, and what
must come of it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


class Command:
    """A command at work; what it says goes to a file, so that a full pipe never stops it."""

    def __init__(self, home: Path, extracts: Path, *args: str, log: Path, env: Mapping[str, str] = {}, **popen: Any):
        self.log, self.began = log, time.perf_counter()
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                args if args and args[0].startswith("/") else [AVANCE, *(args or ("run",))],
                env=environment(home, extracts, **env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=home.parent,
                start_new_session=True,
                **popen,
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

    def end(self, timeout: float = 600.0) -> Ended:
        """Wait for its end."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = self.process.wait()
        return Ended(code, self.said(), time.perf_counter() - self.began)


def run(home: Path, extracts: Path, *args: str, **popen: Any) -> Ended:
    """Run the command to its end."""
    return Command(home, extracts, *args, log=home.parent / f"{home.name}.log", **popen).end()
