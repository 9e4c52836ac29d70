"""The one resource: the right to write to the warehouse.

Not here: how the lock works (``warehouse.lock``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.db.lock import writer_lock

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
        que = f"run {context.run_id} of Dagster" if context.run_id else None
        with writer_lock(self.settings.home, wait=self.espera_segundos, what=que):
            yield self
