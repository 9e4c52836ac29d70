"""The blocking checks that a publication asks for: the rules of the suites and dbt's tests of severity error.

Belongs here: their names, and what dbt's tests said by those names. Does not belong here: running them (``checks``,
``dbt_runner``) and what a missing verdict does (``warehouse.publish.verdict``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster_project.quality.rule import Severity, Suite
from dagster_project.quality.suites.borders import BORDERS
from dagster_project.warehouse.publish.verdict import Gate


def check_name(suite: Suite, rule: str) -> str:
    """What a rule of a suite goes by among the verdicts."""
    return f"{suite.table}:{rule}"


def gate(nodes: Mapping[str, Mapping[str, Any]]) -> Gate:
    """Every blocking check by its border; ``nodes`` are those of dbt's manifest, by unique id."""
    of_suites = {
        border: tuple(
            check_name(suite, name)
            for suite in suites
            for name, rule in suite.rules.items()
            if rule.severity is Severity.ERROR
        )
        for border, suites in BORDERS.items()
    }
    tests = sorted(
        str(node["name"])
        for node in nodes.values()
        if node["resource_type"] == "test" and str(node["config"]["severity"]).lower() == "error"
    )
    return {**of_suites, "marts": (*of_suites["marts"], *tests)}


def verdicts_of_tests(result: Any) -> dict[str, bool]:
    """What dbt's tests said, of those that were run; a warning has passed."""
    said = result.result.results if result.result else []
    return {
        str(r.node.name): str(r.status) in ("pass", "warn")
        for r in said
        if r.node.resource_type == "test" and str(r.status) != "skipped"
    }
