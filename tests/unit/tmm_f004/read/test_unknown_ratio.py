"""Rows of measures that no catalogue has: which of them look like a ratio, and what is believed of those."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Estado, Operation, Reading, RowReading
from dagster_project.tmm_f004.read.unknown_ratio import doubted

UNKNOWN = Catalogs({}, (), {}, frozenset())
STEP = (Operation("celda_repetida", "celda_5", "37", "", 5.0),)
RATIO = "37 0 0 37 37 0 _ 37 _ 37 100%"


def row(print_: str, steps: tuple[Operation, ...] = STEP) -> RowReading:
    """A sure row of Avance físico that prints these cells, by a reading of these steps."""
    cells = tuple("" if cell == "_" else cell for cell in print_.split())
    values, sure = dict.fromkeys(CAMPOS, 37), dict.fromkeys(CAMPOS, Estado.EXACTA)
    reading = Reading(5.0, values, sure, {}, steps)
    return RowReading(
        ActionRow(1, (), 302, "texto", "Avance físico", cells, ""), (reading,), Estado.EXACTA, sure, values, 9.0
    )


def test_a_row_that_closes_once_one_of_three_printed_goals_is_thrown_away_is_believed_in_nothing() -> None:
    """Planned 37 in two quarters, goal 37: no sum, and the misreading that makes it one looks proven."""
    found = doubted(row(RATIO), UNKNOWN)
    assert (found.estado, set(found.estados.values())) == (Estado.DUDOSA, {Estado.DUDOSA})
    assert set(found.valores.values()) == {None}


@pytest.mark.parametrize(
    ("given", "catalogs"),
    [
        pytest.param(row(RATIO), replace(UNKNOWN, aditivas=frozenset({"AVANCE FISICO"})), id="catalogued"),
        pytest.param(row(RATIO, ()), UNKNOWN, id="as printed"),
        pytest.param(row("37 0 0 37 37 0 _ 0 _ 37 100%"), UNKNOWN, id="planned and done in one quarter"),
        pytest.param(row("0 0 0 0 0 0 0 0 0 0 0%"), UNKNOWN, id="nothing"),
    ],
)
def test_other_rows_stay_as_they_are(given: RowReading, catalogs: Catalogs) -> None:
    assert doubted(given, catalogs) is given
