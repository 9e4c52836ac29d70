"""What was read of the seeds, as a file that tasks read: no task sees other catalogues than the load that asked.

Belongs here: writing and reading that file. Does not belong here: reading seeds (``reference``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.warehouse.state.fingerprint import fingerprint

NO_DECISIONS = Decisions()


@dataclass(frozen=True, slots=True)
class Said:
    """What the seeds say that a task needs."""

    catalogs: Catalogs
    decisions: Decisions = NO_DECISIONS


def write_said(folder: Path, said: Said) -> Path:
    """The file of what the seeds say, below ``folder``, named by its content; written where it is not there."""
    text = _of_said().dump_json(said)
    path = folder / f"semillas-{fingerprint(text.decode())}.json"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.write_bytes(text)
        part.replace(path)
    return path


@lru_cache(maxsize=2)
def read_said(path: Path) -> Said:
    """What ``write_said`` wrote; the same object each time, since the reader keeps what follows from it."""
    return _of_said().validate_json(path.read_bytes())


@cache
def _of_said() -> TypeAdapter[Said]:
    return TypeAdapter(Said)
