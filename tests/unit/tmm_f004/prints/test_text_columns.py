"""Columns of text by their names in the head: a measure that ends in a number, a remark that is one, a column more."""

from __future__ import annotations

import pytest

from tests.support.printed_tables import HEAD, READ, WHOLE, read, sure, tabbed


@pytest.mark.parametrize("measure", ["Reporte 1", "Zona 3", "M2", "Nivel 12"])
def test_a_measure_that_ends_in_a_number_keeps_it(measure: str) -> None:
    rows = [tabbed(WHOLE[0].replace("|Sala|", f"|{measure}|")), *map(tabbed, WHOLE[1:])]
    found = read(rows)
    assert sure(found) == READ
    assert found[0]["unidad_medida"] == measure


@pytest.mark.parametrize("remark", ["0", "12", "100%", "2023"])
def test_a_remark_that_is_a_number_is_no_figure(remark: str) -> None:
    found = read([tabbed(WHOLE[0] + remark), *map(tabbed, WHOLE[1:])])
    assert sure(found) == READ
    assert [row["observaciones"] for row in found] == [remark, "", "", ""]


@pytest.mark.parametrize("at", [1, 2])
def test_a_column_of_text_beside_the_actions_is_none_of_the_forms(at: int) -> None:
    """Behind the text it is its own, before it a code of the office's."""
    head = [line.split("\t") for line in HEAD]
    rows = [row.split("|") for row in WHOLE]
    for cells, more in zip((*head, *rows), ("TIPO", "", "", "Gestión", "Obra", "Gestión", "Apoyo"), strict=True):
        cells.insert(at, more)
    if at == 1:
        rows = [[*own[:1], "", *own[2:]] for own in rows]
    found = read(["\t".join(own) for own in rows], head=["\t".join(own) for own in head])
    assert sure(found) == READ
    assert [row["descripcion"] for row in found] == [row.split("|")[1].partition(".- ")[2] for row in WHOLE]


@pytest.mark.parametrize("said", ["CANCELADA", ""])
def test_an_action_without_figures_is_a_row_that_is_open(said: str) -> None:
    """It stands in its place, and nothing of it is sure but that it is there."""
    cells = WHOLE[1].split("|")
    bare = [*cells[:3], said, *[""] * 10, "No se autorizó"]
    found = read([tabbed(WHOLE[0]), "\t".join(bare), *map(tabbed, WHOLE[2:])])
    assert sure(found) == READ | {701: "dudosa"}
    row = found[1]
    assert (row["meta"], row["programado"], row["absoluto"]) == (None, [None] * 4, None)
    assert row["observaciones"] == f"{said} No se autorizó".strip()


def test_a_part_of_an_action_is_not_the_next_one() -> None:
    """200.1 between 200 and 202 is no 201: its number is lost, and said to be."""
    rows = [WHOLE[0], WHOLE[1].replace("701.-", "700.1.-"), WHOLE[2]]
    found = read(list(map(tabbed, rows)))
    assert [row["accion"] for row in found] == [700, None, 702]


@pytest.mark.parametrize("line", ["Página 1 de 2", "Hoja 1 de 2", "PAG. 1/2", "1 de 2"])
def test_a_pages_number_is_no_remark(line: str) -> None:
    found = read([*map(tabbed, WHOLE), line])
    assert sure(found) == READ
    assert found[-1]["observaciones"] == ""
