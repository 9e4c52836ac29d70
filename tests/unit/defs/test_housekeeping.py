"""The weekly job tidies the home it runs in."""

from __future__ import annotations

import os

from dagster_project.command.dagster_instance import open_instance
from dagster_project.defs.housekeeping import tidy_job
from dagster_project.settings import get_settings
from dagster_project.warehouse.files.looked_pages import FOLDER


def test_the_job_tidies_the_home_it_runs_in(tmp_path, monkeypatch) -> None:
    """With its own run going on; twice in a row. Pages that nobody came back for go with the records."""
    old = tmp_path / "home" / "originals" / FOLDER / "aa"
    old.mkdir(parents=True)
    (tmp_path / "home").chmod(0o700)
    os.utime(old, (0, 0))
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    with open_instance(get_settings()) as instance:
        for _ in range(2):
            assert tidy_job.execute_in_process(instance=instance).success
            assert not old.exists()
