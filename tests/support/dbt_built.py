"""Running dbt on a warehouse in this process, and asking the marts afterwards.

Does not belong here: what the warehouse holds (``dbt_world``) and any expectation about it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.settings import RAIZ

PROJECT = RAIZ / "dbt"


@dataclass(frozen=True)
class Built:
    """A warehouse that dbt has been run on."""

    path: Path
    target: Path
    statuses: dict[str, str]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query, with the marts in the search path."""
        with duckdb.connect(str(self.path), read_only=True) as con:
            con.execute("set schema 'marts'")
            return con.execute(sql).fetchall()


def run_dbt(warehouse: Path, target: Path, args: Sequence[str]) -> dict[str, str]:
    """Run dbt in this process; the status of each node by its name."""
    from dbt.cli.main import dbtRunner

    os.environ.update(AVANCE_WAREHOUSE=str(warehouse), DO_NOT_TRACK="1")
    where = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(target)]
    result = dbtRunner().invoke(["--quiet", "--log-path", str(target / "logs"), *args, *where])
    if result.exception:
        raise result.exception
    return {r.node.name: str(r.status) for r in getattr(result.result, "results", [])}
