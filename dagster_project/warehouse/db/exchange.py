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

SINCE = ".since"
"""What the name ends in of something that was made after the process had been killed, and is set aside too."""

Moves = Sequence[tuple[Path, Path]]


def note_moves(home: Path, aside: Path, moves: Moves) -> None:
    """Write down renames that are about to be done, in order; ``forget_moves`` once they are done or undone.

    ``aside`` is where what stands in the home goes, before anything is moved in.
    """
    fresh = home / WORK / MOVES  # goes with that folder, if this is killed half-way
    with fresh.open("w", encoding="utf-8") as file:
        names = [[str(path.relative_to(home)) for path in move] for move in moves]
        json.dump({"aside": str(aside.relative_to(home)), "moves": names}, file)
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
        noted = json.loads((home / MOVES).read_text("utf-8"))
        aside = home / noted["aside"]
        for old, new in ((home / old, home / new) for old, new in noted["moves"]):
            is_there = os.path.lexists(new)
            if not os.path.lexists(old) or (is_there and new.parent == aside):
                continue  # done
            if is_there:  # made since by a command that had not come to the lock
                new.rename(aside / f"{new.name}{SINCE}")
            old.rename(new)
        forget_moves(home)
        said = "A restore of %s was ended before it was done; it is done now. What stood there is in %s."
        logging.getLogger(__name__).warning(said, home, aside)
    shutil.rmtree(home / WORK, ignore_errors=True)
