"""What a run did, as plain values: for the summary, for the note of the last good run, for tests.

Not here: gathering them from a run's events (``gather``) and showing them (``summary``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that did not pass: on what, which, and what it saw."""

    asset: str
    name: str
    details: dict[str, Any]


@dataclass(slots=True)
class RunFacts:
    """A run in numbers; ``failed_steps`` gives the reason of each step that failed.

    ``extracts``, ``losses`` and ``years`` are the load's results as JSON (``warehouse.results``),
    ``estados`` counts the chosen readings by estado.
    """

    run_id: str
    success: bool
    extracts: list[dict[str, Any]] = field(default_factory=list)
    losses: list[dict[str, Any]] = field(default_factory=list)
    years: list[dict[str, Any]] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    quarters: list[str] = field(default_factory=list)
    estados: dict[str, int] = field(default_factory=dict)
    models: int = 0
    tests: int = 0
    checks: int = 0
    warned: list[FailedCheck] = field(default_factory=list)
    failed: list[FailedCheck] = field(default_factory=list)
    failed_steps: dict[str, str] = field(default_factory=dict)
    publication: dict[str, Any] = field(default_factory=dict)


def facts_from_json(content: Mapping[str, Any]) -> RunFacts:
    """Facts as they were written down.

    Raises:
        KeyError, TypeError: the content is not that of facts.
    """
    facts = RunFacts(**content)
    facts.warned = [FailedCheck(**c) for c in content["warned"]]
    facts.failed = [FailedCheck(**c) for c in content["failed"]]
    return facts
