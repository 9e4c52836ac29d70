"""How a step fails on what is known: with the command's sentence, and again only where the warehouse was busy.

Belongs here: known errors as Dagster's ``Failure``. Does not belong here: what is known of an error
(``notices.plain_failures``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from dagster_project.defs.resources import Warehouse
from dagster_project.notices.plain_failures import OF_BUSY, PlainFailure, plain_failure
from dagster_project.settings import Settings
from dagster_project.warehouse.db.lock import WarehouseBusyError

TRIES = 4
"""How often a step that found the warehouse busy is tried again, each time after twice the pause."""

FIRST_PAUSE = 30.0


@contextmanager
def at_work(
    context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext, warehouse: Warehouse
) -> Iterator[Settings]:
    """The settings of a step that holds the right to write; what goes wrong inside is said plainly.

    Raises:
        dagster.RetryRequested: another process writes to the warehouse; the step is tried again.
        dagster.Failure: a known error, never tried again by itself: bad data stays what it is.
    """
    try:
        warehouse.take(context.run)
        yield warehouse.settings
    except WarehouseBusyError as busy:
        if context.retry_number >= TRIES:
            raise failure(PlainFailure(str(busy), OF_BUSY)) from busy
        context.log.info(str(busy))
        raise dg.RetryRequested(TRIES, FIRST_PAUSE * 2**context.retry_number) from busy
    except Exception as error:
        known = None if isinstance(error, dg.Failure) else plain_failure(warehouse.settings, error)
        if known is None:
            raise
        raise failure(known) from error


def failure(known: PlainFailure) -> dg.Failure:
    """A known error as Dagster shows it: the sentence, and beneath it file, line and what to do."""
    metadata = {
        **({"archivo": dg.MetadataValue.path(str(known.archivo))} if known.archivo else {}),
        **({"linea": dg.MetadataValue.int(known.linea)} if known.linea else {}),
        "que_hacer": dg.MetadataValue.text(known.que_hacer),
    }
    return dg.Failure(known.dicho, metadata=metadata, allow_retries=False)
