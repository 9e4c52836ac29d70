"""What readings say of plan and achievement: the rows that it settles or opens."""

from __future__ import annotations

from typing import Any

from dagster_project.tmm_f004.rows_json import read_lines
from tests.support.made_up_forms import CATALOGS
from tests.support.printed_tables import lines_of, tabbed


def _last(*rows: str) -> dict[str, Any]:
    lines = [tabbed(f"3.1.4|{700 + k}.- Regar el jardín {k}|Apoyo|{row}|") for k, row in enumerate(rows)]
    return list(read_lines(lines_of(lines, 2), CATALOGS))[-1]


def test_a_row_that_does_what_nothing_was_planned_for_is_weighed_against_one_that_does_as_planned() -> None:
    """A nought too many shifts one of the two: P 0 12 6 3 against A 12 6 was sure before, and wrong."""
    others = ("44|11|10|11|11|11|11|21|48%", "26|5|5|6|6|7|8|11|42%", "30|10|10|8|9|7|5|19|63%")
    row = _last(*others, "21|0|12|12|6|6|0|3|18|86%")
    assert row["estado"] == "dudosa"
    assert [a["programado"] for a in row["alternativas"]] == [[0, 12, 6, 3], [12, 6, 0, 3]]


def test_nothing_done_needs_a_cell_that_says_so() -> None:
    """A total of 0 beside a plan whose A are not printed at all: they may be lost, and the total misprinted."""
    others = ("20|5|5|5|5|5||5||10|50%", "40|10|10|10|10|10||10||20|50%")
    assert _last(*others, "16|4|0|4|0|4||4||0|0%")["estado"] == "exacta"
    row = _last(*others, "25|5|5|10|5|0|0%")
    assert row["estado"] == "dudosa"
    assert row["programado"] == [5, 5, 10, 5]
