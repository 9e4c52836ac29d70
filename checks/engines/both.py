"""Two rounds on both engines: everything whole, then the one ejercicio that changed.

Belongs here: the order of building and comparing. Does not belong here: either of them (``builds``, ``equal``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.engines import builds
from checks.engines.builds import Build
from checks.engines.equal import Compared, compare
from checks.engines.world import World, change_a_year

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class Round:
    """What was built on both, and every table compared."""

    what: str
    anew: tuple[int, ...]
    duckdb: Build
    spark: Build
    compared: list[Compared]

    @property
    def is_equal(self) -> bool:
        """Whether all was built, all tests passed, and no row differs."""
        return not (self.duckdb.failed or self.spark.failed or any(table.differs for table in self.compared))


def both_engines(world: World, session: SparkSession) -> list[Round]:
    """Build whole and compare; change one ejercicio's raw, build that anew and compare again."""
    first = _round(world, session, "whole")
    change_a_year(world)
    return [first, _round(world, session, "one ejercicio anew")]


def _round(world: World, session: SparkSession, what: str) -> Round:
    todo = builds.plan(world)
    on_duckdb = builds.on_duckdb(world, todo)
    on_spark = builds.on_spark(world, todo, session)
    compared = compare(world.warehouse, session, world.folder / "built")
    done = Round(what, todo.changed, on_duckdb, on_spark, compared)
    builds.built(world, todo)
    return done
