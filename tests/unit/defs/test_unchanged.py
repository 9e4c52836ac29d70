"""The clock asks for no load that would only confirm what is published, and says why."""

from __future__ import annotations

import dagster as dg
import pytest

from dagster_project.command import skip_unchanged
from dagster_project.defs.automation import daily_load
from dagster_project.defs.inbox_watch import LEFT_TAG
from dagster_project.defs.unchanged import INPUTS_TAG, inputs_hash
from dagster_project.notices.run_facts import RunFacts
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.versions import publish


@dg.job
def carga():
    """Stands for the load."""


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A home with a published version."""
    for name in ("home", "extracts"):
        (tmp_path / name).mkdir(mode=0o700)
        monkeypatch.setenv(f"AVANCE_{name.upper()}", str(tmp_path / name))
    found = get_settings()
    with open_warehouse(found.warehouse) as con:
        con.execute("create schema marts; create table marts.dim_unidad as select 1 as unidad")
    publish(found.warehouse, found.published, "corrida", {})
    return found


@pytest.fixture
def instance(tmp_path):
    (tmp_path / "registro").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "registro")) as instance:
        yield instance


def _tick(instance) -> dg.RunRequest | dg.SkipReason:
    return daily_load(dg.build_schedule_context(instance=instance))


def _ran(instance, status=dg.DagsterRunStatus.SUCCESS, **tags) -> None:
    instance.create_run_for_job(carga, tags=tags, status=status)


def test_after_a_good_run_of_the_command_nothing_is_asked_until_something_changes(settings, instance):
    """A catalogue, an extract or the warehouse: each is a change; a changed published file is one too."""
    (version,) = [path.name for path in settings.published.iterdir() if path.is_dir()]
    facts = RunFacts("corrida", True, publication={"version": version})
    skip_unchanged.remember(settings, inputs_hash(settings, None), facts, {})
    said = _tick(instance)
    assert isinstance(said, dg.SkipReason)
    assert f"{version} sigue en pie" in (said.skip_message or "")
    (settings.extracts / "nuevo.txt").write_text("algo", encoding="utf-8")
    request = _tick(instance)
    assert isinstance(request, dg.RunRequest)
    assert request.tags[INPUTS_TAG] == inputs_hash(settings, None)


@pytest.mark.parametrize(
    ("status", "more", "asks"),
    [
        (dg.DagsterRunStatus.SUCCESS, {}, False),
        (dg.DagsterRunStatus.FAILURE, {}, True),
        (dg.DagsterRunStatus.SUCCESS, {LEFT_TAG: "1"}, True),
    ],
    ids=["all loaded", "failed", "a file was left for the next"],
)
def test_after_a_load_of_the_clock(settings, instance, status, more, asks):
    """What failed, and what left a file, is asked for again."""
    _ran(instance, status, **{INPUTS_TAG: inputs_hash(settings, None), **more})
    assert isinstance(_tick(instance), dg.RunRequest) is asks


def test_a_home_that_has_published_nothing_is_loaded(tmp_path, monkeypatch, instance):
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "nueva"))
    assert isinstance(_tick(instance), dg.RunRequest)
