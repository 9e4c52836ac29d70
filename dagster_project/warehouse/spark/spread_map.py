"""A load over Spark: its ``map`` for the seam, when it is worth Spark's start, and what is left once it ends.

Belongs here: that. Does not belong here: what a task does (``files.parse_ahead``, ``years.pools_ahead``).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster_project.warehouse.spark.session import spark_session
from dagster_project.warehouse.spread.processes import FROM_BYTES, FROM_PAGES
from dagster_project.warehouse.spread.seam import Lost, Map, R, Spread, T

DIED = "Python worker exited unexpectedly"
"""What Spark says of a task whose process ended (``BasePythonRunner``)."""


def spark_map(folder: Path) -> Map:
    """The ``map`` of this process's Spark session, which starts with the first tasks; each is a task of Spark's.

    Spark does one again whose process died, as often as ``spark.task.maxFailures`` says, and then ends the job: what is
    left is done one by one, and the task that no process lives through is ``Lost``.
    """

    def done(function: Callable[[T], R], tasks: list[T]) -> list[R]:
        found: list[R] = spark_session(folder).sparkContext.parallelize(tasks, len(tasks)).map(function).collect()
        return found

    def alone(function: Callable[[T], R], task: T) -> R | Lost:
        try:
            return done(function, [task])[0]
        except Exception as error:
            if DIED not in str(error):
                raise
            return Lost("every Python process that Spark gave this task ended with it")

    def over_tasks(function: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R | Lost]:
        if not (given := list(tasks)):
            return iter(())
        try:
            return iter(done(function, given))
        except Exception as error:
            if DIED not in str(error):
                raise
            return (alone(function, task) for task in given)

    return over_tasks


@contextmanager
def over_spark(spark: Path, folder: Path) -> Iterator[Spread]:
    """How a load is spread over Spark, whose own files stand below ``spark``; its machines must all see ``folder``.

    The folder goes where the load ends well, as ``over_processes`` has it.
    """
    yield Spread(spark_map(spark), folder, FROM_BYTES, FROM_PAGES)
    shutil.rmtree(folder, ignore_errors=True)
