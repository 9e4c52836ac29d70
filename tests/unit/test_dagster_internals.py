"""Dagster's records of a home: written by the command, read by Dagster's own storage, placed where it says."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from dagster_project.command.dagster_instance import open_instance, prepare_dagster_home
from dagster_project.dagster_internals import EventRecords, follow_location
from dagster_project.settings import Settings, get_settings
from tests.support.sensor_states import sensor_state

KEY = dg.AssetKey("prueba")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home of its own; what opening an instance puts in the environment is taken back."""
    for name in ("DAGSTER_HOME", "DO_NOT_TRACK", "GX_ANALYTICS_ENABLED"):
        monkeypatch.setenv(name, "")
    return get_settings({"AVANCE_HOME": str(tmp_path / "home")})


def _rows(instance: dg.DagsterInstance) -> list[int]:
    found = instance.fetch_materializations(KEY, limit=10).records
    return sorted(int(str(r.asset_materialization.metadata["filas"].value)) for r in found if r.asset_materialization)


def _run(instance: dg.DagsterInstance, rows: int) -> None:
    @dg.asset(key=KEY)
    def prueba() -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"filas": rows})

    assert dg.materialize([prueba], instance=instance).success


def test_dagsters_own_storage_reads_what_the_command_wrote_and_the_other_way_round(settings: Settings) -> None:
    """The web UI and the command keep one record, whoever opens it, also both at a time."""
    with open_instance(settings) as ours:
        assert isinstance(ours.event_log_storage, EventRecords)
        _run(ours, 1)
        with dg.DagsterInstance.from_config(str(settings.dagster_home)) as theirs:
            assert not isinstance(theirs.event_log_storage, EventRecords)
            assert _rows(theirs) == [1]
            _run(theirs, 2)
            _run(ours, 3)
            assert _rows(ours) == _rows(theirs) == [1, 2, 3]
            assert len(theirs.get_runs()) == len(ours.get_runs()) == 3


def test_a_run_leaves_two_files_open_at_most(settings: Settings) -> None:
    """The index and the run at hand: a long-lived process must not gather one a run."""
    with open_instance(settings) as ours:
        records = ours.event_log_storage
        assert isinstance(records, EventRecords)
        for rows in range(3):
            _run(ours, rows)
        assert len(records._engines) == 2


def test_records_stay_where_the_configuration_puts_them(settings: Settings, tmp_path: Path) -> None:
    """Whoever writes another storage into dagster.yaml keeps it."""
    config = prepare_dagster_home(settings) / "dagster.yaml"
    elsewhere = tmp_path / "elsewhere"
    config.write_text(f"storage:\n  sqlite:\n    base_dir: {elsewhere}\n", encoding="utf-8")
    with open_instance(settings) as instance:
        assert not isinstance(instance.event_log_storage, EventRecords)
        _run(instance, 1)
    assert (elsewhere / "history" / "runs" / "index.db").exists()


def test_the_code_server_is_asked_as_often_as_we_say(monkeypatch):
    """Dagster reads the interval when it begins to watch."""
    import threading

    from dagster._daemon import controller
    from dagster._grpc import server_watcher
    from dagster._grpc.client import DagsterGrpcClient

    from dagster_project.dagster_internals import look_at_code_every

    class Client(DagsterGrpcClient):
        def __init__(self):
            pass

        def get_server_id(self, timeout):
            return "one"

    waits = []

    class Shutdown(threading.Event):
        def wait(self, timeout=None):
            waits.append(timeout)
            self.set()
            return True

    monkeypatch.setattr(server_watcher, "WATCH_INTERVAL", server_watcher.WATCH_INTERVAL)
    monkeypatch.setattr(controller, "RELOAD_WORKSPACE_INTERVAL", controller.RELOAD_WORKSPACE_INTERVAL)
    tolerance = "DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE"
    monkeypatch.setattr(controller, tolerance, getattr(controller, tolerance))
    look_at_code_every(7, 70)
    names = ("get_location_entry", "refresh_code_location", "on_disconnect", "on_reconnected", "on_updated", "on_error")
    server_watcher.watch_grpc_server_thread("avance", Client(), Shutdown(), **dict.fromkeys(names, lambda *_: None))
    assert waits == [7]


def test_how_often_the_daemon_fetches_definitions_is_ours(monkeypatch):
    """Dagster compares the time since the last time with the interval at each of its loops."""
    import time
    from types import SimpleNamespace

    from dagster._daemon import controller
    from dagster._grpc import server_watcher

    from dagster_project.dagster_internals import look_at_code_every

    monkeypatch.setattr(server_watcher, "WATCH_INTERVAL", server_watcher.WATCH_INTERVAL)
    monkeypatch.setattr(controller, "RELOAD_WORKSPACE_INTERVAL", controller.RELOAD_WORKSPACE_INTERVAL)
    tolerance = "DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE"
    monkeypatch.setattr(controller, tolerance, getattr(controller, tolerance))
    fetched = []
    workspace = SimpleNamespace(refresh_workspace=lambda: fetched.append(time.time()))
    daemon = SimpleNamespace(_grpc_server_registry=None, _workspace_process_context=workspace)
    look_at_code_every(7, 70)
    for ago in (65, 75):
        controller.DagsterDaemonController.check_workspace_freshness(daemon, time.time() - ago)
    assert len(fetched) == 1
    daemon._workspace_process_context = SimpleNamespace(refresh_workspace=lambda: 1 / 0)
    daemon._logger = SimpleNamespace(exception=lambda _: None)
    controller.DagsterDaemonController.check_workspace_freshness(daemon, time.time() - 75)
    with pytest.raises(ZeroDivisionError):
        controller.DagsterDaemonController.check_workspace_freshness(daemon, time.time() - 145)


def test_what_was_turned_on_under_an_older_name_of_the_code_location_is_on(settings: Settings) -> None:
    """With its cursor, but where somebody decided otherwise since; what is another project's stays as it is."""
    with open_instance(settings) as instance:
        for state in (
            sensor_state("bandeja", is_on=True, location="dagster_project.definitions", cursor="visto"),
            sensor_state("vigia", is_on=True, location="dagster_project.definitions"),
            sensor_state("vigia", is_on=False, location="avance"),
            sensor_state("bandeja", is_on=False, location="another_project"),
        ):
            instance.add_instigator_state(state)
        for _ in range(2):
            follow_location(instance, "avance", settings.home / "code.sock")
            states = instance.all_instigator_state()
            assert sorted(state.origin.location_name for state in states) == ["another_project", "avance", "avance"]
            found = {state.name: state for state in states if state.origin.location_name == "avance"}
            assert [found[name].is_running for name in ("bandeja", "vigia")] == [True, False]
            assert found["bandeja"].instigator_data.cursor == "visto"
