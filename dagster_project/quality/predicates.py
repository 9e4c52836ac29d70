"""What fails an expectation, as a condition in DuckDB's SQL: null or false for a row that holds.

Belongs here: one translation a type that ``expect`` makes. Does not belong here: running it
(``evaluate``). Great Expectations judges the same rows again (``judge``); where the two do not
agree the check has failed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dagster_project.quality.model import Expectativa

Argumentos = Mapping[str, Any]


def failing(rule: Expectativa) -> str:
    """The condition that is true of a row which breaks the rule.

    Raises:
        KeyError: the type has no translation.
    """
    return f"({_BY_TYPE[rule.tipo](rule.argumentos)})"


def columns(rule: Expectativa) -> tuple[str, ...]:
    """The columns a rule looks at."""
    return tuple(rule.argumentos[a] for a in ("column", "column_A", "column_B") if a in rule.argumentos)


def _unequal(a: Argumentos) -> str:
    return f"{_name(a['column_A'])} <> {_name(a['column_B'])}"


def _filled(a: Argumentos) -> str:
    return f"{_name(a['column'])} is not null"


def _missing(a: Argumentos) -> str:
    return f"{_name(a['column'])} is null"


def _shapeless(a: Argumentos) -> str:
    return f"not regexp_matches({_name(a['column'])}, {_text(a['regex'])})"


def _foreign(a: Argumentos) -> str:
    return f"{_name(a['column'])} not in ({', '.join(_text(v) for v in a['value_set'])})"


def _outside(a: Argumentos) -> str:
    bounds = ((a.get("min_value"), "<"), (a.get("max_value"), ">"))
    return " or ".join(f"{_name(a['column'])} {sign} {bound}" for bound, sign in bounds if bound is not None)


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


_BY_TYPE: dict[str, Callable[[Argumentos], str]] = {
    "ExpectColumnPairValuesToBeEqual": _unequal,
    "ExpectColumnValuesToBeNull": _filled,
    "ExpectColumnValuesToNotBeNull": _missing,
    "ExpectColumnValuesToMatchRegex": _shapeless,
    "ExpectColumnValuesToBeInSet": _foreign,
    "ExpectColumnValuesToBeBetween": _outside,
}
