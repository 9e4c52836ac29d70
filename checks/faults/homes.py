"""The table of homes that fail: no room left, no right to write, removed half-way; and who may look at one.

Each harm must give an error in words with what was kept and what to do, an exit code other
than 0, leave the published version whole; and with the harm gone one more run makes it good.
Not here: kills (``kills``) and a home replaced under a run (``writers``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from checks.faults import content, worlds
from checks.faults.command import Command, Ended
from checks.faults.table import Result
from checks.faults.worlds import Start

TABLE = "homes that fail"
NOBODY = 65534
MIB = 2**20
FOR_THE_GROUP = (("published",), ("data_docs",))
"""What a group that is let through the home may see: the figures, and the reports of their checks."""

Harm = Callable[[Path], AbstractContextManager[dict[str, int]]]
"""Does harm to a home; gives the options of the process that is to run in it; heals it at the end."""


def cases(full: bool) -> Iterator[Result]:
    """Every harm, repaired one by one; in the reduced form two of them in a row, repaired at the end."""
    root = os.geteuid() == 0
    if not full:
        home = worlds.copy("casa", worlds.loaded())
        yield harmed("no file may grow beyond 1 MiB", "no room left", home, small_files(MIB))
        yield harmed("a home without the right to write", "belongs to user", home, closed)
        yield _repaired("the run after both", home, worlds.from_loaded())
        yield who_may_look(worlds.loaded())
        return
    # Of a file that is larger already, nothing beyond the limit can be written any more.
    quarter = (worlds.loaded() / "warehouse.duckdb").stat().st_size // 4  # half was enough for a whole run
    for name, limit in (("1 MiB", MIB), ("a quarter of the warehouse", quarter)):
        yield from _one(f"no file may grow beyond {name}", "no room left", small_files(limit))
    yield from _one("a first load, no file beyond 2 MiB", "no room left", small_files(2 * MIB), worlds.from_nothing())
    yield from _one("a home without the right to write", "belongs to user", closed)
    if root:  # mounting takes a superuser
        for mib in (1, 3, 6, 10):  # a load of this size takes some 16
            yield from _one(f"a disk with {mib} MiB left", "no room left", _small_disk(mib))
        yield from _one("a read-only file system", "may not write", _mounted_read_only)
    for stage in ("loading the extract files", "reading the action rows", "building and testing", "publishing"):
        yield from _removed(stage)
    yield who_may_look(worlds.loaded())


def _one(case: str, words: str, harm: Harm, start: Start | None = None) -> Iterator[Result]:
    start = start or worlds.from_loaded()
    home = worlds.copy("casa", start.home)
    yield harmed(case, words, home, harm)
    yield _repaired(f"the run after: {case}", home, start)


def harmed(case: str, words: str, home: Path, harm: Harm, extracts: Path | None = None) -> Result:
    """Run on a harmed home; it must fail in the right words and leave a whole version."""
    began = time.perf_counter()
    before = worlds.version(home) if home.exists() else None
    with harm(home) as options:
        log = worlds.folder() / "harmed.log"
        command = Command(home, extracts or worlds.extracts(), "run", "--force", log=log, **options)
        ended = command.end()
        fault = content.version_fault(home, before)
    return _judged(case, words, ended, fault, time.perf_counter() - began)


def _judged(case: str, words: str, ended: Ended, fault: str | None, seconds: float) -> Result:
    wanted = {words: f"says '{words}'", "Kept: ": "what was kept", "run again": "what to do"}
    missing = [what for word, what in wanted.items() if word not in " ".join(ended.said.split())]
    well = ended.code in (1, 2) and ended.clean and not missing and not fault
    said = f"exit {ended.code}, {fault or 'a whole version'}"
    if missing or not ended.clean:
        said += f"; lacks {', '.join(missing) or 'its own words'}: {ended.said[-700:]}"
    return Result(TABLE, case, f"exit 1 or 2, {', '.join(wanted.values())}; a whole version", said, well, seconds)


def _repaired(case: str, home: Path, start: Start) -> Result:
    began = time.perf_counter()
    fault = worlds.repaired(home, start)
    return Result(TABLE, case, "equal row by row", fault or "equal", not fault, time.perf_counter() - began)


def _removed(stage: str) -> Iterator[Result]:
    """The home goes while a load is in that stage; the extracts make all of it anew."""
    start = worlds.from_nothing()
    home, began = worlds.copy("casa", worlds.loaded()), time.perf_counter()
    command = Command(home, worlds.extracts(), "run", "--force", log=worlds.folder() / "harmed.log")
    command.wait_until(lambda said: stage in said)
    _remove(home)
    case = f"the home removed while {stage}"
    yield _judged(case, "was removed or replaced", command.end(), None, time.perf_counter() - began)
    yield _repaired(f"the run after: {case}", home, start)


def _remove(home: Path) -> None:
    """As ``rm -rf`` does; again where the run puts a file into a folder that is being emptied."""
    for _ in range(20):
        shutil.rmtree(home, ignore_errors=True)
        if not home.exists():
            return


def small_files(limit: int) -> Harm:
    """A limit on the size of files: works for any user, and fails a write as a full disk does."""

    @contextmanager
    def harm(home: Path) -> Iterator[dict[str, int]]:
        yield {"limit": limit}

    return harm


@contextmanager
def closed(home: Path) -> Iterator[dict[str, int]]:
    """No right to write: the home is another user's, or, without one, its own modes forbid it."""
    if os.geteuid() == 0:
        with _modes(home, 0o555, 0o444):
            yield {"user": NOBODY}
    else:
        with _modes(home, 0o555, 0o444):
            yield {}


@contextmanager
def _modes(home: Path, of_folders: int, of_files: int) -> Iterator[None]:
    before = {path: path.stat().st_mode & 0o7777 for path in (home, *home.rglob("*")) if not path.is_symlink()}
    for path in sorted(before, reverse=True):
        path.chmod(of_folders if path.is_dir() else of_files)
    try:
        yield
    finally:
        for path, mode in sorted(before.items()):
            path.chmod(mode)


def _small_disk(mib: int) -> Harm:
    """The home on a file system of its own, with so much left; healed by enlarging it."""

    @contextmanager
    def harm(home: Path) -> Iterator[dict[str, int]]:
        aside = home.with_name("aparte")
        home.rename(aside)
        home.mkdir(mode=0o700)
        with ExitStack() as stack:
            _mount("-t", "tmpfs", "-o", "size=1g,mode=700", "tmpfs", str(home))
            stack.callback(_back, home, aside)
            shutil.copytree(aside, home, symlinks=True, dirs_exist_ok=True)
            used = shutil.disk_usage(home).used
            _mount("-o", f"remount,size={used + mib * MIB}", str(home))
            yield {}

    return harm


def _back(home: Path, aside: Path) -> None:
    """What the full disk holds becomes the home, on the disk it was on."""
    shutil.rmtree(aside)
    shutil.copytree(home, aside, symlinks=True)
    subprocess.run(["umount", str(home)], check=True)
    home.rmdir()
    aside.rename(home)


@contextmanager
def _mounted_read_only(home: Path) -> Iterator[dict[str, int]]:
    _mount("--bind", str(home), str(home))
    try:
        _mount("-o", "remount,bind,ro", str(home))
        yield {}
    finally:
        subprocess.run(["umount", str(home)], check=True)


def _mount(*options: str) -> None:
    subprocess.run(["mount", *options], check=True)


def who_may_look(home: Path) -> Result:
    """Nobody but its user into a home; its group into what is published, once somebody lets it through."""
    began = time.perf_counter()
    wrong = []
    for path in (home, *home.rglob("*")):
        mode = path.lstat().st_mode & 0o777
        allowed = 0o750 if path.relative_to(home).parts[:1] in FOR_THE_GROUP else 0o700
        if not path.is_symlink() and mode & ~allowed:
            wrong.append(f"{path.relative_to(home)} {mode:o}")
    shut = [p.name for p in (home / "published").rglob("*") if not p.is_symlink() and not p.stat().st_mode & 0o040]
    said = f"{len(wrong)} too open, {len(shut)} published files closed to the group"
    if wrong or shut:
        said += f": {', '.join([*wrong, *shut][:5])}"
    expected = "the user alone; what is published, its group as well"
    return Result(TABLE, "who may look into a home", expected, said, not wrong + shut, time.perf_counter() - began)
