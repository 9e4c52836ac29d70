"""What stands at the right of a table: a second form is a form of its own, and what is cut off closes nothing."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, MadeUpForm
from tests.support.printed_tables import HEAD, READ, WHOLE, figures, lines_of, read, settled, sure, tabbed

RIGHT = (
    "3.1.4|800.- Encuadernar periódicos|Tomo|4|1|1|1|1|1|0|1|0|2|50%|",
    "3.1.4|801.- Restaurar mapas|Mapa|12|3|3|3|3|3|0|3|0|6|50%|",
    "3.1.4|802.- Exponer grabados|Grabado|20|5|5|5|5|5|0|5|0|10|50%|",
)
READ_RIGHT = {
    800: "4 | 1 1 1 1 | 1 1 - - | 2 | 50%",
    801: "12 | 3 3 3 3 | 3 3 - - | 6 | 50%",
    802: "20 | 5 5 5 5 | 5 5 - - | 10 | 50%",
}


def beside(right=RIGHT, between: str = "|", remark: str = "") -> list[str]:
    pairs = [f"{left}{remark}{between}{row}" for left, row in zip(WHOLE[:3], right, strict=True)]
    return [*pairs, WHOLE[3]]


def all_read(rows) -> dict[int, str]:
    return {r["accion"]: figures(r) for r in rows}


@pytest.mark.parametrize(
    ("between", "remark"),
    [("", ""), ("|", ""), ("||", ""), ("|", "Se cumple la meta de 12 salas."), ("||", "Cumple")],
    ids=["no-gap", "gap", "wide-gap", "remark", "short-remark"],
)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: row,
        lambda row: row.replace("3.1.4|", "", 1),
        lambda row: row.replace(".- ", "|"),
        lambda row: row.replace("|80", "|No. 80"),
        lambda row: row.replace("50%|", "|"),
    ],
    ids=["as-the-left", "no-codes", "number-alone", "number-with-word", "no-percentage"],
)
def test_two_forms_side_by_side_are_two_forms(between: str, remark: str, spoil) -> None:
    """The right one's unit is not printed: what is read of it is doubtful, by name."""
    rows = read([tabbed(row) for row in beside([spoil(row) for row in RIGHT], between, remark)])
    assert all_read(rows) == READ | READ_RIGHT
    assert {r["accion"]: r["formato"] for r in rows} == dict.fromkeys(READ, 1) | dict.fromkeys(READ_RIGHT, 2)
    assert sure(rows) == READ | dict.fromkeys(READ_RIGHT, "dudosa")


@pytest.mark.parametrize("mark", [" | ", "    "], ids=["bars", "blanks"])
def test_also_where_bars_or_blanks_part_the_cells(mark: str) -> None:
    rows = [mark.join(c for c in row.split("|") if c) for row in beside()]
    assert all_read(read(rows)) == READ | READ_RIGHT


def test_each_has_its_own_header_where_both_are_printed() -> None:
    left = lines_of([tabbed(row) for row in WHOLE[:3]])
    other = MadeUpForm().fields[2][0]
    right = [line.replace(other, "31105").replace("COORDINACION DE BIBLIOTECAS", "DEPARTAMENTO DE MUSEOS")
             for line in lines_of([tabbed(row) for row in RIGHT])]  # fmt: skip
    at = next(k for k, line in enumerate(left) if "RESPONSABLE" in line)
    lines = [f"{a}\t\t{b}" if a and k < at - 1 else a for k, (a, b) in enumerate(zip(left, right, strict=True))]
    forms = settle_extract(lines, CATALOGS, both_sides=True).formatos
    assert [(f.unidad.valor, f.corte, len(f.renglones)) for f in forms] == [
        ("31101", "2023-T2", 3), ("31105", "2023-T2", 3),
    ]  # fmt: skip


def test_who_keeps_one_row_of_a_line_is_told_where_the_other_stands() -> None:
    extract = settled([tabbed(row) for row in beside()])
    assert [len(f.renglones) for f in extract.formatos] == [4]
    (refusal,) = [r for r in extract.rechazos if r.regla == "forma_al_lado"]
    assert (refusal.linea, refusal.texto[:9]) == (extract.formatos[0].renglones[0].linea, "3.1.4\t800")


def test_remarks_that_name_an_action_are_remarks() -> None:
    rows = [tabbed(f"{row}Ver 3.1.4|800.- Encuadernar|con 12 tomos|") for row in WHOLE]
    assert sure(read(rows)) == READ


@pytest.mark.parametrize("width", [9, 10, 11, 12])
@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_table_without_its_totals_is_believed_in_nothing(width: int, quarter: int) -> None:
    rows = ["\t".join(row.split("|")[:width]) for row in WHOLE]
    head = ["\t".join(line.split("\t")[:width]) for line in HEAD]
    got = read(rows, quarter, head)
    assert {r["accion"]: (r["estado"], r["reparo"], r["absoluto"]) for r in got} == dict.fromkeys(
        READ, ("dudosa", "sin_totales", None)
    )
    assert got[0]["impreso"] == WHOLE[0].split("|")[3:width]


def test_a_table_that_lost_its_percentage_only_is_read_by_its_sums() -> None:
    rows = ["\t".join(row.split("|")[:13]) for row in WHOLE]
    head = ["\t".join(line.split("\t")[:13]) for line in HEAD]
    assert all_read(read(rows, 2, head)) == READ
