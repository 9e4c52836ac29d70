"""Schedule and sensor: what they ask for, that each state of the inbox is asked for until it was loaded."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest

from dagster_project.defs import automation
from dagster_project.defs.automation import daily_load, inbox_sensor
from dagster_project.defs.inbox_watch import LEFT_TAG, Cursor


@dataclass
class Watch:
    """An inbox that a sensor looks at, tick by tick, on one record of runs and one clock."""

    folder: Path
    instance: dg.DagsterInstance
    cursor: str | None = None
    asked: list[dg.RunRequest] = field(default_factory=list)

    def arrive(self, name: str, text: str) -> None:
        """A file is written."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def tick(self, times: int = 1) -> str | None:
        """The sensor looks; what it asks for becomes a run. Returns why nothing was asked for."""
        said = None
        for _ in range(times):
            result: Any = inbox_sensor(dg.build_sensor_context(instance=self.instance, cursor=self.cursor))
            self.cursor, said = result.cursor, result.skip_reason and result.skip_reason.skip_message
            for request in result.run_requests or []:
                self.asked.append(request)
                self.instance.add_run(_run(request))
        return said

    def end(self, status: dg.DagsterRunStatus) -> None:
        """The last run that was asked for ends."""
        run = next(iter(self.instance.get_runs(limit=1)))
        kind = "PIPELINE_SUCCESS" if status is dg.DagsterRunStatus.SUCCESS else "PIPELINE_FAILURE"
        self.instance.report_dagster_event(dg.DagsterEvent(kind, run.job_name), run.run_id)


def _run(request: dg.RunRequest) -> dg.DagsterRun:
    return dg.DagsterRun(job_name="carga", status=dg.DagsterRunStatus.STARTED, tags=dict(request.tags))


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """An empty inbox."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("AVANCE_INBOX", str(folder))
    with dg.DagsterInstance.ephemeral() as instance:
        yield Watch(folder, instance)


def test_the_schedule_asks_for_the_whole_load(tmp_path, monkeypatch) -> None:
    """A tick asks for one run, of no ejercicio in particular."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        request = daily_load(dg.build_schedule_context(instance=instance))
    assert request.run_config == {}


def test_an_empty_inbox_is_skipped(watch: Watch) -> None:
    """Nothing there, nothing asked."""
    assert "no extract at rest" in str(watch.tick(3))


def test_a_file_is_asked_for_at_the_second_tick_and_once(watch: Watch) -> None:
    """It rests when a tick sees it as the one before did; what was loaded is not asked for again."""
    watch.arrive("a.txt", "uno")
    assert "still changing: a.txt" in str(watch.tick())
    assert watch.tick() is None
    assert "under way" in str(watch.tick(3))
    watch.end(dg.DagsterRunStatus.SUCCESS)
    assert "was loaded" in str(watch.tick())
    assert "nothing new" in str(watch.tick(3))
    assert len(watch.asked) == 1


def test_going_back_to_what_it_was_is_a_third_state(watch: Watch) -> None:
    """A, B, A: three runs, also where one is under way when the next state comes."""
    for text in ("uno", "dos", "uno"):
        watch.arrive("a.txt", text)
        watch.tick(3)
        watch.end(dg.DagsterRunStatus.SUCCESS)
    assert len(watch.asked) == 3


def test_a_file_that_is_overwritten_beside_others_is_one_run(watch: Watch) -> None:
    """While it changes the others are what they were: nothing is asked for until it rests."""
    for name in ("a.txt", "b.txt"):
        watch.arrive(name, "uno")
    watch.tick(3)
    watch.end(dg.DagsterRunStatus.SUCCESS)
    watch.arrive("a.txt", "uno y dos")
    assert "still changing: a.txt" in str(watch.tick())
    watch.tick(2)
    assert len(watch.asked) == 2


def test_a_file_that_left_makes_a_state_of_its_own(watch: Watch) -> None:
    """The files that are left were loaded before, but with another."""
    watch.arrive("a.txt", "uno")
    watch.tick(3)
    watch.end(dg.DagsterRunStatus.SUCCESS)
    watch.arrive("b.txt", "dos")
    watch.tick(3)
    watch.end(dg.DagsterRunStatus.SUCCESS)
    (watch.folder / "b.txt").unlink()
    watch.tick(2)
    assert len(watch.asked) == 3


def test_a_run_that_failed_is_asked_for_again(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute, then after two; until one succeeds."""
    watch.arrive("a.txt", "uno")
    watch.tick(2)
    now = time.time()
    for tries, wait in enumerate((60, 120, 240), 1):
        watch.end(dg.DagsterRunStatus.FAILURE)
        monkeypatch.setattr(automation, "time", SimpleNamespace(time=lambda wait=wait: now + wait - 5))
        assert f"failed {tries} times" in str(watch.tick())
        monkeypatch.setattr(automation, "time", SimpleNamespace(time=lambda wait=wait: now + wait + 30))
        assert watch.tick() is None
    watch.end(dg.DagsterRunStatus.SUCCESS)
    watch.tick(3)
    assert len(watch.asked) == 4


def test_a_run_that_left_files_over_its_budget_is_followed_by_another(watch: Watch) -> None:
    """Without wait, until one has left none: what is left would else stay there until the inbox changes."""
    watch.arrive("a.txt", "uno")
    watch.tick(2)
    for _ in range(2):
        run = next(iter(watch.instance.get_runs(limit=1)))
        watch.instance.add_run_tags(run.run_id, {LEFT_TAG: "3"})
        watch.end(dg.DagsterRunStatus.SUCCESS)
        assert watch.tick() is None
        assert "under way" in str(watch.tick())
    watch.end(dg.DagsterRunStatus.SUCCESS)
    watch.tick(3)
    assert len(watch.asked) == 3


def test_a_file_of_a_time_to_come_is_loaded(watch: Watch) -> None:
    """Its own time says nothing: it rests when it stays as it is."""
    watch.arrive("a.txt", "uno")
    os.utime(watch.folder / "a.txt", (4e9, 4e9))
    watch.tick(3)
    assert len(watch.asked) == 1


def test_a_restless_file_holds_back_itself_alone(watch: Watch) -> None:
    """The others are loaded, the run told to leave it; it is loaded when it rests."""
    watch.arrive("a.txt", "uno")
    for n in range(4):
        watch.arrive("b.txt", "dos" * n)
        watch.tick()
    assert [dict(request.run_config) for request in watch.asked] == [
        {"ops": {"raw_extractos": {"config": {"en_espera": ["inbox://b.txt"]}}}}
    ]
    watch.end(dg.DagsterRunStatus.SUCCESS)
    watch.tick(2)
    assert [request.run_config["ops"]["raw_extractos"]["config"]["en_espera"] for request in watch.asked[1:]] == [[]]


@pytest.mark.parametrize("cursor", ["", "0123abcd", "[]", '{"otro": 1}', '{"seen": [], "asked_of": 3}', '{"seen": {}}'])
def test_a_cursor_of_another_release_starts_anew(watch: Watch, cursor: str) -> None:
    """What is in the inbox is asked for once more."""
    watch.cursor = cursor
    watch.arrive("a.txt", "uno")
    watch.tick(2)
    assert len(watch.asked) == 1


@pytest.mark.parametrize(
    ("text", "seen"),
    [('{"seen": {"a": "1"}}', {"a": "1"}), (None, {}), ("[]", {}), ('{"x": 1}', {}), ("a", {}), ('{"seen": [1]}', {})],
)
def test_a_cursor_of_an_older_release_has_seen_what_it_says(text: str | None, seen: dict[str, str]) -> None:
    """So that an update loads no inbox again; a text that is no cursor has seen nothing."""
    assert Cursor.parse(text) == Cursor(seen)
