"""The expectations that the suites use, under the names Great Expectations gives them, as data.

Belongs here: one function a kind. Does not belong here: any rule, and evaluating them
(``great_expectations_run``): the suites are read by Dagster's definitions, which must not
wait seconds for an import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Expectation:
    """A class of ``great_expectations.expectations`` by its name, and its arguments."""

    type: str
    kwargs: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at."""
        return tuple(self.kwargs[name] for name in ("column", "column_A", "column_B") if name in self.kwargs)


def column_pair_values_to_be_equal(column_a: str, column_b: str) -> Expectation:
    """Two columns are equal in every row that has both."""
    return Expectation(
        "ExpectColumnPairValuesToBeEqual",
        {"column_A": column_a, "column_B": column_b, "ignore_row_if": "either_value_is_missing"},
    )


def column_values_to_be_null(column: str) -> Expectation:
    """A column that shows what is wrong, null in every row where nothing is."""
    return Expectation("ExpectColumnValuesToBeNull", {"column": column})


def column_values_to_not_be_null(column: str) -> Expectation:
    """No null."""
    return Expectation("ExpectColumnValuesToNotBeNull", {"column": column})


def column_values_to_match_regex(column: str, regex: str) -> Expectation:
    """Every text has a shape; nulls are let through."""
    return Expectation("ExpectColumnValuesToMatchRegex", {"column": column, "regex": regex})


def column_values_to_be_between(column: str, minimum: float | None = None, maximum: float | None = None) -> Expectation:
    """Every value lies in a range, bounds included; nulls are let through."""
    return Expectation("ExpectColumnValuesToBeBetween", {"column": column, "min_value": minimum, "max_value": maximum})
