"""Old records go, the room comes back, and what people still look at stays."""

import resource
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.dagster_internals import instance_of, run_files
from dagster_project.defs import records
from dagster_project.defs.records import DAY, Retention, outdated, tidy

RUNS = 6


@dg.asset
def once() -> None:
    """Made in the first run alone."""


@dg.asset
def each() -> None:
    """Made in every run."""


@dg.asset_check(asset=each)
def fits() -> dg.AssetCheckResult:
    """Asked in every run."""
    return dg.AssetCheckResult(passed=True, metadata={"muestra": "x" * 4000})


@pytest.fixture(scope="module")
def tidied(tmp_path_factory):
    """A home after six runs, two of which stay by number, tidied twice: instance, folder, runs, what was freed."""
    home: Path = tmp_path_factory.mktemp("dagster")
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    instance = instance_of(home, "dagster.yaml", own_storage=True)
    runs = []
    for number in range(RUNS):
        made = [once, each] if number == 0 else [each]
        runs.append(dg.materialize([*made, fits], instance=instance).run_id)
    keep = Retention(runs=2, checked_runs=3)
    freed = tidy(instance, home, keep, time.time())
    again = tidy(instance, home, keep, time.time())
    yield instance, home, runs, freed, again
    instance.dispose()


def test_the_newest_and_what_last_made_an_asset_stay(tidied) -> None:
    instance, _, runs, freed, again = tidied
    left = {run.run_id for run in instance.get_runs()}
    assert left == {runs[0], *runs[-2:]}
    assert (freed.runs, freed.kept, again.runs, again.kept) == (3, 3, 0, 3)


def test_each_asset_keeps_its_last_materialization(tidied) -> None:
    instance, _, runs, _, _ = tidied
    for key, run_id in ((once.key, runs[0]), (each.key, runs[-1])):
        event = instance.get_latest_materialization_event(key)
        assert event is not None
        assert event.run_id == run_id
        assert instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)


def test_the_history_of_a_check_is_as_long_as_asked_for(tidied) -> None:
    """Three runs that checked, though only two of them stay on record."""
    instance, _, runs, _, _ = tidied
    history = instance.event_log_storage.get_asset_check_execution_history(fits.check_key, limit=99)
    assert [record.run_id for record in history] == runs[:-4:-1]


def test_the_room_comes_back(tidied) -> None:
    """Files of runs that went are gone; no file of Dagster's holds empty pages."""
    instance, home, runs, freed, _ = tidied
    assert set(run_files(instance)) == {runs[0], *runs[-2:]}
    assert freed.after < freed.before * 0.75
    assert freed.in_use == ()
    with closing(sqlite3.connect(next(home.rglob("index.db")))) as index:
        assert index.execute("pragma freelist_count").fetchone() == (0,)


def test_a_run_goes_on_after_tidying(tidied) -> None:
    instance, _, _, _, _ = tidied
    assert dg.materialize([each, fits], instance=instance).success


@dg.op
def ends(context: dg.OpExecutionContext) -> None:
    """Fails where its run is told to."""
    if "falla" in context.run.tags:
        raise dg.Failure("as told")


@dg.job
def ending() -> None:
    ends()


def test_failures_stay_ninety_days_and_runs_under_way_for_ever() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        failed = ending.execute_in_process(instance=instance, tags={"falla": "1"}, raise_on_error=False).run_id
        under_way = instance.create_run_for_job(ending).run_id
        good = [ending.execute_in_process(instance=instance).run_id for _ in range(2)]
        records, keep, now = instance.get_run_records(), Retention(runs=1), time.time()
        assert outdated(records, set(), keep, now) == [good[0]]
        assert outdated(records, set(), keep, now + 91 * DAY) == [good[0], failed]
        assert outdated(records, {good[0]}, keep, now) == []
        assert outdated(records, set(), Retention(runs=1, days=1), now) == []
        assert under_way not in outdated(records, set(), Retention(runs=0), now + 999 * DAY)


def test_a_file_that_is_busy_waits_and_one_without_room_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``vacuum`` writes a copy: where there is no room for it, nobody has the file in use."""
    file = tmp_path / "index.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("create table t as select randomblob(1000000) as x")
        monkeypatch.setattr(records, "BUSY_SECONDS", 0)
        connection.execute("begin immediate")
        assert not records._vacuum(file)
        connection.execute("rollback")
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(sqlite3.OperationalError, match="I/O"):
            records._vacuum(file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert records._vacuum(file)
