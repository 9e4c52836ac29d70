"""Rows that print the total of others are no actions, and kept as printed."""

from __future__ import annotations

import pytest

from tests.support.printed_tables import READ, WHOLE, read, settled, sure, tabbed

SUMS = "1,892|557|565|367|366|819|0|149|0|931|49%|"
OF_TWO = "596|176|180|91|95|307|0|22|0|275|46%|"


@pytest.mark.parametrize(
    "words",
    ["TOTAL", "Totales", "SUBTOTAL", "Sub total", "GRAN TOTAL", "Suma", "SUMAS", "T O T A L", "T0TAL", "TOTAI:",
     "TOTAL GENERAL", "Total de metas y acciones", "TOTAL DEL PROGRAMA 311", "**TOTAL**",
     "TOTAL COORDINACION DE BIBLIOTECAS"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["{}|", "|{}|", "||{}|", "|{}|Acción|", "|{}||"])
def test_a_row_that_says_it_is_a_total(words: str, place: str) -> None:
    row = tabbed(place.format(words) + SUMS)
    assert sure(read([*map(tabbed, WHOLE), row])) == READ
    (form,) = settled([*map(tabbed, WHOLE), row]).formatos
    assert [t.impreso[-1] for t in form.totales] == ["49%"]


@pytest.mark.parametrize("text", ["Programa 311", "Conjunto de acciones", "Resumen"])
def test_a_row_without_the_number_that_all_others_have_and_with_the_sums_of_those_above(text: str) -> None:
    assert sure(read([*map(tabbed, WHOLE), tabbed(f"|{text}|Acción|{SUMS}")])) == READ


@pytest.mark.parametrize(
    "row", [f"|Subtotal A|Acción|{OF_TWO}", f"Suma parcial|{OF_TWO}", f"|Bloque A|Acción|{OF_TWO}"]
)
def test_a_subtotal_between_the_rows(row: str) -> None:
    assert sure(read([*map(tabbed, WHOLE[:2]), tabbed(row), *map(tabbed, WHOLE[2:])])) == READ


def test_a_total_with_a_number_is_one_where_it_is_the_sum() -> None:
    assert sure(read([*map(tabbed, WHOLE), tabbed(f"3.1.4|704.- TOTAL|Acción|{SUMS}")])) == READ
    other = "3.1.4|704.- TOTAL|Acción|40|10|11|10|9|10|0|10|0|20|50%|"
    assert sure(read([*map(tabbed, WHOLE), tabbed(other)])) == READ | {704: "40 | 10 10 10 10 | 11 9 - - | 20 | 50%"}


@pytest.mark.parametrize(
    ("at", "text"), [(1, "701.- Total de libros reparados"), (1, "Total de libros reparados"), (2, "Sumar voluntades")]
)
def test_an_action_whose_text_begins_so_stays_one(at: int, text: str) -> None:
    """With its number, or with the línea codes that no total has."""
    rows = list(WHOLE)
    parts = rows[at].split("|")
    rows[at] = "|".join([parts[0], text, *parts[2:]])
    assert sure(read(list(map(tabbed, rows)))) == READ


def test_a_mean_as_the_measure_of_an_action_without_number_and_text_is_no_total() -> None:
    rows = [tabbed(r) for r in WHOLE]
    rows[1] = tabbed("3.1.4|Suma|150|50|52|0|0|100|0|0|0|52|35%|")
    assert sure(read(rows)) == READ


def test_the_sum_of_one_row_is_its_repetition_and_no_total() -> None:
    (form,) = settled([tabbed(WHOLE[0]), tabbed(WHOLE[0].replace("700.- ", ""))]).formatos
    assert form.totales == ()
    assert len(form.renglones) == 2
