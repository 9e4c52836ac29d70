"""What ``dagster dev`` and the ``avance`` command load: everything in ``defs/``, nothing else."""

from __future__ import annotations

import warnings

import dagster as dg

# Of Dagster's own about code references: beta, and worth a link from each asset to its code.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

from dagster_project.defs import automation, checks, freshness, housekeeping, jobs, notices, resources  # noqa: E402
from dagster_project.defs.assets import dbt, published, raw  # noqa: E402

ASSETS = [raw.raw_extractos, raw.raw_ejercicios, dbt.dbt_models, published.published_version, published.published_views]

defs = dg.Definitions(
    assets=dg.with_source_code_references(ASSETS),
    asset_checks=[*checks.ASSET_CHECKS, *freshness.FRESHNESS_CHECKS],
    jobs=[automation.load_job, *jobs.JOBS, housekeeping.tidy_job],
    schedules=[automation.daily_load, housekeeping.weekly_tidy],
    sensors=[automation.inbox_sensor, *notices.SENSORS],
    resources={"warehouse": resources.Warehouse()},
    executor=dg.in_process_executor,
    loggers={"avance": resources.run_logger},
)
