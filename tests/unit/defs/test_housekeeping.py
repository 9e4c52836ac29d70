"""The weekly job tidies the home it runs in."""

from __future__ import annotations

from dagster_project.command.dagster_instance import open_instance
from dagster_project.defs.housekeeping import tidy_job
from dagster_project.settings import get_settings


def test_the_job_tidies_the_home_it_runs_in(tmp_path, monkeypatch) -> None:
    """With its own run going on; twice in a row."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    with open_instance(get_settings()) as instance:
        for _ in range(2):
            assert tidy_job.execute_in_process(instance=instance).success
