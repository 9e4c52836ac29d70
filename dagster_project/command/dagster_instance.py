"""The Dagster instance of a home: its configuration file, and opening it.

Not here: what runs on it (``run``), and serving it (``ui``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dagster_project.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

CONFIG_NAME = "dagster.yaml"
CONFIG = """\
# Written by avance where it is missing; edit it freely, it is never overwritten.
telemetry:
  enabled: false
nux:
  enabled: false

# One run at a time: DuckDB takes one writer. The writer lock binds runs started by hand too.
concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    # granularity: run would let simultaneous runs overlap in spite of the limit.
    granularity: op
    default_limit: 1

# A run that never began, or ended without giving back its place, must not hold up the next.
run_monitoring:
  enabled: true
  free_slots_after_run_end_seconds: 60
"""


def prepare_dagster_home(settings: Settings) -> Path:
    """Make the Dagster home with its configuration, and point ``DAGSTER_HOME`` at it."""
    home = settings.dagster_home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = home / CONFIG_NAME
    if not config.exists():
        config.write_text(CONFIG, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    # Of dagster, dbt, Great Expectations and others: no tool sends anything anywhere.
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    return home


def open_instance(settings: Settings) -> DagsterInstance:
    """Open the persistent instance of this home, so that the web UI shows what ran here."""
    import dagster as dg
    from dagster._core.instance.ref import InstanceRef

    home = prepare_dagster_home(settings)
    ref = InstanceRef.from_dir(str(home), config_filename=CONFIG_NAME, overrides=_records(home))
    return dg.DagsterInstance.from_ref(ref)


def _records(home: Path) -> dict[str, Any]:
    """Our storage of Dagster's records, unless the configuration says where they are to be."""
    config = yaml.safe_load((home / CONFIG_NAME).read_text(encoding="utf-8")) or {}
    if any("storage" in name for name in config):
        return {}
    ours = {"module": "dagster_project.command.run_records", "class": "HomeStorage", "config": {"base_dir": str(home)}}
    return {"storage": {"custom": ours}}
