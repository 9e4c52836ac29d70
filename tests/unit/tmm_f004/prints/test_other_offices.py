"""Tables of other offices: no row wrong and sure, none lost, none made up, no figure kept wrong in a doubtful one.

The cases are ``tests/data/other_prints.jsonl``, a line each, made up after complaints about such forms: what is
printed, and what it says in the notation of ``printed_tables.figures`` (a dash where the print tells none). A row is
``text@cells``, or its cells alone. ``may_doubt``: the table is of another kind than the form's, or its print cannot
tell, so a doubtful row is right.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from dagster_project.settings import RAIZ
from tests.support.printed_tables import HEAD, figures, read

LINES = (RAIZ / "tests" / "data" / "other_prints.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [pytest.param(case, id=f"{case['kind']}-{case['case']}") for case in map(json.loads, LINES)]


def printed(case: dict[str, Any]) -> list[str]:
    """The lines of the case's rows; a text with a number in it is an action's, another is no action's."""
    lines, number = [], 700
    for row in case["rows"]:
        text, _, cells = row.rpartition("@")
        is_action = str(number) in text or "@" not in row
        before = f"{text or f'{number}.-'} Regar el jardín {'abc'[number % 3]}" if is_action else text
        start = ["3.1.4", before, case["measure"]] if is_action else ["", before, ""]
        lines.append("\t".join([*start, *cells.split("|"), ""]))
        number += is_action
    return lines


@pytest.mark.parametrize("case", CASES)
def test_a_print_of_another_office_is_read_as_it_says_or_doubtful(case: dict[str, Any]) -> None:
    found = read(printed(case), case["quarter"], case.get("head", HEAD))
    assert [r["accion"] for r in found] == [700 + k for k in range(len(case["figures"]))]
    for row, true in zip(found, case["figures"], strict=True):
        said, shown = ([c for part in told.split("|") for c in part.split()] for told in (true, figures(row)))
        is_doubtful = row["estado"] == "dudosa"
        assert case["may_doubt"] or not is_doubtful
        wrong = [(s, t) for s, t in zip(shown, said, strict=True) if s != t and {s, t} != {"-", "0"}]
        assert [pair for pair in wrong if not (is_doubtful and pair[0] == "-")] == []
