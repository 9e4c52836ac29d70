"""What was told already: a line a notice in ``avisos.jsonl`` of the home, which is also the log that people read.

Belongs here: claiming a notice, so that of several who know of an event one tells it; how its delivery went. Does not
belong here: what is told (``sayings``) and delivering it (``deliver``).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dagster_project.notices.sayings import Notice
from dagster_project.warehouse.db.home import ensure_home

NAME = "avisos.jsonl"
LOCK = "avisos.lock"

KEPT, MOST = 1000, 2000
"""Of more than ``MOST`` lines the last ``KEPT`` stay; at 1 KB each the file stays below 2 MB."""


def claim(home: Path, notice: Notice) -> bool:
    """Note a notice as told; False where every event it speaks of was told before.

    Raises:
        OSError: the home cannot be written to.
    """
    with _locked(home):
        lines = _lines(home)
        known = {key for line in lines for key in line.get("claves") or ()}
        if known.issuperset(notice.claves):
            return False
        if len(lines) > MOST:
            fresh = home / f"{NAME}.new"
            fresh.write_text("".join(map(_as_line, lines[-KEPT:])), encoding="utf-8")
            fresh.replace(home / NAME)
        fields = {"evento": notice.evento, "titulo": notice.titulo, "texto": notice.texto, "claves": notice.claves}
        _append(home, {"momento": _now(), **fields})
    return True


def note_delivery(home: Path, notice: Notice, outcomes: Mapping[str, str]) -> None:
    """Note what became of a notice: by channel, empty where it was taken, else why not.

    Raises:
        OSError: the home cannot be written to.
    """
    with _locked(home):
        _append(home, {"momento": _now(), "entrega_de": notice.claves[0], "fallas": dict(outcomes)})


def undelivered(home: Path) -> list[str]:
    """The notices that a channel did not take, the newest last: moment, channel, reason."""
    return [
        f"{line['momento']} {channel}: {why}"
        for line in _lines(home)
        for channel, why in (line.get("fallas") or {}).items()
        if why
    ]


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    if home.is_dir():
        ensure_home(home)  # into one that others may write to nothing is written
    descriptor = os.open(home / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _lines(home: Path) -> list[dict[str, Any]]:
    """Every line that can be read: half a line, of a process that was killed, is none."""
    try:
        text = (home / NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line for line in map(_parsed, text.split("\n")) if line]


def _parsed(text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}


def _append(home: Path, line: Mapping[str, Any]) -> None:
    descriptor = os.open(home / NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8", errors="backslashreplace") as file:
        # After half a line, of a killed process, this one stands on its own.
        size = os.fstat(descriptor).st_size
        file.write(("" if not size or os.pread(descriptor, 1, size - 1) == b"\n" else "\n") + _as_line(line))


def _as_line(line: Mapping[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
