"""The home as a folder of ours: whose it is, who may write to it, and a name that every tool takes literally.

Belongs here: refusing a home that cannot be trusted, before anything in it is read. Does not belong here: what stands
in it, and the lock (``lock``).
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

GLOB = "[]*?"
"""Dagster looks for ``dagster.yaml`` by a glob pattern made of the path: with one of these it finds none, and with it
neither the limit of one run at a time nor that no telemetry is sent."""

TEMPORARY, ORIGINALS, WORK = "tmp", "originals", ".restoring"
"""Folders of the home: where DuckDB puts what does not fit in memory; of documents, each by its hash; what a restore
makes before it is put in its place."""


class HomeRefusedError(PermissionError):
    """The home is not ours alone, or its path cannot be used; the message says what to do."""


def ensure_home(home: Path) -> Path:
    """Make the home where it is missing (0700) and make sure that nobody else writes to it; returns it absolute.

    What stands in the home is run and believed: its ``dagster.yaml`` may name a module, its warehouse is published.
    PostgreSQL refuses such a data folder too (``initdb``).

    Raises:
        HomeRefusedError: it belongs to another user, group or others may write to it, or its path holds one of
            ``GLOB``.
        OSError: it cannot be made.
    """
    home = home.absolute()
    if held := sorted(set(str(home)) & set(GLOB)):
        raise HomeRefusedError(
            f"the path of the home {home} holds {' and '.join(held)}, which Dagster takes for a pattern; give another "
            "with AVANCE_HOME. Nothing was touched."
        )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = home.stat()
    if found.st_uid != os.geteuid():
        raise HomeRefusedError(
            f"the home {home} belongs to user {found.st_uid}, and this is user {os.geteuid()}: what stands in it "
            "would be run as this one. Give a home of your own with AVANCE_HOME, or run again as its owner. Nothing "
            "was touched."
        )
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise HomeRefusedError(
            f"others may write to the home {home} (mode {stat.S_IMODE(found.st_mode):04o}): what they put there would "
            f"be run and published. Close it with `chmod go-w {home}`, look at what stands in it, and run again. "
            "Nothing was touched."
        )
    return home
