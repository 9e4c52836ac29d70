"""What a run did, as plain values: for the summary, for the note of the last good run, for tests.

Belongs here: the facts, and gathering them from Dagster's events. Does not belong here: showing them
(``command.run_summary``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster import DagsterEvent

DBT_STEP = "dbt"


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that did not pass: on what, which, and what it saw."""

    asset: str
    name: str
    details: dict[str, Any]


@dataclass(slots=True)
class RunFacts:
    """A run in numbers; ``failed_steps`` gives the reason of each step that failed.

    ``extracts``, ``losses`` and ``years`` are the load's results as JSON (``warehouse.results``), ``decisions`` the
    rows that each decision acts on, ``aside`` the files that count nowhere where no row is left to publish
    (``warehouse.state.set_aside``).
    """

    run_id: str
    success: bool
    extracts: list[dict[str, Any]] = field(default_factory=list)
    losses: list[dict[str, Any]] = field(default_factory=list)
    years: list[dict[str, Any]] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    quarters: list[str] = field(default_factory=list)
    decisions: dict[str, int] = field(default_factory=dict)
    aside: list[dict[str, Any]] = field(default_factory=list)
    models: int = 0
    tests: int = 0
    checks: int = 0
    warned: list[FailedCheck] = field(default_factory=list)
    failed: list[FailedCheck] = field(default_factory=list)
    failed_steps: dict[str, str] = field(default_factory=dict)
    publication: dict[str, Any] = field(default_factory=dict)
    ended: str = ""
    """What the record says of a run that ended without a step that failed: its process was killed, say."""

    @property
    def reasons(self) -> list[str]:
        """Why it failed, a sentence a step."""
        return [f"{step}: {why}" for step, why in self.failed_steps.items()] or [self.ended or "unknown"]


def facts_from_json(content: Mapping[str, Any]) -> RunFacts:
    """Facts as they were written down.

    Raises:
        KeyError, TypeError: the content is not that of facts.
    """
    facts = RunFacts(**content)
    facts.warned = [FailedCheck(**c) for c in content["warned"]]
    facts.failed = [FailedCheck(**c) for c in content["failed"]]
    return facts


def facts_from_events(run_id: str, success: bool, events: Iterable[DagsterEvent]) -> RunFacts:
    """Read the facts out of a run's events."""
    facts = RunFacts(run_id, success)
    for event in events:
        if event.event_type_value == "ASSET_MATERIALIZATION":
            _materialization(facts, event)
        elif event.event_type_value == "ASSET_CHECK_EVALUATION":
            _check(facts, event)
        elif event.event_type_value == "STEP_FAILURE":
            facts.failed_steps[str(event.step_key)] = _reason(event)
        elif event.event_type_value == "PIPELINE_FAILURE":
            facts.ended = event.message or ""
    return facts


def is_refused(extract: Mapping[str, Any]) -> bool:
    """Whether a file (``warehouse.results.ExtractLoad`` as JSON) gave nothing: it holds no form, however often read."""
    return extract["resultado"] not in ("ignored", "gone", "waiting", "stands") and not extract["formatos"]


def _values(metadata: Any) -> dict[str, Any]:
    """Metadata as plain values, which a note can hold; tables are for the web UI alone."""
    return {key: value.value for key, value in metadata.items() if not hasattr(value, "schema")}


def _materialization(facts: RunFacts, event: DagsterEvent) -> None:
    key = event.asset_key.to_user_string() if event.asset_key else ""
    values = _values(event.step_materialization_data.materialization.metadata)
    if event.step_key == DBT_STEP:
        facts.models += 1
    elif key == "raw/extractos":
        facts.extracts = values["cargas"]
    elif key == "raw/elegidas":
        facts.years, facts.aside = values["ejercicios"], values["apartadas"]
        facts.outside, facts.decisions = values["fuera_de_calendario"], values["decisiones"]
        facts.losses, facts.quarters = values["perdidas"], values["cortes"]
    elif key == "published/avance":
        facts.publication = values


def _check(facts: RunFacts, event: DagsterEvent) -> None:
    evaluation = event.asset_check_evaluation_data
    if event.step_key == DBT_STEP:
        facts.tests += 1
    else:
        facts.checks += 1
    if not evaluation.passed:
        failed = FailedCheck(evaluation.asset_key.to_user_string(), evaluation.check_name, _values(evaluation.metadata))
        (facts.failed if evaluation.severity.value == "ERROR" else facts.warned).append(failed)


def _reason(event: DagsterEvent) -> str:
    """The innermost cause, in its own words."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    # In front of its message an error of ours or of Dagster's has its class, module and all.
    return re.sub(r"^(?:\w+\.)+\w+: ", "", error.message.strip()) if error else "unknown"
