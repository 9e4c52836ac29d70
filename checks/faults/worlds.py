"""Homes that faults begin from and what undisturbed loads make of them, each made once a process.

Belongs here: making, copying, and the comparison that ends every fault. Does not belong here:
any fault.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checks.faults import content
from checks.faults.command import Command, run
from checks.faults.extracts import after, before
from dagster_project.warehouse.publish.publication import publicacion_vigente

Timeline = list[tuple[str, float]]
"""The stages of a run as it names them, in order, each with its seconds."""


@dataclass(frozen=True)
class Start:
    """A home to begin from (None: nothing), and what an undisturbed load of the extracts makes of it."""

    name: str
    home: Path | None
    wanted: content.Content
    timeline: Timeline


@cache
def folder() -> Path:
    """Where all of it lives; open to other users of the machine, one of whom a fault may need."""
    made = Path(_kept.name)
    made.chmod(0o755)
    before(made / "antes")
    after(made / "despues")
    return made


_kept = tempfile.TemporaryDirectory(prefix="avance-faults-")


@cache
def loaded() -> Path:
    """A home with a published version of the extracts before; to be copied, never changed."""
    home = folder() / "cargada"
    _ran(home, folder() / "antes")
    return home


@cache
def from_loaded() -> Start:
    """The load of changed extracts onto the loaded home."""
    return _undisturbed("a loaded home", loaded())


@cache
def from_nothing() -> Start:
    """The first load of a home, which also parses the dbt project."""
    return _undisturbed("an empty home", None)


def extracts() -> Path:
    """The extracts that every load of these worlds is of."""
    return folder() / "despues"


def copy(name: str, base: Path | None) -> Path:
    """A home of this name for one fault, in place of the one before."""
    home = folder() / name
    shutil.rmtree(home, ignore_errors=True)
    if base:
        shutil.copytree(base, home, symlinks=True)
    return home


def version(home: Path | None) -> str | None:
    """The published version of a home."""
    current = publicacion_vigente(home / "published") if home else None
    return current.version if current else None


def repaired(home: Path, start: Start) -> str | None:
    """Run once more; what is wrong after it, None where all is as if nothing had happened."""
    again = run(home, extracts())
    if again.code:
        return f"the run after it ended with {again.code}: {again.said[-1000:]}"
    return content.version_fault(home) or content.difference(start.wanted, content.content(home))


def stages(said: str) -> list[str]:
    """The stages that a run has named so far."""
    return [line.removeprefix("… ") for line in said.splitlines() if line.startswith("… ")]


def _undisturbed(name: str, base: Path | None) -> Start:
    home = copy("tranquila", base)
    timeline = _ran(home, extracts())
    return Start(name, base, content.content(home), timeline)


def _ran(home: Path, extracts: Path) -> Timeline:
    """A run that must succeed, with the times at which it named its stages."""
    command = Command(home, extracts, log=home.parent / "tranquila.log")
    since, seen = time.perf_counter(), list[tuple[str, float]]()
    stop = threading.Event()

    def follow() -> None:
        while not stop.wait(0.01):
            seen.extend((name, time.perf_counter()) for name in stages(command.said())[len(seen) :])

    follower = threading.Thread(target=follow)
    follower.start()
    ended = command.end()
    stop.set()
    follower.join()
    if ended.code:
        raise RuntimeError(f"the undisturbed run ended with {ended.code}: {ended.said[-2000:]}")
    ends = [at for _, at in seen[1:]] + [since + ended.seconds]
    return [(name, end - at) for (name, at), end in zip(seen, ends, strict=True)]
