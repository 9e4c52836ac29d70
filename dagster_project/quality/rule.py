"""What a suite is and what checking one gives, as frozen dataclasses.

Does not belong here: running anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from dagster_project.quality.expect import Expectation


class Severity(StrEnum):
    """What a failure does: an error stops everything downstream, a warning shows and lets go on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """An expectation, what it is for, and why it has its severity.

    ``description``, ``expected`` and ``reason`` are in Spanish: they stand in the check's metadata.
    """

    severity: Severity
    expectation: Expectation
    description: str
    expected: str
    reason: str


def blocks(expectation: Expectation, description: str, expected: str, reason: str) -> Rule:
    """A rule whose failure stops everything downstream."""
    return Rule(Severity.ERROR, expectation, description, expected, reason)


def warns(expectation: Expectation, description: str, expected: str, reason: str) -> Rule:
    """A rule whose failure is shown and lets the run go on."""
    return Rule(Severity.WARNING, expectation, description, expected, reason)


@dataclass(frozen=True, slots=True)
class Query:
    """A query on the warehouse and the rules on its rows, by name.

    ``key`` names the columns that lead a failing row back to its file and line, or, where a
    row sums many up, to what it sums up.
    """

    sql: str
    key: tuple[str, ...]
    rules: Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules on one table, over one query or more."""

    table: str
    description: str
    queries: tuple[Query, ...]

    def __post_init__(self) -> None:
        if len(self.rules) != sum(len(query.rules) for query in self.queries):
            raise ValueError(f"suite {self.name}: two rules of one name")

    @property
    def name(self) -> str:
        """The table's, as a word."""
        return self.table.replace(".", "_")

    @property
    def rules(self) -> dict[str, Rule]:
        """All of them by name, in the order of the queries."""
        return {name: rule for query in self.queries for name, rule in query.rules.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a rule on ``rows`` rows.

    ``sample`` holds at most ten failing rows, each with its key; ``kept`` is the file that
    holds more of them, None where nothing failed.
    """

    name: str
    rule: Rule
    success: bool
    observed: str
    rows: int = 0
    failing: int = 0
    sample: Sequence[Mapping[str, Any]] = ()
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What became of the rules of a suite."""

    suite: Suite
    outcomes: tuple[Outcome, ...]
