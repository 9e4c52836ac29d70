"""Columns of figures beside the form's: another goal, a weight, a budget, what is left to do; the head names them."""

from __future__ import annotations

import pytest

from tests.support.printed_tables import HEAD, READ, WHOLE, read, sure, tabbed

BEFORE = {
    "original-then-modified": ("META ANUAL ORIGINAL\tMETA ANUAL MODIFICADA", ("440", "150", "1,300", "10"), 0),
    "modified-then-original": ("META MODIFICADA\tMETA ORIGINAL", ("440", "150", "1,300", "10"), 1),
    "weight": ("PONDERACION\tMETA ANUAL", ("30", "25", "10", "10"), 0),
    "weight-in-per-cent": ("PONDERACION\tMETA ANUAL", ("30%", "25%", "10%", "35%"), 0),
}
BEHIND = {
    "left-to-do": ("POR EJERCER", ("223", "98", "631", "9")),
    "budget": ("PRESUPUESTO", ("125,000", "7,500", "90,000", "1,000")),
}


def with_column(k: int, figures: tuple[str, ...]) -> list[str]:
    """The rows with one more cell before their cell ``k``."""
    cells = [row.split("|") for row in WHOLE]
    return [tabbed("|".join([*row[:k], one, *row[k:]])) for row, one in zip(cells, figures, strict=True)]


@pytest.mark.parametrize("kind", BEFORE)
def test_another_column_before_the_quarters_is_none_of_the_form(kind: str) -> None:
    names, figures, behind = BEFORE[kind]
    head = [HEAD[0].replace("META ANUAL", names), "\t" + HEAD[1], "\t" + HEAD[2]]
    assert sure(read(with_column(3 + behind, figures), head=head)) == READ


@pytest.mark.parametrize("kind", BEHIND)
def test_another_column_behind_the_percentage_is_none_of_the_form(kind: str) -> None:
    name, figures = BEHIND[kind]
    head = [HEAD[0].replace("OBSERVACIONES", f"{name}\tOBSERVACIONES"), *HEAD[1:]]
    assert sure(read(with_column(14, figures), head=head)) == READ


@pytest.mark.parametrize("label", ["RESUMEN", "Servicios"])
def test_sums_of_programmes_are_no_actions_whatever_they_are_called(label: str) -> None:
    sums = (f"|{label}||596|176|180|91|95|307|0|22|0|275|46%|", f"|{label}||1296|381|385|276|271|512|0|127|0|656|51%|")
    rows = [*map(tabbed, (*WHOLE[:2], sums[0], *WHOLE[2:], sums[1]))]
    assert sure(read(rows)) == READ
