"""Kills of the whole load: ``avance run`` and all it started, at random moments and in every stage.

Belongs here: drawing moments, killing, running once more, comparing. Does not belong here:
kills of single steps (``steps``), and the table (``kills``).

A moment is (stage, share of the stage's time): half are drawn evenly over the run's time,
half evenly over its stages, since some stages that matter are short.
"""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dagster_project.warehouse.publicacion import publicacion_vigente
from tests.faults import content
from tests.faults.command import Command, run
from tests.faults.extracts import after, before

Timeline = list[tuple[str, float]]
"""The stages of a run as it names them, in order, each with its seconds."""


@dataclass(frozen=True)
class Kill:
    """What became of one kill: where it struck and what is wrong, None where nothing is."""

    stage: str
    share: float
    start: str
    killed: bool
    fault: str | None
    seconds: float


@dataclass(frozen=True)
class Start:
    """A home to begin from, and what an undisturbed load makes of it."""

    name: str
    home: Path | None
    wanted: content.Content
    timeline: Timeline


class Kills:
    """Homes and extracts in a folder, and kills of loads of them."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng = folder, rng
        self.extracts = folder / "despues"
        before(folder / "antes")
        after(self.extracts)
        base = folder / "base"
        self._ran(base, folder / "antes")
        self.starts = [Start("a loaded home", base, *self._undisturbed(base))]

    def add_empty_start(self) -> None:
        """Begin from nothing as well: a first load, which also parses the dbt project."""
        self.starts.append(Start("an empty home", None, *self._undisturbed(None)))

    def kill(self, start: Start, times: int = 1) -> Iterator[Kill]:
        """Kill ``times`` loads in a row at one home, then run once more and compare."""
        home = self._home("casa", start.home)
        for left in reversed(range(times)):
            yield self._kill(home, start, compare=left == 0)

    def _kill(self, home: Path, start: Start, compare: bool) -> Kill:
        began = time.perf_counter()
        index, share = self._moment(start.timeline)
        stage, seconds = start.timeline[index]
        command = Command(home, self.extracts, "run", "--force", log=self.folder / "muerta.log")
        command.wait_until(lambda said: len(_stages(said)) > index)
        time.sleep(share * seconds)
        ended = command.kill()
        fault = content.version_fault(home, _version(start.home)) if ended.code < 0 else None
        if compare and not fault:
            again = run(home, self.extracts)
            fault = f"the run after it ended with {again.code}: {again.last}" if again.code else None
            fault = fault or content.version_fault(home) or content.difference(start.wanted, content.content(home))
        return Kill(ended.last if ended.code < 0 else stage, share, start.name, ended.code < 0, fault, _since(began))

    def _moment(self, timeline: Timeline) -> tuple[int, float]:
        if self.rng.random() < 0.5:
            return self.rng.randrange(len(timeline)), self.rng.random()
        left = self.rng.uniform(0, sum(seconds for _, seconds in timeline))
        for index, (_, seconds) in enumerate(timeline):
            if left <= seconds:
                return index, left / seconds if seconds else 0.0
            left -= seconds
        return len(timeline) - 1, 1.0

    def _undisturbed(self, base: Path | None) -> tuple[content.Content, Timeline]:
        home = self._home("tranquila", base)
        return_code, timeline = self._ran(home, self.extracts)
        assert return_code == 0
        return content.content(home), timeline

    def _ran(self, home: Path, extracts: Path) -> tuple[int, Timeline]:
        """A run that must succeed, with the times at which it named its stages."""
        command = Command(home, extracts, log=self.folder / "tranquila.log")
        timeline: Timeline = []
        stop = threading.Event()

        def follow() -> None:
            since = time.perf_counter()
            while not stop.wait(0.01):
                stages = _stages(command.said())
                now = time.perf_counter()
                while len(stages) > len(timeline):
                    timeline.append((stages[len(timeline)], now))
            timeline.append(("", time.perf_counter()))
            times = [since, *(at for _, at in timeline)]
            timeline[:] = [(name, then - at) for (name, at), then in zip(timeline, times[2:], strict=False)]

        follower = threading.Thread(target=follow)
        follower.start()
        ended = command.end()
        stop.set()
        follower.join()
        if ended.code:
            raise RuntimeError(f"the undisturbed run ended with {ended.code}: {ended.said[-2000:]}")
        return ended.code, timeline

    def _home(self, name: str, base: Path | None) -> Path:
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        if base:
            shutil.copytree(base, home, symlinks=True)
        return home


def _stages(said: str) -> list[str]:
    return [line.removeprefix("… ") for line in said.splitlines() if line.startswith("… ")]


def _version(home: Path | None) -> str | None:
    version = publicacion_vigente(home / "published") if home else None
    return version.version if version else None


def _since(began: float) -> float:
    return time.perf_counter() - began
