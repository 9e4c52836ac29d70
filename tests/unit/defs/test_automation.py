"""Schedule and sensor: what they ask for, and that the same inbox asks only once."""

from __future__ import annotations

import os
import time

import dagster as dg
import pytest

from dagster_project.defs.automation import daily_load, inbox_sensor


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    """An inbox folder that the sensor looks at."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("AVANCE_INBOX", str(folder))
    return folder


def _arrive(folder, name: str, text: str, ago: float = 60.0) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - ago, time.time() - ago))


def _look(cursor: str | None = None):
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        return inbox_sensor(context)


def test_the_schedule_asks_for_the_whole_load():
    """A tick asks for one run, of no ejercicio in particular."""
    with dg.DagsterInstance.ephemeral() as instance:
        request = daily_load(dg.build_schedule_context(instance=instance))
    assert request.run_config == {}


def test_empty_inbox_is_skipped(inbox):
    """Nothing there, nothing asked."""
    assert isinstance(_look(), dg.SkipReason)


def test_a_file_asks_for_one_run(inbox):
    """A file that has come to rest asks for a load; the same state again asks for nothing."""
    _arrive(inbox, "a.txt", "uno")
    first = _look()
    assert len(first.run_requests) == 1
    assert isinstance(_look(first.cursor), dg.SkipReason)


def test_new_bytes_ask_again_and_old_ones_too(inbox):
    """The same name with other bytes is another state; so is going back to the first."""
    cursor = None
    for text in ("uno", "dos", "uno"):
        _arrive(inbox, "a.txt", text)
        result = _look(cursor)
        # Dagster takes a run key once for ever: the third would be lost.
        assert [request.run_key for request in result.run_requests] == [None]
        cursor = result.cursor


def test_a_file_on_its_way_in_waits(inbox):
    """A file written to a moment ago may not be whole yet."""
    _arrive(inbox, "a.txt", "uno", ago=0.0)
    assert isinstance(_look(), dg.SkipReason)
