"""Schedule and sensor: what they ask for, and that the same inbox asks only once."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

import dagster as dg
import pytest

from dagster_project.defs.run_request import FIN, INICIO
from dagster_project.defs.schedules import carga_diaria
from dagster_project.defs.sensors import bandeja_de_entrada


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
        return bandeja_de_entrada(context)


def test_schedule_asks_for_all_years():
    """A tick asks for one run over the whole range of ejercicios."""
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 1, 5, 14, 30, tzinfo=UTC))
    request = carga_diaria(context)
    assert request.tags[INICIO] == "2009"
    assert int(request.tags[FIN]) >= 2026


def test_empty_inbox_is_skipped(inbox):
    """Nothing there, nothing asked."""
    assert isinstance(_look(), dg.SkipReason)


def test_a_file_asks_for_one_run(inbox):
    """A file that has come to rest asks for a load; the same state again asks for nothing."""
    _arrive(inbox, "a.txt", "uno")
    first = _look()
    assert len(first.run_requests) == 1
    assert isinstance(_look(first.cursor), dg.SkipReason)


def test_new_bytes_ask_again(inbox):
    """The same name with other bytes is another state."""
    _arrive(inbox, "a.txt", "uno")
    first = _look()
    _arrive(inbox, "a.txt", "dos")
    again = _look(first.cursor)
    assert [r.run_key for r in again.run_requests] != [r.run_key for r in first.run_requests]


def test_a_file_on_its_way_in_waits(inbox):
    """A file written to a moment ago may not be whole yet."""
    _arrive(inbox, "a.txt", "uno", ago=0.0)
    assert isinstance(_look(), dg.SkipReason)
