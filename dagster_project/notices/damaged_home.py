"""What of a home is damaged, and memory that does not suffice, in words: what it is and what to do.

Belongs here: recognising it by what DuckDB, SQLite and the system say, and by looking at the files. Does not belong
here: a full disk, closed or missing folders (``machine_errors``), and damage of the published version, which a run
mends by itself (``warehouse.publish.verify``).
"""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from dagster_project.settings import Settings

OLDER = ("failure while replaying wal", "wal does not match", "wal was created")
DAMAGED = (
    "corrupt database file",
    "not a valid duckdb database file",
    "could not read enough bytes from file",
    "failed to deserialize",
    "serialization error",
)
"""Not "database has been invalidated": DuckDB says so after any fatal error, and then names the original one."""

RECORDS = ("file is not a database", "malformed", "file is encrypted")
SHORT = (
    "memoryerror",
    "out of memory error",
    "cannot allocate memory",
    "failed to allocate",
    "unable to allocate",
    "bad allocation",
    "bad_alloc",
    "can't start new thread",
    "failed to map segment",
)

LEAST_MEMORY = 2048
"""MiB of address space (``ulimit -v``) below which no load comes to its end: on two cores one of a single extract ran
out at 2,100 and not at 2,300; at 700 a library ended the process without a word."""


def damage(settings: Settings, said: str) -> str | None:
    """What is damaged or too small by an error's words, and what to do; None where it is nothing of the kind."""
    low, warehouse = said.lower(), settings.warehouse
    # First: the others' words may stand around it, and their advice puts state away.
    if any(word in low for word in SHORT):
        return (
            f"Memory or threads did not suffice{_limit_said()}. Give the process more (ulimit -v, ulimit -u, the "
            "container's memory), close other programs, then run again."
        )
    if any(word in low for word in OLDER):
        return (
            f"The log {warehouse.name}.wal beside {warehouse} is of another state of it: one of the two was copied or "
            f"put back without the other. Bring back a whole backup (avance restore FROM --replace), or move "
            f"{warehouse}.wal away, then run again: what it alone holds is read from the extracts anew."
        )
    if any(word in low for word in DAMAGED):
        return (
            f"The warehouse {warehouse} is damaged: a disk or a copy changed it. The published version does not depend "
            f"on it. Bring back a backup (avance restore FROM --replace), or move {warehouse} away with its .wal, then "
            "run again: everything is built anew from the extracts and the inbox that are there (what was read of "
            "files that are gone is only in a backup)."
        )
    if "sqlite3" in low and any(word in low for word in RECORDS):
        folders = {_folder_of(path, settings.dagster_home) for path in _damaged_records(settings.dagster_home)}
        where = " and ".join(sorted(map(str, folders))) or str(settings.dagster_home / "history")
        return (
            f"Dagster's records in {where} are damaged. No figure depends on them: move that folder away, then run "
            "again; they begin anew, without what ran before."
        )
    return None


def too_little_memory() -> str | None:
    """Why no load can come to its end under this process's limit of address space; None where it may.

    Some libraries spin or abort without a word where they get none, so it is asked before the first is loaded.
    """
    limit = _address_space()
    if limit is None or limit >= LEAST_MEMORY:
        return None
    return (
        f"this shell lets a process have {limit:,} MiB of address space (ulimit -v), and a load needs more than "
        f"{LEAST_MEMORY:,}: raise it, or `ulimit -v unlimited`, then run again"
    )


def _address_space() -> int | None:
    """The limit in MiB, None where there is none."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft // 2**20


def _limit_said() -> str:
    limit = _address_space()
    return "" if limit is None else f" (this shell lets a process have {limit:,} MiB of address space)"


def _damaged_records(dagster_home: Path) -> list[Path]:
    return [path for path in sorted(dagster_home.rglob("*.db")) if not _is_whole(path)]


def _is_whole(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=5)) as con:
            return bool(con.execute("pragma quick_check").fetchone()[0] == "ok")
    except sqlite3.OperationalError:  # busy, or not to be opened: not known to be damaged
        return True
    except sqlite3.DatabaseError:
        return False


def _folder_of(path: Path, dagster_home: Path) -> Path:
    """The folder of records that a file belongs to: they are moved away together."""
    return dagster_home / path.relative_to(dagster_home).parts[0]
