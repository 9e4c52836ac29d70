"""Renames in a home that end as if they were one, also where the process is killed between two of them.

Belongs here: writing down what is to be renamed, and doing the rest of it for whoever takes the lock next. Does not
belong here: what is renamed and why (``warehouse.backup.restore``).
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from dagster_project.warehouse.db.home import WORK

MOVES = f"{WORK}.json"
"""The renames that were begun, from and to, below the home."""

Moves = Sequence[tuple[Path, Path]]


def note_moves(home: Path, moves: Moves) -> None:
    """Write down renames that are about to be done, in order; ``forget_moves`` once they are done or undone."""
    fresh = home / f"{MOVES}.new"
    with fresh.open("w", encoding="ascii") as file:
        json.dump([[str(path.relative_to(home)) for path in move] for move in moves], file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(home / MOVES)


def forget_moves(home: Path) -> None:
    """They are done, or undone."""
    (home / MOVES).unlink(missing_ok=True)


def is_cut_off(home: Path) -> bool:
    """Whether renames were begun and nobody came back from them, or somebody is at them now."""
    return (home / MOVES).exists()


def finish_moves(home: Path) -> None:
    """Do what a killed process left to do; whoever calls this holds the lock, so that nobody else is at it.

    Raises:
        OSError: something cannot be renamed; the next one who takes the lock tries again.
    """
    if is_cut_off(home):
        for old, new in json.loads((home / MOVES).read_text("ascii")):
            # The names of a home are moved out before others are moved in: where the new one is there, it was done.
            if os.path.lexists(home / old) and not os.path.lexists(home / new):
                (home / old).rename(home / new)
        forget_moves(home)
        logging.getLogger(__name__).warning(
            "A restore of %s was ended before it was done; it is done now. What stood there is in before-restore-… of "
            "that folder.", home
        )  # fmt: skip
    shutil.rmtree(home / WORK, ignore_errors=True)
