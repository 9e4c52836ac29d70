"""``avance ui`` as it is served: one a home, a run begins soon, who looks only starts nothing, nothing is left."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

PATIENCE = 120.0
LAUNCH = """
mutation($params: ExecutionParams!) { launchPipelineExecution(executionParams: $params) {
  __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }
"""
LOADED = "{ locationStatusesOrError { ... on WorkspaceLocationStatusEntries { entries { name loadStatus } } } }"
START = "query($id: ID!) { runOrError(runId: $id) { ... on Run { status startTime } } }"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _ui(casa, port: int, *more: str, **options) -> subprocess.Popen[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AVANCE_", "DAGSTER_", "DBT_"))}
    env |= {"AVANCE_HOME": str(casa.home), "AVANCE_EXTRACTS": str(casa.extracts), "COLUMNS": "300"}
    command = [sys.executable, "-m", "dagster_project.cli", "ui", "--port", str(port), *more]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def _children(process: int) -> list[int]:
    """The processes below one, also those of its children."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            below.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found, todo = [], [process]
    while todo:
        found += (more := below.get(todo.pop(), []))
        todo += more
    return found


def _living(processes: list[int]) -> list[int]:
    alive = []
    for process in processes:
        with suppress(OSError):
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
            alive += [process] if state != "Z" else []
    return alive


def _ask(url: str, query: str, **variables) -> dict:
    body = json.dumps({"query": query, "variables": variables}).encode()
    asked = urllib.request.Request(f"{url}/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        return json.load(answer)["data"]


def _await_loaded(url: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()[0]
        with suppress(OSError):
            entries = _ask(url, LOADED)["locationStatusesOrError"]["entries"]
            if entries == [{"name": "avance", "loadStatus": "LOADED"}]:
                return
        time.sleep(0.5)
    pytest.fail("avance ui did not load its code")


def _launch(url: str) -> dict:
    selector = {"repositoryName": "__repository__", "repositoryLocationName": "avance", "pipelineName": "carga"}
    return _ask(url, LAUNCH, params={"selector": selector, "mode": "default"})["launchPipelineExecution"]


def _gone(processes: list[int]) -> list[int]:
    deadline = time.monotonic() + 10
    while (left := _living(processes)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def test_one_ui_a_home_whose_runs_begin_soon(empty):
    """A second one is refused and named; a run begins in seconds; a UI that is killed leaves nothing."""
    port = _free_port()
    first = _ui(empty, port)
    url = f"http://127.0.0.1:{port}"
    try:
        _await_loaded(url, first)
        second = _ui(empty, _free_port())
        said, _ = second.communicate(timeout=60)
        assert second.returncode == 4, said
        assert f"process {first.pid} on 127.0.0.1:{port}" in said
        taken = _ui(empty, port)
        said, _ = taken.communicate(timeout=60)
        assert taken.returncode == 3, said
        assert "ui_server" in said
        asked = time.time()
        launched = _launch(url)
        assert launched["__typename"] == "LaunchRunSuccess", launched
        run = {}
        while not run.get("startTime") and time.time() < asked + PATIENCE:
            time.sleep(0.2)
            run = _ask(url, START, id=launched["run"]["runId"])["runOrError"]
        assert run.get("startTime"), run  # how soon was measured apart: here it shares two cores with other tests
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{url}/publicado/", timeout=PATIENCE)
    finally:
        children = _children(first.pid)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert len(children) >= 6
    assert _gone(children) == []


def test_who_only_looks_starts_nothing(empty):
    """``--read-only``: the mutation is refused, and no run is on record."""
    port = _free_port()
    process = _ui(empty, port, "--read-only")
    url = f"http://127.0.0.1:{port}"
    try:
        _await_loaded(url, process)
        assert _launch(url)["__typename"] == "UnauthorizedError"
        assert _ask(url, "{ runsOrError { ... on Runs { results { runId } } } }")["runsOrError"]["results"] == []
    finally:
        children = _children(process.pid)
        process.send_signal(signal.SIGHUP)
        process.wait(60)
    assert _gone(children) == []
