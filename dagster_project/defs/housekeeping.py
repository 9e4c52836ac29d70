"""What keeps a home small over the years: the job and the schedule that let Dagster's records of old runs go.

Not here: which go and how (``records``), the same by hand (``command.tidy``).
"""

import time

import dagster as dg

from dagster_project.defs.records import Retention, tidy
from dagster_project.settings import get_settings, time_zone
from dagster_project.warehouse.files.looked_pages import let_go

KEEP = Retention()


@dg.op(name="ordenar", description="Retira el registro de las corridas viejas y devuelve su espacio al disco.")
def tidy_op(context: dg.OpExecutionContext) -> None:
    """Tidy the home that this run is of."""
    freed = tidy(context.instance, get_settings().dagster_home, KEEP, time.time())
    left = let_go(get_settings().originals, time.time())
    context.log.info(f"{freed.runs} corridas retiradas, {freed.kept} quedan")
    context.add_output_metadata(
        {
            "retiradas": freed.runs,
            "quedan": freed.kept,
            "mb_antes": round(freed.before / 1e6, 1),
            "mb_despues": round(freed.after / 1e6, 1),
            "documentos_a_medias": left,
            "archivos_en_uso": ", ".join(freed.in_use) or "ninguno",
        }
    )


@dg.job(
    name="ordenar_la_casa",
    description=f"Retira el registro de las corridas, salvo las últimas {KEEP.runs}, las que hicieron lo que hoy está "
    f"en pie y las fallidas de {KEEP.failure_days:.0f} días. No toca datos ni versiones.",
    executor_def=dg.in_process_executor,
)
def tidy_job() -> None:
    """Tidy, and nothing else."""
    tidy_op()


weekly_tidy = dg.ScheduleDefinition(
    name="orden_semanal",
    job=tidy_job,
    cron_schedule="0 5 * * 0",
    execution_timezone=time_zone(),
    # Of its own accord: it reads and changes no data, and a home that nobody tidies fills the disk.
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Ordena la casa cada domingo a las 05:00.",
)
