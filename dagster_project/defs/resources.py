"""What a run is given: the right to write to the warehouse, and the logger of ``avance run``.

Not here: how the lock works (``warehouse.db.lock``), and what is shown or written of a log (``command.progress``).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from dagster_project.settings import RUN_LOGGER, Settings, get_settings
from dagster_project.warehouse.db.lock import writer_lock

POOL = "duckdb"
"""What everything that writes to the warehouse queues for: one at a time."""


class Warehouse(dg.ConfigurableResource):
    """The right to write to this home's warehouse, held from a run's first step to its last.

    Pools bind queued runs only; the lock also binds a run that somebody starts by hand.
    """

    wait_seconds: float = 600.0

    @property
    def settings(self) -> Settings:
        """Where the warehouse and its neighbours are."""
        return get_settings()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Warehouse]:
        """Hold the lock while the run lasts; another run waits, then fails naming the holder."""
        what = f"run {context.run.run_id} of Dagster" if context.run else None
        with writer_lock(self.settings.home, wait=self.wait_seconds, what=what):
            yield self


@dg.logger({}, description="Entrega cada evento de la corrida a quien la mira desde la terminal.")
def run_logger(context: dg.InitLoggerContext) -> logging.Logger:
    """The logger that ``avance run`` has put handlers on; runs started from the web UI log where Dagster logs."""
    logger = logging.getLogger(RUN_LOGGER)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger
