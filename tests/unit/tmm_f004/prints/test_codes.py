"""Línea codes and action numbers as other hands print them: number and text are found."""

from __future__ import annotations

import pytest

from tests.support.printed_tables import READ, WHOLE, read, sure, tabbed

CODES = {
    "3.1.4.2": ("3.1.4.2",), "3.1.4.2.": ("3.1.4.2",), "3.1.4, 2.1.3.1": ("3.1.4", "2.1.3.1"), "III.1.4": ("III.1.4",),
    "IV": ("IV",), "II.3 / III.2": ("II.3", "III.2"), "N/A": (), "n/a": (), "S/N": (), "--": (), "": (),
    "314": ("314",), "314 213": ("314", "213"), "P2-L3": ("P2-L3",), "3-1-4": ("3-1-4",),
}  # fmt: skip
NUMBERS = [
    "{}.- ", "{},- ", "({}) ", "({}).- ", "[{}] ", "No. {} ", "No.{}.- ", "Nº {}.- ", "N° {} ", "Núm. {} - ", "# {}.- ",
    "#{} ", "NO. {}: ", "Acción {}.- ", "META {}: ", "{}/ ", "{}; - ", "• {}.- ", "- {}.- ", "{}.-- ",
]  # fmt: skip
ALONE = ["{}", "{}.-", "({})", "No. {}", "{},-", "{}-", "#{}"]


def heads(*, code: str = "3.1.4", number: str = "{}.- ", first=lambda k: []) -> list[str]:
    """The rows with another code, another print of the number, and cells before both."""
    rows = []
    for k, row in enumerate(WHOLE):
        _, text, *rest = row.split("|")
        digits, said = text.split(".- ")
        rows.append("|".join([*first(k), code, number.format(digits) + said, *rest]))
    return rows


@pytest.mark.parametrize(("code", "told"), CODES.items(), ids=CODES)
def test_codes_of_more_levels_roman_without_points_or_none(code: str, told: tuple[str, ...]) -> None:
    rows = read(list(map(tabbed, heads(code=code))))
    assert sure(rows) == READ
    assert {tuple(r["lineas_accion"]) for r in rows} == {told}
    assert rows[0]["descripcion"] == "Abrir salas de lectura en el valle"


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("code", ["3.1.4", "314", "III.1", ""])
def test_numbers_with_other_marks_and_words(number: str, code: str) -> None:
    rows = read(list(map(tabbed, heads(code=code, number=number))))
    assert sure(rows) == READ
    assert rows[1]["descripcion"] == "Reparar libros de consulta"


@pytest.mark.parametrize("number", ALONE)
@pytest.mark.parametrize("code", ["3.1.4", "314", "N/A", "II.1.4", ""])
@pytest.mark.parametrize("start", [None, 1, 9, 98], ids=["no-index", "index", "index-9", "index-98"])
def test_numbers_in_a_cell_of_their_own_and_row_numbers_before_them(number: str, code: str, start: int | None) -> None:
    rows = heads(code=code, number=number + "|", first=lambda k: [] if start is None else [str(start + k)])
    got = read(list(map(tabbed, rows)))
    assert sure(got) == READ
    assert got[3]["descripcion"] == "Catalogar donaciones de particulares"


@pytest.mark.parametrize("form", ["{}", "{}.", "{})", "{:02d}", "{:03d}"])
@pytest.mark.parametrize("code", ["3.1.4", "N/A", "3.1.4.2"])
def test_a_column_of_row_numbers_is_no_number_and_no_code(form: str, code: str) -> None:
    got = read(list(map(tabbed, heads(code=code, first=lambda k: [form.format(k + 1)]))))
    assert sure(got) == READ
    assert {tuple(r["lineas_accion"]) for r in got} == {() if code == "N/A" else (code,)}


@pytest.mark.parametrize("code", ["3.1.4", "3.1.4.2", "314", "III.1.4", "N/A", "1   3.1.4"])
@pytest.mark.parametrize("number", ["{}.- ", "No. {}.- ", "({}).- ", "{},- "])
def test_the_same_where_blanks_part_the_cells(code: str, number: str) -> None:
    rows = ["   ".join(c for c in row.split("|") if c) for row in heads(code=code, number=number)]
    assert sure(read(rows)) == READ


def test_a_number_that_cannot_be_told_is_lost_and_the_row_says_so() -> None:
    rows = read([tabbed(r) for r in heads(number="Inciso {}º ")])
    assert [(r["accion"], r["accion_inferida"]) for r in rows] == [(None, False)] * 4
    assert rows[0]["descripcion"].startswith("Inciso 700º")


def test_a_cell_that_was_copied_with_its_line_s_end_is_read_without_its_quotation_marks() -> None:
    """Text out of a workbook: such a cell is set between marks, and goes on in the next line."""
    lines = []
    for row in WHOLE:
        code, text, *rest = row.split("|")
        begun, gone_on = text.rsplit(" ", 1)
        lines += [f'{code}\t"{begun}', "\t".join([f'{gone_on}"', *rest])]
    found = read(lines)
    assert sure(found) == READ
    assert found[0]["descripcion"] == "Abrir salas de lectura en el valle"
