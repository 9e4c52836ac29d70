"""What the load asks of whatever runs its tasks: a ``map``.

Belongs here: the shape of the seam and its plainest form. Does not belong here: processes (``workers``) and what a task
is (``files.parse_ahead``, ``years.pools_ahead``).

A task is a value that can be pickled and holds paths; its function can be imported, and has no connection, no clock
and no global that matters. It leaves files whose names follow from its input (``parts``) and answers with next to
nothing. So the builtin ``map`` is a ``Map``, and what Spark, Dask or Ray call theirs needs a line (docs/scale.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lost:
    """Instead of an answer: every process that did the task ended with it, and how the last one did."""

    razon: str


class Map(Protocol):
    """Answers in the order of the tasks; an exception of a task is raised where its answer would come."""

    def __call__(self, function: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R | Lost]:
        """The answer of each task, or that it was lost."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a load is spread: over which ``map``, and in which folder inputs and results stand.

    Less than ``from_bytes`` of new files, or than ``from_pages`` to settle, are done without.
    """

    map: Map
    folder: Path
    from_bytes: int = 0
    from_pages: int = 0
