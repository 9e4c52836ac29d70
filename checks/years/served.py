"""A home that is served, with its sensor on; and what its web server says of runs.

Belongs here: starting and ending it, turning on the sensor, waiting. Does not belong here: what arrives
(``deliveries``).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from checks.faults.command import environment

SENSOR = "bandeja_de_entrada"
LOADED = "{ locationStatusesOrError { ... on WorkspaceLocationStatusEntries { entries { name loadStatus } } } }"
TURN_ON = (
    "mutation($s: SensorSelector!) { startSensor(sensorSelector: $s) { __typename ... on PythonError { message } } }"
)
RUNS = "{ runsOrError { ... on Runs { results { runId status tags { key value } startTime creationTime endTime } } } }"
TICKS = (
    "query($s: SensorSelector!) { sensorOrError(sensorSelector: $s) { ... on Sensor { sensorState { "
    "ticks(limit: 5) { timestamp endTimestamp } } } } }"
)
WHICH = {"repositoryName": "__repository__", "repositoryLocationName": "avance", "sensorName": SENSOR}
AT_REST = 3
"""Ticks of the sensor after the last run in which it asks for none: what arrives between two is asked for in the next
but one, once it has not changed."""

ENDED = {"SUCCESS", "FAILURE", "CANCELED"}


class Served:
    """A served home: its folders, and the address of its web server."""

    def __init__(self, home: Path, env: dict[str, str], port: int) -> None:
        self.home, self.env, self.url = home, env, f"http://127.0.0.1:{port}"

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """What GraphQL answers."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        asked = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return dict(json.load(answer)["data"])

    def runs(self) -> list[dict[str, Any]]:
        """Every run on record, the newest first."""
        return list(self.ask(RUNS)["runsOrError"]["results"])

    def await_loaded(self, seconds: float = 180) -> None:
        """Wait until the code is loaded.

        Raises:
            TimeoutError: it is not after so long.
        """

        def loaded() -> bool:
            with suppress(OSError):
                entries = self.ask(LOADED)["locationStatusesOrError"]["entries"]
                return bool(entries and entries[0]["loadStatus"] == "LOADED")
            return False

        _await(loaded, seconds, "the code to load")

    def turn_on(self) -> None:
        """Turn on the inbox's sensor."""
        said = self.ask(TURN_ON, s=WHICH)["startSensor"]
        if said["__typename"] == "PythonError":
            raise RuntimeError(said["message"])

    def await_run(self, known: int, seconds: float = 600) -> list[dict[str, Any]]:
        """Wait until more runs than ``known`` are on record, all have ended and the sensor asks for no more; the new.

        Raises:
            TimeoutError: it is not so after so long.
        """
        _await(lambda: len(self.runs()) > known and self._is_at_rest(), seconds, "a run and what may follow it")
        return self.runs()[:-known] if known else self.runs()

    def _is_at_rest(self) -> bool:
        ticks = self.ask(TICKS, s=WHICH)["sensorOrError"]["sensorState"]["ticks"]
        runs = self.runs()  # after the ticks: what one of them asked for is among them
        if {run["status"] for run in runs} - ENDED:
            return False
        last = max(run["endTime"] for run in runs)
        return sum(tick["timestamp"] > last and bool(tick["endTimestamp"]) for tick in ticks) >= AT_REST


@contextmanager
def served(home: Path, extracts: Path, seeds: Path) -> Iterator[Served]:
    """``avance ui`` on a home with its sensor on, ended at the end."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    env = environment(home, extracts, AVANCE_SEEDS=str(seeds))
    log = home.with_name(f"{home.name}-ui.log").open("w")
    command = [sys.executable, "-m", "dagster_project.cli", "ui", "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        place = Served(home, env, port)
        place.await_loaded()
        place.turn_on()
        yield place
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(30)
        log.close()


def _await(holds: Any, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:.0f} s for {what}")
        time.sleep(1)
