"""Processor seconds of this process and of all that it started and that is still there. Not here: what they are of."""

from __future__ import annotations

import os
import resource
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds() -> float:
    """Of this process, those that it started, and theirs: Spark's Java process among them, and Python's of that."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime + sum(_of_process(pid) for pid in started(os.getpid()))


def started(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    texts = [_text(path) for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [found for child in map(int, "".join(texts).split()) for found in (child, *started(child))]


def _of_process(pid: int) -> float:
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""
