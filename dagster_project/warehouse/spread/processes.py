"""A load over processes of this machine: when they are worth their start, and what is left once it ends.

Belongs here: the choice between them and the plain way. Does not belong here: the processes (``workers``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster_project.warehouse.spread.seam import Spread
from dagster_project.warehouse.spread.workers import Workers

FROM_BYTES = 4 * 2**20
FROM_PAGES = 600
"""Some 4,000 rows: at 4.7 ms each 19 s of reading, against 4 to 5 s for the start of two (docs/scale.md)."""

STEPS = (
    "dagster_project.warehouse.files.parse_ahead",
    "dagster_project.warehouse.years.pools_ahead",
    "dagster_project.tmm_f004.settle.pages",
    "dagster_project.tmm_f004.read.form",
    "dagster_project.tmm_f004.reconcile.unit_year",
)
"""Modules that every process needs."""


@contextmanager
def over_processes(count: int, folder: Path) -> Iterator[Spread | None]:
    """How a load is spread over ``count`` processes; None for one, which is the load's own.

    The folder goes where the load ends well, its rows being in the warehouse; where not, the next takes what stands.
    """
    if count == 1:
        yield None
    else:
        workers = Workers(count, STEPS)
        try:
            yield Spread(workers, folder, FROM_BYTES, FROM_PAGES)
        finally:
            workers.close()
    shutil.rmtree(folder, ignore_errors=True)
