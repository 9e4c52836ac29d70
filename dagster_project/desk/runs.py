"""The run that the desk starts: one at a time, its output kept as text. Not here: what a run does (``command.run``)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import IO

from dagster_project.settings import RAIZ, Settings, environment_of
from dagster_project.warehouse.db.lock import TOKEN_VARIABLE

COMMAND = (sys.executable, "-m", "dagster_project.cli", "run")
MOST = 64_000
"""Bytes of output that are shown, the last ones."""


@dataclass(frozen=True, slots=True)
class RunState:
    """How the last run of this desk stands: ``code`` None while it works; ``began`` False where there was none."""

    began: bool
    code: int | None
    said: str


class Runs:
    """Starts ``avance run`` on a home and tells of it; the run outlives the desk."""

    def __init__(self, settings: Settings, command: tuple[str, ...] = COMMAND) -> None:
        self._settings, self._command = settings, command
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    def start(self) -> bool:
        """Start one; False where one of ours is at work. That another's is, the run says itself.

        Raises:
            OSError: it cannot be started.
        """
        with self._guard:
            if self._process and self._process.poll() is None:
                return False
            self._output = tempfile.TemporaryFile()  # noqa: SIM115  the run writes to it after this call
            self._process = subprocess.Popen(
                self._command, cwd=RAIZ, env=_environment(self._settings), stdin=subprocess.DEVNULL,
                stdout=self._output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            return True

    def state(self) -> RunState:
        """How it stands, with the end of what it printed."""
        with self._guard:
            if self._process is None or self._output is None:
                return RunState(False, None, "")
            code = self._process.poll()
            size = os.fstat(self._output.fileno()).st_size
            said = os.pread(self._output.fileno(), MOST, max(0, size - MOST)).decode("utf-8", "replace")
            return RunState(True, code, said)


def _environment(settings: Settings) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name != TOKEN_VARIABLE}
    return env | environment_of(settings) | {"COLUMNS": "100", "NO_COLOR": "1"}
