"""The resources: the writer lock that a run holds, and the dbt command.

Not here: how the lock works (``warehouse.lock``) or what dbt builds (``dbt_assets``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import metadata
from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource
from packaging.version import Version

from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.lock import writer_lock

POOL = "duckdb"
"""What everything that writes to the warehouse queues for: one at a time."""


class Almacen(dg.ConfigurableResource):
    """The right to write to this home's warehouse, held from a run's first step to its last.

    Pools bind queued runs only; the lock also binds a run that somebody starts by hand.
    """

    espera_segundos: float = 600.0

    @property
    def settings(self) -> Settings:
        """Where the warehouse and its neighbours are."""
        return get_settings()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Almacen]:
        """Hold the lock while the run lasts; another run waits, then fails naming the holder."""
        with writer_lock(self.settings.home, wait=self.espera_segundos):
            yield self


class DbtInstalado(DbtCliResource):
    """The dbt of this environment, whose version is read from its metadata.

    The base class asks the command instead, once a process: five seconds of ``dbt --version``.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(metadata.version("dbt-core"))


def dbt_command() -> str:
    """The dbt executable beside this Python: on no PATH when ``.venv/bin/avance`` is called directly."""
    beside = Path(sys.executable).parent / "dbt"
    return str(beside) if beside.exists() else "dbt"
