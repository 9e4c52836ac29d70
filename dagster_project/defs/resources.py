"""What a run is given: the right to write to the warehouse, and the logger of ``avance run``.

Not here: how the lock works (``warehouse.db.lock``), and what is shown or written of a log (``command.progress``).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import dagster as dg
from pydantic import PrivateAttr

from dagster_project.settings import RUN_LOGGER, Settings, get_settings
from dagster_project.warehouse.db.lock import writer_lock

POOL = "duckdb"
"""What everything that writes to the warehouse queues for: one at a time."""


class Warehouse(dg.ConfigurableResource):
    """The right to write to this home's warehouse, held from a run's first step to its last.

    Pools bind queued runs only; the lock also binds a run that somebody starts by hand. A step takes it, not the
    start of a run: what a step says of it stands in the run's events, and a step can be tried again.
    """

    wait_seconds: float = 60.0
    _held: ExitStack = PrivateAttr(default_factory=ExitStack)
    _is_taken: bool = PrivateAttr(default=False)

    @property
    def settings(self) -> Settings:
        """Where the warehouse and its neighbours are."""
        return get_settings()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Warehouse]:
        """Give back at the end of the run what its steps took."""
        with ExitStack() as self._held:
            self._is_taken = False
            yield self

    def take(self, run: dg.DagsterRun) -> None:
        """Take the lock where this run has not taken it yet, waiting for another holder to end.

        Raises:
            WarehouseBusyError: another process holds it still; the message names it.
        """
        if not self._is_taken:
            what = f"run {run.run_id} of Dagster"
            self._held.enter_context(writer_lock(self.settings.home, wait=self.wait_seconds, what=what))
            self._is_taken = True


@dg.logger({}, description="Entrega cada evento de la corrida a quien la mira desde la terminal.")
def run_logger(context: dg.InitLoggerContext) -> logging.Logger:
    """The logger that ``avance run`` has put handlers on; runs started from the web UI log where Dagster logs."""
    logger = logging.getLogger(RUN_LOGGER)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger
