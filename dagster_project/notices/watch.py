"""What no run says: that something is late by the calendar, that the daemon gives no sign.

Belongs here: looking, at the published version and at the daemon's sign of life. Does not belong here: when anybody
looks (``defs.notices``, ``command``), and what is said (``sayings``).

The sign of life is a file of ours, written by a sensor: it says that daemon, code server and home all work, whatever
Dagster keeps its records in, and ``avance status`` reads it without importing Dagster (two seconds).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from dagster_project.notices.late import Delay, all_late
from dagster_project.notices.sayings import Notice, of_silence, of_watch_off
from dagster_project.settings import Patience, Settings
from dagster_project.warehouse.publish.ask import ask_current
from dagster_project.warehouse.publish.publication import PointerError
from dagster_project.warehouse.state.coverage import coverage

NOTE = "vigia.json"


def note_alive(home: Path, now: datetime, awaited: Sequence[str]) -> None:
    """Note that the daemon is at work, and which schedules and sensors somebody has turned on.

    Raises:
        OSError: the home cannot be written to.
    """
    fresh = home / f"{NOTE}.new"
    fresh.write_text(json.dumps({"momento": now.isoformat(), "encendidos": sorted(awaited)}), encoding="utf-8")
    fresh.replace(home / NOTE)


def silence(home: Path, now: datetime, patience: Patience) -> Notice | None:
    """That the daemon gave no sign for so long; None where it did, or where nothing that it starts is turned on."""
    since, awaited = _last_sign(home)
    try:
        is_silent = since is not None and now - since > timedelta(minutes=patience.silent_minutes)
    except TypeError:  # a moment of no time zone is none of ours
        return None
    return of_silence(since, awaited) if since and is_silent and awaited else None


def watch_off(home: Path) -> Notice | None:
    """That the watch was turned off, of a home in which it is; None where it never gave a sign."""
    since, _ = _last_sign(home)
    return of_watch_off(since) if since else None


def _last_sign(home: Path) -> tuple[datetime | None, list[str]]:
    try:
        note = json.loads((home / NOTE).read_text(encoding="utf-8"))
        return datetime.fromisoformat(note["momento"]), [str(name) for name in note["encendidos"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None, []


def delays(settings: Settings, today: date, patience: Patience) -> list[Delay]:
    """What is late of the published version; nothing where there is none, or none that can be read."""
    try:
        answer = ask_current(settings.published, coverage)
    except (PointerError, duckdb.Error):
        return []
    if answer is None:
        return []
    version, rows = answer
    return all_late(rows, version.version, datetime.fromisoformat(version.creada_en).date(), today, patience)
