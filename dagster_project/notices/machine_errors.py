"""What the machine does to a run (a full disk, a folder that may not be written to, a home that is gone), in words.

Belongs here: recognising it by what Python, DuckDB, SQLite and dbt say, and saying what to do.
Does not belong here: damaged files and short memory (``damaged_home``), what was kept (``run_summary``) and failures of
the data.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from dagster_project.notices.damaged_home import damage
from dagster_project.settings import Settings
from dagster_project.warehouse.db.lock import HomeGoneError, check_home

# Each of them has words of its own for the same refusal of the system.
FULL = ("no space left", "disk is full", "disk full", "disk quota", "file too large", "out of disk", "disk i/o error")
CLOSED = (
    "read-only file system",
    "permission denied",
    "operation not permitted",
    "readonly database",
    "not a directory",
)
MISSING = ("no such file or directory", "unable to open database file", "disk i/o error", "no such table")


def error_chain(error: BaseException) -> str:
    """What an error and those that caused it say, one a line, innermost last, none twice."""
    said = [str(one).strip() or type(one).__name__ for one in _chain(error)]
    return "\n".join(dict.fromkeys(said))


def diagnose(settings: Settings, said: str) -> str | None:
    """What lies behind an error's words and what to do about it; None where it is nothing of the machine's."""
    low = said.lower()
    home = settings.home
    if "nothing was touched" in low:  # in words of our own already
        return None
    if _is_gone(settings, low):
        return (
            f"The home {home} was removed or replaced while the run was at work in it. The extracts are not in it; "
            "run again and everything is built from them anew."
        )
    if no_room := full(home, said):
        return f"{no_room} Make room or give another home with AVANCE_HOME, then run again."
    if any(w in low for w in CLOSED):
        return (
            f"This user may not write to {home}, or to something in it. Give it back the right to write, or give "
            "another home with AVANCE_HOME, then run again."
        )
    return damage(settings, said)


def full(folder: Path, said: str) -> str | None:
    """That there is no room in a folder that was written to, by an error's words; None where they say nothing of it."""
    if not any(word in said.lower() for word in FULL):
        return None
    return (
        f"There is no room left to write in {folder} ({_room(folder)}; a limit on the size of files or a quota counts "
        "as well)."
    )


def _is_gone(settings: Settings, low: str) -> bool:
    """Whether the home is not there, or is another folder by now than the one this process locked."""
    try:
        check_home(settings.home)
    except HomeGoneError:
        return True
    return "was removed or replaced" in low or (any(w in low for w in MISSING) and not settings.dagster_home.is_dir())


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _room(home: Path) -> str:
    there = next((folder for folder in (home, *home.parents) if folder.is_dir()), Path("/"))
    usage = shutil.disk_usage(there)
    return f"{usage.free / 2**20:,.0f} MiB free of {usage.total / 2**20:,.0f}"
