"""What the inbox's sensor knows from tick to tick: which files rest, and what became of the load asked for them.

Belongs here: the cursor and what follows from it, without Dagster's evaluation. Does not belong here: asking for a run
(``automation``), reading files (``warehouse.files``).

A load is asked for at least once: the cursor says that a state of the inbox is done when a run of it has succeeded,
not when it was asked for; one that failed is asked for again, each time after twice the wait.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dagster_project.warehouse.files.extract_folder import find_extract_files
from dagster_project.warehouse.state.fingerprint import fingerprint

ASKED_TAG = "avance/bandeja"
"""Tag of a run: the state of the inbox it was asked for, and when that state was first seen."""

LEFT_TAG = "avance/quedan"
"""Tag of a run: how many files it left for the next one, over its budget."""

FIRST_WAIT, LONGEST_WAIT = 60.0, 3600.0
"""Seconds before a load that failed is asked for again, the first time and at most."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What the last tick saw: each file's mark, the load asked for (``ASKED_TAG``), and the last that succeeded.

    ``asked_of`` are the files of the load asked for, with the marks that they had.
    """

    seen: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    asked_of: dict[str, str] = field(default_factory=dict)
    done: str = ""

    @classmethod
    def parse(cls, text: str | None) -> Cursor:
        """The cursor of a text; of an older release what it knew of, of none or of another's text nothing."""
        try:
            return _cursors().validate_json(text or "{}")
        except ValidationError:
            return cls()

    def __str__(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


@cache
def _cursors() -> TypeAdapter[Cursor]:
    return TypeAdapter(Cursor)


@dataclass(frozen=True, slots=True)
class Look:
    """What a tick sees: the files that have not changed since the one before, and those that have."""

    resting: dict[str, str]
    restless: tuple[str, ...]
    seen: dict[str, str]

    @property
    def state(self) -> str:
        """Hash of the resting files, by name, size, times and inode: their bytes are not read."""
        return fingerprint(self.resting)


def look(inbox: Path, cursor: Cursor) -> Look:
    """The extracts in the inbox. A file rests that is as the tick before saw it, whatever its own time says."""
    files = find_extract_files(inbox)[0] if inbox.is_dir() else []
    seen = {file.ruta: _mark(file.found) for file in files}
    resting = {ruta: mark for ruta, mark in seen.items() if cursor.seen.get(ruta) == mark}
    return Look(resting, tuple(sorted(seen.keys() - resting.keys())), seen)


def next_cursor(cursor: Cursor, seen: Look, now: float) -> Cursor:
    """The cursor after this look; a state other than the last one asked for is asked for under a tag of its own.

    Also where the inbox comes back to a state that it had before: the load since then read another. A file that is
    being overwritten is no news until it rests: by itself it makes no other state of those that rest beside it.
    """
    changing = {ruta: cursor.asked_of[ruta] for ruta in seen.restless if ruta in cursor.asked_of}
    if seen.resting and seen.resting | changing != cursor.asked_of:
        return replace(cursor, seen=seen.seen, asked=f"{seen.state} {now!r}", asked_of=seen.resting)
    return replace(cursor, seen=seen.seen)


def wait_after(failures: int) -> float:
    """Seconds to wait after the last of so many runs that failed, one at least, before the load is asked for again."""
    return min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)


def _mark(found: os.stat_result | None) -> str:
    """Short, so that a cursor of thousands of files stays small; what the listing could not look at has a mark too."""
    if found is None:
        return "?"
    return fingerprint([found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns])[:8]
