"""Old records go, and nothing that somebody still looks at."""

from __future__ import annotations

import dagster as dg
import pytest

from dagster_project.command.dagster_instance import open_instance
from dagster_project.defs.housekeeping import tidy, tidy_job
from dagster_project.settings import get_settings


@dg.asset
def tabla(context) -> dg.MaterializeResult:
    if context.run.tags.get("falla"):
        raise dg.Failure("no")
    return dg.MaterializeResult(data_version=dg.DataVersion(context.run.run_id), metadata={"relleno": "x" * 20_000})


@dg.asset
def sola() -> None:
    """Made once, long ago."""


@dg.asset_check(asset=tabla)
def bien() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True, metadata={"relleno": "x" * 20_000})


DEFS = dg.Definitions(assets=[tabla, sola], asset_checks=[bien])


@pytest.fixture
def settings(tmp_path):
    return get_settings({"AVANCE_HOME": str(tmp_path / "home")})


def _runs(instance, count: int, *names: str, tags=None) -> list[str]:
    job = DEFS.resolve_implicit_global_asset_job_def()
    keys = [dg.AssetKey(name) for name in names]
    return [
        job.execute_in_process(instance=instance, asset_selection=keys, raise_on_error=False, tags=tags).run_id
        for _ in range(count)
    ]


def test_what_nobody_asks_for_goes_and_what_stands_stays(settings) -> None:
    """The newest three, the failure and what made the other table; of the rest, neither file nor check."""
    with open_instance(settings) as instance:
        (first,) = _runs(instance, 1, "sola")
        (failed,) = _runs(instance, 1, "tabla", tags={"falla": "sí"})
        old, new = _runs(instance, 2, "tabla"), _runs(instance, 3, "tabla")
        freed = tidy(instance, settings, days=0, newest=3)
        assert {run.run_id for run in instance.get_runs()} == {first, failed, *new}
        assert (freed.runs, freed.kept) == (2, 5)
        assert freed.after < freed.before
        event = instance.get_latest_materialization_event(dg.AssetKey("tabla"))
        assert event is not None
        assert event.run_id == new[-1]
        assert event.asset_materialization.tags["dagster/data_version"] == new[-1]
        key = dg.AssetCheckKey(dg.AssetKey("tabla"), "bien")
        history = instance.event_log_storage.get_asset_check_execution_history(key, limit=100)
        assert {record.run_id for record in history} == {failed, *new}
        left = {path.name.partition(".")[0] for path in (settings.dagster_home / "history" / "runs").iterdir()}
        assert left.isdisjoint(old)


def test_a_young_run_stays(settings) -> None:
    """However many there are."""
    with open_instance(settings) as instance:
        _runs(instance, 2, "tabla")
        assert tidy(instance, settings, days=1, newest=0).runs == 0


def test_the_job_tidies_the_home_it_runs_in(settings, monkeypatch) -> None:
    """With its own run going on; twice in a row."""
    monkeypatch.setenv("AVANCE_HOME", str(settings.home))
    with open_instance(settings) as instance:
        for _ in range(2):
            assert tidy_job.execute_in_process(instance=instance).success
