"""When the load runs by the clock. Stopped until somebody turns it on.

Not here: what it loads (``jobs``), and files that arrive in between (``sensors``).
"""

from __future__ import annotations

import dagster as dg

from dagster_project.defs.jobs import carga
from dagster_project.defs.partitions import ZONA
from dagster_project.defs.run_request import carga_completa


@dg.schedule(
    name="carga_diaria",
    job=carga,
    # Units report once a quarter, but on no fixed day; a load that finds nothing new is cheap.
    cron_schedule="30 6 * * *",
    execution_timezone=ZONA,
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Carga completa cada día a las 06:30 de Tijuana; detenida hasta que se encienda.",
)
def carga_diaria(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the whole load, once a tick."""
    return carga_completa(run_key=context.scheduled_execution_time.isoformat())
