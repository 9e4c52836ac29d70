"""Rows whose parts a scan or a workbook sets apart: they stay together, and what is nowhere is not made up."""

from __future__ import annotations

import pytest

from tests.support.printed_tables import READ, WHOLE, read, sure, tabbed


def apart(row: str, *, tail: str = "") -> list[str]:
    """A row over lines: its number and half its text, then codes, at half its height, beside the rest."""
    code, text, *rest = row.split("|")
    words = text.split()
    return [" ".join(words[:3]), "\t".join([code, " ".join(words[3:]), *rest]), *([tail] if tail else [])]


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("tail", ["", "de la zona costera y el valle."])
def test_a_number_and_text_above_the_line_of_its_codes(at: int, tail: str) -> None:
    """The number is the row's own: none is inferred in its place."""
    lines = [line for k, row in enumerate(WHOLE) for line in (apart(row, tail=tail) if k == at else [tabbed(row)])]
    rows = read(lines)
    assert sure(rows) == READ
    assert (rows[at]["accion_inferida"], rows[at]["lineas_accion"]) == (False, ["3.1.4"])
    whole = read([tabbed(row) for row in WHOLE])[at]["descripcion"]
    assert rows[at]["descripcion"].startswith(whole)


def test_all_rows_so() -> None:
    assert sure(read([line for row in WHOLE for line in apart(row)])) == READ


def test_codes_of_the_next_row_do_not_join_a_number_that_has_its_own() -> None:
    lines = ["3.1.4\t699.- Ordenar el archivo", *map(tabbed, WHOLE)]
    assert sure(read(lines)) == READ


@pytest.mark.parametrize("mark", ["#SIN_VALOR", "#REF!", "#N/A", "#¡DIV/0!", "#¿NOMBRE?", "########"])
def test_cells_of_a_workbook_without_values(mark: str) -> None:
    """The figures around them are not taken for the ones that are missing."""
    rows = []
    for row in WHOLE:
        parts = row.split("|")
        rows.append("\t".join([*parts[:3], mark, *parts[4:12], mark, mark, ""]))
    got = read(rows)
    assert {r["accion"]: (r["estado"], r["reparo"], r["meta"]) for r in got} == dict.fromkeys(
        READ, ("dudosa", "sin_valores", None)
    )
    assert [r["unidad_medida"] for r in got] == ["Sala", "Libro", "Préstamo", "Acervo"]
    assert got[0]["impreso"] == [mark, *WHOLE[0].split("|")[4:12], mark, mark]


@pytest.mark.parametrize("cells", ["0|0.00%", "0|0%", "12|100%", "|0||0%"])
def test_two_figures_prove_nothing_of_a_row(cells: str) -> None:
    """Where a row's figures stand on two levels, the upper one has an absoluto of 0 and 0 %."""
    got = read([*map(tabbed, WHOLE), tabbed(f"3.1.4|704.- Ordenar el archivo|Archivo|{cells}|")])
    assert sure(got) == READ | {704: "dudosa"}
    assert got[4]["reparo"] == "cifras_incompletas"
