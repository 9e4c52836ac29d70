"""The logger that ``avance run`` uses instead of Dagster's console: records go to listeners.

Not here: what the listeners show or write (``command.progress``). Runs started from the web
UI do not use it; they log where Dagster logs.
"""

from __future__ import annotations

import logging

import dagster as dg

from dagster_project.command.progress import RUN_LOGGER


@dg.logger({}, description="Entrega cada evento de la corrida a quien la mira desde la terminal.")
def bitacora(context: dg.InitLoggerContext) -> logging.Logger:
    """The Python logger that whoever runs in this process has put handlers on."""
    logger = logging.getLogger(RUN_LOGGER)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger
