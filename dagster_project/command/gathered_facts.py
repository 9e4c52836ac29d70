"""Gathering the facts of a run from Dagster's events.

Not here: what the facts are (``facts``) and how they are shown (``summary``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import dagster as dg

from dagster_project.command.run_facts import FailedCheck, RunFacts

DBT_STEP = "dbt"


def gather(run_id: str, success: bool, events: Iterable[dg.DagsterEvent]) -> RunFacts:
    """Read the facts out of a run's events."""
    facts = RunFacts(run_id, success)
    for event in events:
        if event.event_type_value == "ASSET_MATERIALIZATION":
            _materialization(facts, event)
        elif event.event_type_value == "ASSET_CHECK_EVALUATION":
            _check(facts, event)
        elif event.event_type_value == "STEP_FAILURE":
            facts.failed_steps[str(event.step_key)] = _reason(event)
    return facts


def _values(metadata: Any) -> dict[str, Any]:
    return {key: value.value for key, value in metadata.items()}


def _materialization(facts: RunFacts, event: dg.DagsterEvent) -> None:
    key = event.asset_key.to_user_string() if event.asset_key else ""
    values = _values(event.step_materialization_data.materialization.metadata)
    if event.step_key == DBT_STEP:
        facts.models += 1
    elif key == "raw/extractos":
        facts.extracts, facts.units = values["cargas"], values["unidades"]
        facts.losses, facts.quarters = values["perdidas"], values["cortes"]
    elif key == "raw/elegidas":
        facts.years, facts.estados = values["ejercicios"], values["estados"]
        facts.outside = values["fuera_de_calendario"]
    elif key == "published/avance":
        facts.publication = values


def _check(facts: RunFacts, event: dg.DagsterEvent) -> None:
    evaluation = event.asset_check_evaluation_data
    if event.step_key == DBT_STEP:
        facts.tests += 1
    else:
        facts.checks += 1
    if not evaluation.passed:
        failed = FailedCheck(evaluation.asset_key.to_user_string(), evaluation.check_name, _values(evaluation.metadata))
        blocking = evaluation.severity is dg.AssetCheckSeverity.ERROR
        (facts.failed if blocking else facts.warned).append(failed)


def _reason(event: dg.DagsterEvent) -> str:
    """The innermost cause, in its own words."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    # In front of its message an error of ours or of Dagster's has its class, module and all.
    return re.sub(r"^(?:\w+\.)+\w+: ", "", error.message.strip()) if error else "unknown"
