"""Places in the product at which a process can be told to die, without a line in the product for it.

Belongs here: seeing calls, returns and file operations of ``dagster_project.warehouse`` from
outside, by Python's profile and audit hooks. Does not belong here: which of them to die at.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from dagster_project import warehouse

FOLDER = str(Path(warehouse.__path__[0]))
MODULES = frozenset(
    {"load_files", "load_year", "moved_and_lost", "overwritten", "extracts", "connection", "migrations", "build_plan"}
    | {"standing_paths", "lock", "versions", "publication", "duckdb_file", "csv_parquet"}
)
"""Of the warehouse: what writes. The others compute."""

FILE_EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.symlink", "os.truncate", "os.rmdir"})


def die() -> None:
    """End this process as ``kill -9`` does: no handler, no ``finally``, no flush."""
    os.kill(os.getpid(), signal.SIGKILL)


def watch(at: Callable[[str], None]) -> None:
    """Call ``at`` with the name of each place this process passes from now on, before it goes on."""

    def profile(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event in ("call", "return") and code.co_filename.startswith(FOLDER):
            module = Path(code.co_filename).stem
            if module in MODULES and not code.co_name.startswith("<"):
                at(f"{module}.{code.co_name} {'begins' if event == 'call' else 'ends'}")

    def audit(event: str, args: tuple[Any, ...]) -> None:
        if event in FILE_EVENTS:
            at(f"{event} of {_kind(str(args[0]))}")

    sys.addaudithook(audit)
    threading.setprofile(profile)  # for the threads to come: a version's files are written two at a time
    sys.setprofile(profile)


def _kind(path: str) -> str:
    """What sort of file it is, without what changes from run to run."""
    name = Path(path).name
    for start, word in ((".nueva-", "the work folder"), ("avance-", "a version's file"), ("20", "a version's folder")):
        if name.startswith(start):
            return word
    return name
