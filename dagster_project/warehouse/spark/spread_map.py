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
from dagster_project.warehouse.spread.seam import Map, R, Spread, T


def spark_map(folder: Path) -> Map:
    """The ``map`` of this process's Spark session, which starts with the first tasks; each is a task of Spark's.

    Spark does one again whose process died, as often as ``spark.task.maxFailures`` says.
    """

    def over_tasks(function: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R]:
        if not (given := list(tasks)):
            return iter(())
        return iter(spark_session(folder).sparkContext.parallelize(given, len(given)).map(function).collect())

    return over_tasks


@contextmanager
def over_spark(spark: Path, folder: Path) -> Iterator[Spread]:
    """How a load is spread over Spark, whose own files stand below ``spark``; its machines must all see ``folder``.

    The folder goes where the load ends well, as ``over_processes`` has it.
    """
    yield Spread(spark_map(spark), folder, FROM_BYTES, FROM_PAGES)
    shutil.rmtree(folder, ignore_errors=True)
