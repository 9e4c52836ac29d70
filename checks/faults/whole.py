"""Kills of the whole load: ``avance run`` and all it started, at random moments and in every stage.

Belongs here: drawing moments, killing, running once more, comparing. Does not belong here:
kills of single steps (``steps``), and the table (``kills``).

A moment is (stage, share of the stage's time): half are drawn evenly over the run's time,
half evenly over its stages, since some stages that matter are short.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.faults import content, worlds
from checks.faults.command import Command
from checks.faults.worlds import Start, Timeline


@dataclass(frozen=True)
class Kill:
    """What became of one kill: where it struck and what is wrong, None where nothing is."""

    stage: str
    share: float
    start: str
    killed: bool
    fault: str | None
    seconds: float


def kill(start: Start, rng: random.Random, times: int = 1) -> Iterator[Kill]:
    """Kill ``times`` loads in a row at one home, then run once more and compare."""
    home = worlds.copy("muerta", start.home)
    for left in reversed(range(times)):
        yield _kill(home, start, rng, compare=left == 0)


def _kill(home: Path, start: Start, rng: random.Random, compare: bool) -> Kill:
    began = time.perf_counter()
    index, share = _moment(start.timeline, rng)
    stage, seconds = start.timeline[index]
    command = Command(home, worlds.extracts(), "run", "--force", log=worlds.folder() / "muerta.log")
    command.wait_until(lambda said: len(worlds.stages(said)) > index)
    time.sleep(share * seconds)
    ended = command.kill()
    killed = ended.code < 0
    fault = content.version_fault(home, worlds.version(start.home))
    if compare and not fault:
        fault = worlds.repaired(home, start)
    return Kill(ended.last if killed else stage, share, start.name, killed, fault, time.perf_counter() - began)


def _moment(timeline: Timeline, rng: random.Random) -> tuple[int, float]:
    if rng.random() < 0.5:
        return rng.randrange(len(timeline)), rng.random()
    left = rng.uniform(0, sum(seconds for _, seconds in timeline))
    for index, (_, seconds) in enumerate(timeline):
        if left <= seconds:
            return index, left / seconds if seconds else 0.0
        left -= seconds
    return len(timeline) - 1, 1.0
