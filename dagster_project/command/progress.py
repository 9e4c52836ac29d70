"""Progress of a run on the terminal, and its log file under the home.

Not here: the summary at the end (``run_summary``).
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from dagster_project.command.terminal_text import escape, printable
from dagster_project.settings import Settings
from dagster_project.warehouse.state.numbering import next_number, order_of

if TYPE_CHECKING:
    from rich.status import Status

LOGS_KEPT = 20

# Steps of the run in words; a check says its own name.
STEPS = {
    "raw_extractos": "loading the extract files",
    "raw_ejercicios": "reading the action rows, year by year",
    "dbt": "building and testing the marts",
    "published__avance": "publishing",
}


class Progress(logging.Handler):
    """Shows what the run does, and keeps how long each stage took (seconds, in order)."""

    def __init__(self, console: Console) -> None:
        super().__init__(logging.DEBUG)
        self.console = console
        self.seconds: dict[str, float] = {}
        self._status: Status | None = None
        self._stage: tuple[str, float] | None = None

    @contextmanager
    def drawn(self) -> Iterator[Progress]:
        """Draw while the block runs: a moving line on a terminal, a line a stage elsewhere."""
        if self.console.is_terminal:
            with self.console.status("starting") as self._status:
                yield self
            self._status = None
        else:
            yield self
        self.end_stage()

    def begin_stage(self, name: str, words: str) -> None:
        """A stage begins, and the one before it ends."""
        self.end_stage()
        self._stage = (name, time.perf_counter())
        if self._status:
            self._status.update(escape(words, one_line=True))
        else:
            self.console.print(f"… {escape(words, one_line=True)}", highlight=False)

    def end_stage(self) -> None:
        """The current stage ends here."""
        if self._stage:
            name, since = self._stage
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - since
            self._stage = None

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record of the run: an event of Dagster's, or a message of a step of ours."""
        event = getattr(record, "dagster_event", None)
        if event is None:
            if self._status and record.levelno >= logging.INFO:
                self._status.update(escape(_message(record), one_line=True))
        elif event.event_type_value == "STEP_START":
            step = str(event.step_key)
            self.begin_stage(step if step in STEPS else "checks", STEPS.get(step, f"checking {step}"))
        elif event.event_type_value in ("STEP_SUCCESS", "STEP_FAILURE"):
            self.end_stage()


def log_to_file(settings: Settings, logger: logging.Logger, verbose: bool) -> Path:
    """Send everything the run logs to a new file under ``<home>/logs``, by number; the oldest ones go.

    ``verbose`` sends it to standard error as well.
    """
    folder = settings.home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    known = sorted((path.stem.removeprefix("run-") for path in folder.glob("run-*.log")), key=order_of)
    for old in known[: -LOGS_KEPT + 1]:
        (folder / f"run-{old}.log").unlink(missing_ok=True)
    path = folder / f"run-{next_number(known)}-{datetime.now():%Y%m%d-%H%M%S-%f}.log"
    handlers: list[logging.Handler] = [_LogFile(path, encoding="utf-8")]
    if verbose:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(_Indented("%(asctime)s %(levelname)s %(message)s"))
    logger.handlers = list(handlers)
    # Warnings and loggers of the libraries: in the file, not on the terminal.
    logging.captureWarnings(True)
    logging.getLogger().handlers = list(handlers)
    return path


class _Indented(logging.Formatter):
    """A record whose further lines are indented and whose control characters are spelled out.

    A file's name may hold any of them: none of it looks like a record of its own.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the name is logging's)
        record.message = printable(record.message).replace("\n", "\n    | ")
        return super().formatMessage(record)


class _LogFile(logging.FileHandler):
    """A log file that goes quiet where it cannot be written: what fills the disk is said by the run itself, once."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the name is logging's)
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def close(self) -> None:
        with suppress(OSError):
            super().close()


def _message(record: logging.LogRecord) -> str:
    """The message as the step wrote it, without the run's id in front."""
    meta = getattr(record, "dagster_meta", None) or {}
    return str(meta.get("orig_message") or record.getMessage())[:120]
