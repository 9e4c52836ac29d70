"""Settings of homes that tests back up. Not here: what is in them."""

from __future__ import annotations

from pathlib import Path

from dagster_project.settings import Settings, get_settings


def settings_of(home: Path, seeds: Path) -> Settings:
    return get_settings({"AVANCE_HOME": str(home), "AVANCE_SEEDS": str(seeds)})
