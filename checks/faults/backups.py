"""The table of backups: asked for during a run, damaged, brought back on another path and by another user.

What must hold: a backup is of the home between two runs, a restored home is equal row by row and the next run confirms
it, and whatever is refused leaves the home as it was. Not here: what a backup holds (``tests/unit/warehouse/backup``).
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from checks.faults import content, worlds
from checks.faults.command import Command, Ended, run
from checks.faults.homes import NOBODY
from checks.faults.table import Result

TABLE = "backups"


def cases(full: bool) -> Iterator[Result]:
    """A backup during a run, back on another path, by another user, then the refusals; the reduced form is the same."""
    start = worlds.from_loaded()
    home, copy = worlds.copy("casa", start.home), worlds.copy("copia", None)
    yield during_a_run(home, worlds.extracts(), copy, start.wanted)
    yield restored("on another path", copy, worlds.copy("otra", None), worlds.extracts(), start.wanted)
    if os.geteuid() == 0:  # becoming another user takes a superuser
        yield by_another_user(copy, worlds.folder() / "ajena", worlds.extracts(), start.wanted)
    yield refused("onto a home that holds data", "--replace", copy, home)
    flipped = copy / "warehouse.duckdb"
    data = bytearray(flipped.read_bytes())
    data[len(data) // 2] ^= 1
    flipped.write_bytes(data)
    yield refused("one bit of the backup flipped", "was changed", copy, worlds.copy("otra", None))


def during_a_run(home: Path, extracts: Path, copy: Path, wanted: content.Content | None = None) -> Result:
    """It says who is at work, waits for the end, and holds what that run made."""
    began = time.perf_counter()
    load = Command(home, extracts, "run", "--force", log=home.parent / "carga.log")
    load.wait_until(lambda said: "loading the extract files" in said)
    asked = Command(home, extracts, "backup", str(copy), log=home.parent / "respaldo.log")
    waited = asked.wait_until(lambda said: "Waiting" in said)
    ended, taken = load.end(), asked.end()
    wrong = _fault(ended, 0) or _fault(taken, 0) or (None if waited else f"did not wait: {taken.said[-300:]}")
    wrong = wrong or (content.difference(wanted, content.content(home)) if wanted else None)
    return _result("asked for during a run", "says who, waits, exit 0", wrong, began)


def restored(
    case: str, copy: Path, home: Path, extracts: Path, wanted: content.Content, user: dict[str, int] | None = None
) -> Result:
    """A home made of a backup: equal row by row, and the next run confirms it."""
    began, user = time.perf_counter(), user or {}
    log = home.parent / f"{home.name}.log"
    done = Command(home, extracts, "restore", str(copy), log=log, **user).end()
    wrong = _fault(done, 0) or content.version_fault(home) or content.difference(wanted, content.content(home))
    if not wrong:
        again = Command(home, extracts, "run", log=log, **user).end()
        said = " ".join(again.said.split())
        is_confirmed = "confirmed: " in said
        wrong = _fault(again, 0) or (None if is_confirmed else f"not confirmed: {said[-300:]}")
    return _result(case, "equal row by row; the next run confirms it", wrong, began)


def by_another_user(copy: Path, place: Path, extracts: Path, wanted: content.Content) -> Result:
    """Another user is given the backup, and makes a home of his own of it."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    shutil.copytree(copy, place / "copia")
    for path in (place, *place.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    result = restored("by another user", place / "copia", place / "casa", extracts, wanted, {"user": NOBODY})
    foreign = [path for path in (place / "casa").rglob("*") if path.lstat().st_uid != NOBODY]
    return result if not foreign else _result("by another user", "all of it is his", f"not his: {foreign[:3]}", 0.0)


def refused(case: str, words: str, copy: Path, home: Path) -> Result:
    """In words, exit 1, and nothing of the home is another afterwards."""
    began = time.perf_counter()
    before = _tree(home)
    done = run(home, worlds.extracts(), "restore", str(copy))
    wrong = _fault(done, 1) or (None if words in done.said else f"lacks '{words}': {done.said[-300:]}")
    wrong = wrong or (None if _tree(home) == before else "the home is not as it was")
    return _result(case, f"exit 1, says '{words}', the home as it was", wrong, began)


def _tree(home: Path) -> list[tuple[Path, int]]:
    return sorted((path, path.lstat().st_mtime_ns) for path in home.rglob("*")) if home.exists() else []


def _fault(ended: Ended, code: int) -> str | None:
    well = ended.code == code and ended.clean
    return None if well else f"exit {ended.code}: {ended.said[-500:]}"


def _result(case: str, expected: str, wrong: str | None, began: float) -> Result:
    return Result(TABLE, case, expected, wrong or "as expected", not wrong, time.perf_counter() - began)
