"""Starting the load from the desk: ``avance run`` in a process of its own, one at a time, its words shown as text.

Not here: what the load does, and the lock that keeps two of them apart (``warehouse.db.lock``).
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from dagster_project.settings import Settings

LAST_WORDS = 20_000
"""Characters of what a run said that are shown."""


@dataclass
class Runs:
    """The run that the desk started last, if any."""

    settings: Settings
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def said_in(self) -> Path:
        """The file that the run's words go to."""
        return self.settings.home / "logs" / "desk-run.log"

    def start(self) -> bool:
        """Start a run; False where the last one that the desk started still works."""
        if self.is_working():
            return False
        self.said_in.parent.mkdir(parents=True, exist_ok=True)
        env = {**os.environ, "AVANCE_HOME": str(self.settings.home), "AVANCE_EXTRACTS": str(self.settings.extracts)}
        env |= {"AVANCE_SEEDS": str(self.settings.own_seeds)} if self.settings.own_seeds else {}
        with self.said_in.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dagster_project.cli", "run"],
                env=env | {"COLUMNS": "120"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        return True

    def is_working(self) -> bool:
        """Whether the run that the desk started has not ended."""
        return self.process is not None and self.process.poll() is None

    def said(self) -> tuple[str, int | None]:
        """What the last run said, and its exit code: None while it works, or where none was started."""
        text = self.said_in.read_text("utf-8", "replace")[-LAST_WORDS:] if self.said_in.exists() else ""
        return text, None if self.process is None else self.process.poll()
