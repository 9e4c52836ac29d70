"""What the web server says by GraphQL of runs and assets. Not here: starting it (``browser.conftest``)."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any

PATIENCE = 120
RUNS = "{ runsOrError(limit: 1) { ... on Runs { results { runId status } } } }"


def ask(url: str, query: str, **variables: Any) -> dict[str, Any]:
    """The answer to a query."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    asked = urllib.request.Request(f"{url}/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        return dict(json.load(answer)["data"])


def last_run(url: str) -> tuple[str, str]:
    """Id and status of the last run."""
    (run,) = ask(url, RUNS)["runsOrError"]["results"]
    return run["runId"], run["status"]


def ended_run(url: str, before: str) -> tuple[str, str]:
    """Id and status of the run that came after another, once it has ended.

    Raises:
        AssertionError: it has not after four minutes.
    """
    deadline = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline:
        run, status = last_run(url)
        if run != before and status in ("SUCCESS", "FAILURE", "CANCELED"):
            return run, status
        time.sleep(0.5)
    raise AssertionError(f"no run ended after {before}: {last_run(url)}")
