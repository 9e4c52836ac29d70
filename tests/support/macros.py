"""The macros of the dbt project as either engine is given them, without dbt; and both engines asked the same.

Belongs here: rendering and asking. Does not belong here: which macros differ (``tests/spark``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb
import jinja2

from dagster_project.settings import RAIZ

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = list[tuple[Any, ...]]


def rendered(sql: str, engine: str, **given: Any) -> str:
    """A query that calls macros, as dbt would give it to ``duckdb`` or ``spark``; ``given`` is what else dbt knows."""
    return (_environment(engine, given) if given else _plain(engine)).from_string(sql).render()


@cache
def _plain(engine: str) -> jinja2.Environment:
    return _environment(engine, {})


def _environment(engine: str, given: Mapping[str, Any]) -> jinja2.Environment:
    made = jinja2.Environment(extensions=["jinja2.ext.do"])
    made.globals |= {"adapter": _Adapter(made, engine), "return": lambda value: value, **given}
    files = sorted(Path(RAIZ, "dbt", "macros").glob("*.sql"))
    # As one: a macro finds those of the other files.
    module = made.from_string("".join(path.read_text(encoding="utf-8") for path in files)).module
    made.globals |= {name: value for name, value in vars(module).items() if not name.startswith("_")}
    return made


@dataclass(frozen=True)
class _Adapter:
    made: jinja2.Environment
    engine: str

    def dispatch(self, macro: str) -> Callable[..., str]:
        """The engine's own macro, else the default."""
        own = self.made.globals.get(f"{self.engine}__{macro}")
        return own or self.made.globals[f"default__{macro}"]


KINDS = {int: "bigint", float: "double", str: "varchar", Decimal: "decimal(18, 4)", list: "varchar[]"}


def _kind(values: Sequence[Any]) -> str:
    return KINDS[type(next(value for value in values if value is not None))]


@dataclass(frozen=True)
class Both:
    """The two engines, with the same rows in table ``t``."""

    con: duckdb.DuckDBPyConnection
    session: SparkSession
    folder: Path

    def hold(self, **columns: Sequence[Any]) -> None:
        """Let ``t`` be these columns, and ``i`` the number of the row."""
        kinds = ", ".join(f"{name} {_kind(values)}" for name, values in columns.items())
        self.con.execute(f"create or replace table t (i integer, {kinds})")
        rows = [[number, *row] for number, row in enumerate(zip(*columns.values(), strict=True))]
        self.con.executemany(f"insert into t values ({', '.join('?' * (len(columns) + 1))})", rows)
        file = self.folder / f"{uuid4().hex}.parquet"
        self.con.execute(f"copy t to '{file}' (format parquet)")
        self.session.read.parquet(str(file)).createOrReplaceTempView("t")

    def duckdb(self, sql: str) -> Rows:
        """What DuckDB answers."""
        return self.con.execute(rendered(sql, "duckdb")).fetchall()

    def spark(self, sql: str) -> Rows:
        """What Spark answers."""
        return [tuple(row) for row in self.session.sql(rendered(sql, "spark")).collect()]

    def agree(self, sql: str) -> Rows:
        """The answer of both; fails where it is not the same."""
        ours, theirs = self.duckdb(sql), self.spark(sql)
        assert ours == theirs
        return ours
