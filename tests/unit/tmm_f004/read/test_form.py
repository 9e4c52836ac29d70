"""Rows read: the layout of the table first, each kind of damage undone or flagged, nothing wrong and sure."""

import pytest

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Estado, Form, Settled
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.search.row_variants import variants
from dagster_project.tmm_f004.search.table import Workspace, table_cost
from tests.support import printed_tables

CATALOGS = Catalogs({}, (), {}, frozenset({"PORCENTAJE"}))
CLEAN = (
    "446 126 128 91 0 207 0 22 0 128 29%",
    "150 50 52 30 0 70 0 0 0 52 35%",
    "276 76 76 71 0 107 0 22 0 76 28%",
    "95 20 19 25 0 30 0 20 0 19 20%",
)
"""A first-quarter table as undamaged tables print it: quarters after the cut as 0."""


def settled(value):
    """A value that some evidence settled."""
    return Settled(value, Estado.EXACTA, "impreso", 1.0)


def read(rows, quarter=1, measure="Apoyo", first=101, *, typed=False):
    """Read tables given as lines of cells parted by blanks; '_' is an empty cell, '' a line that is no row.

    Rows are numbered from ``first``; no engine looked at a page that is ``typed``.
    """
    printed = [tuple("" if c == "_" else c for c in r.split()) for r in rows]
    numbered = [(k, cells) for k, cells in enumerate(printed, start=1) if cells]
    lines = tuple(ActionRow(k, (), first + k - 1, "texto", measure, cells, "") for k, cells in numbered)
    sure = settled("x")
    form = Form(1, 1, 9, sure, sure, settled("2022"), settled(str(quarter)), sure, sure, (), lines, tecleada=typed)
    return read_form(form, CATALOGS).renglones


def figures(row):
    """meta, P, A and total of a row; blanks as 0 up to the cut, None after it."""
    v = row.valores
    return v["meta"], [v[f"p{q}"] or 0 for q in range(1, 5)], v["a1"], v["absoluto"]


def test_a_clean_table_is_read_as_printed():
    """Nothing is repaired, and A after the cut is unknown whatever is printed."""
    rows = read(CLEAN)
    assert [r.estado for r in rows] == [Estado.EXACTA] * 4
    assert [rows[0].valores[f"a{q}"] for q in range(1, 5)] == [128, None, None, None]


DAMAGED = {
    "blank dropped": ("150 50 52 0 100 0 0 0 52 35%", (150, [50, 0, 100, 0], 52, 52), []),
    "cell repeated": ("150 50 52 52 30 0 70 0 0 0 52 35%", (150, [50, 30, 70, 0], 52, 52), ["celda_repetida"]),
    "run repeated": ("150 50 52 30 0 30 0 70 0 0 0 52 35%", (150, [50, 30, 70, 0], 52, 52), ["tramo_repetido"] * 2),
    "cell lost": ("143 50 52 30 0 0 13 0 52 36%", (143, [50, 30, 50, 13], 52, 52), ["celda_perdida"]),
    "digit misread": ("150 50 82 30 0 70 0 0 0 52 35%", (150, [50, 30, 70, 0], 52, 52), ["digito_mal_leido"]),
    "meta misread": ("750 50 52 30 0 70 0 0 0 52 35%", (150, [50, 30, 70, 0], 52, 52), ["digito_mal_leido"]),
    "total misread": ("150 50 52 30 0 70 0 0 0 62 35%", (150, [50, 30, 70, 0], 52, 52), ["digito_mal_leido"]),
    "percentage misread": ("150 50 52 30 0 70 0 0 0 52 86%", (150, [50, 30, 70, 0], 52, 52), ["digito_mal_leido"]),
    "separator lost": ("1,501 500 52 301 0 700 0 0 0 52 3%", (1501, [500, 301, 700, 0], 52, 52), []),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_each_damage_is_undone_and_named(name):
    """Among clean rows a damaged one is read right; what was changed carries what was printed."""
    line, want, operations = DAMAGED[name]
    row = read([*CLEAN, line])[4]
    assert figures(row) == want
    assert row.estado != Estado.DUDOSA
    assert [o.operacion for o in row.lecturas[0].operaciones] == operations
    changed = [f for f, e in row.estados.items() if e == Estado.REPARADA]
    assert all(f in row.lecturas[0].impresos or "celda_perdida" in operations for f in changed)


CLOSED_AS_TYPED = {  # what is kept: the side whose sum closes
    "digit misread": {"meta", "p1", "p2", "p3", "p4"},
    "meta misread": {"a1", "a2", "a3", "a4", "absoluto"},
    "total misread": {"meta", "p1", "p2", "p3", "p4"},
    "percentage misread": {*CAMPOS} - {"relativo_pct"},
}
SLIPPED = "16 5 5 6 6 4 4 1 1 6 38%"  # the second 5 is no first one set twice: 6 was not typed under the first A


@pytest.mark.parametrize("name", CLOSED_AS_TYPED)
def test_what_nobody_can_have_misread_is_never_repaired(name):
    """In a workbook, sums that fail were published so: the figure typed may be right, and another one wrong."""
    line, _, _ = DAMAGED[name]
    row = read([*CLEAN, line], typed=True)[4]
    assert row.estado == Estado.DUDOSA
    assert {f for f, e in row.estados.items() if e != Estado.DUDOSA} == CLOSED_AS_TYPED[name]
    (step,) = row.lecturas[0].operaciones
    low, high = row.rango[step.campo]
    assert low < high
    assert {int(step.impreso.strip("%")), int(step.leido)} == {low, high}


def test_what_nobody_can_have_set_twice_is_never_thrown_away():
    rows = {typed: read([*CLEAN, SLIPPED], typed=typed)[4] for typed in (False, True)}
    assert rows[False].estado == Estado.REALINEADA
    assert rows[True].estado == Estado.DUDOSA
    assert {f for f, e in rows[True].estados.items() if e != Estado.DUDOSA} <= {"meta", "p1", "p2", "p3", "p4"}


@pytest.mark.parametrize(
    "row",
    ["100 25 25 25 0 25 0 25 0 _ 25%", "100 25 25 25 0 25 0 25 0 25", "_ 25 25 25 0 25 0 25 0 25 25%"],
    ids=["absoluto", "relativo", "meta"],
)
def test_a_total_that_is_left_blank_is_what_the_others_make(row):
    typed = read([*CLEAN, row], typed=True)[4]
    assert typed.estado == Estado.REPARADA
    assert (*figures(typed), typed.valores["relativo_pct"]) == (100, [25, 25, 25, 25], 25, 25, 25)


def test_a_quarter_that_is_left_blank_is_none_that_a_sum_fills_in():
    """150 is 50 + 30 + 70: a plan of 70 nobody typed, and the goal may be what is wrong."""
    typed = read([*CLEAN, "150 50 52 30 0 _ 0 0 0 52 35%"], typed=True)[4]
    assert typed.estado == Estado.DUDOSA


def test_a_percentage_may_be_rounded_another_way():
    """12 of 96 are 12.5 %."""
    for percent, estado in (("13%", Estado.EXACTA), ("12%", Estado.REPARADA), ("15%", Estado.DUDOSA)):
        assert read([*CLEAN, f"96 24 12 24 0 24 0 24 0 12 {percent}"], typed=True)[4].estado == estado


@pytest.mark.parametrize("name", ["blank dropped", "separator lost"])
def test_a_typed_row_that_closes_as_it_stands_is_as_sure_as_any(name):
    line, want, _ = DAMAGED[name]
    row = read([*CLEAN, line], typed=True)[4]
    assert figures(row) == want
    assert row.estado != Estado.DUDOSA


def test_a_tie_is_flagged_with_all_its_readings():
    """Three places could have lost the figure: none is picked, and nothing is kept of a side that one was filled in
    on."""
    row = read(["100 _ _ 40 45 60 30 _ _ 75 75%", "20 _ _ _ _ 20 _ _ _ 20 100%"], quarter=4)[1]
    assert row.estado == Estado.DUDOSA
    assert row.valores["meta"] is None
    assert row.rango["meta"] == (20, 20)
    assert row.rango["a3"] == (0, 20)
    assert len(row.alternativas) >= 3


def test_a_misread_digit_that_other_cells_could_have_is_flagged():
    """118 + 119 + 136 against 363: any of the three, or the meta, may have lost ten."""
    row = read([*CLEAN, "401 38 25 118 0 119 0 136 0 25 6%"])[4]
    assert row.estado == Estado.DUDOSA
    assert row.rango["p4"] == (126, 136)
    assert {r.valores["p4"] for r in row.alternativas} == {126, 136}


def test_a_figure_misread_alike_all_along_a_row_is_never_sure():
    """Six printed 4s against a meta of 6 (docs/form.md, fact 9)."""
    row = read(["72 24 24 24 24 24 24 72 100%", "135 45 45 45 45 45 45 135 100%", "6 4 4 4 4 4 4 6 100%"], 4)[2]
    assert row.estado == Estado.DUDOSA
    assert row.valores["p3"] is None
    assert row.rango["p3"] == (2, 4)
    assert row.lecturas[0].impresos["p3"] == "4"


def test_the_table_says_where_blanks_fall():
    """Later quarters copied, the first pair left out and a total set twice are layouts, not slips."""
    rows = read(["30 10 10 10 10 10 10 30 30 100%", "12 4 5 4 3 4 4 12 12 100%", "9 3 1 3 0 3 3 4 4 44%"], quarter=4)
    assert [r.estado for r in rows] == [Estado.REALINEADA] * 3
    assert [rows[2].valores[f"a{q}"] for q in (2, 3, 4)] == [1, 0, 3]


def test_a_table_that_leaves_out_noughts_is_as_wide_as_its_widest_row():
    """One full row shows the first pair empty and two empty columns at the end; narrower rows lack a quarter."""
    table = [
        "50 _ _ 31 31 19 19 _ _ 50 50 100%",
        "420 _ _ 140 419 140 140 140 188 _ _ 747 747 178%",
        "22 _ _ 11 10 11 11 _ _ 21 21 95%",
        "15 _ _ 5 5 5 4 5 _ _ 9 9 60%",
    ]
    rows = read(table, quarter=4)
    assert [r.estado for r in rows] == [Estado.DUDOSA, Estado.REALINEADA, Estado.DUDOSA, Estado.REALINEADA]
    assert {r.valores["p4"] for r in rows[0].alternativas} >= {19, None}


def test_a_bound_drops_no_quarter_that_would_win():
    """Under the right quarter later A are printed as 0, which only the whole table makes cheap: no early verdict."""
    plans = [
        (10, 12, 14),
        (133, 127, 87),
        (7, 4, 9),
        (20, 113, 436),
        (60, 73, 55),
        (5, 9, 8),
        (75, 97, 60),
        (8, 17, 38),
    ]
    lines = [f"{sum(p)} _ {p[0]} {p[0]} {p[1]} 0 {p[2]} 0 {p[0]} {round(100 * p[0] / sum(p))}%" for p in plans]
    cells = [
        ActionRow(1, (), 101, "texto", "Apoyo", tuple("" if c == "_" else c for c in x.split()), "") for x in lines
    ]
    rows, adds, space = [variants(r) for r in cells], [True] * len(cells), Workspace()
    free = {q: table_cost(rows, adds, q, space, float("inf")) for q in (2, 3, 4)}
    assert min(free, key=free.__getitem__) == 2
    assert table_cost(rows, adds, 2, space, free[3]) == free[2]


def test_ratios_need_not_add_up():
    """A ratio's quarters do not add up over the year (docs/form.md, fact 7)."""
    rows = read(["90 90 85 90 0 90 0 90 0 85 94%", "80 80 80 80 0 80 0 80 0 80 100%"], measure="Porcentaje")
    assert [r.estado for r in rows] == [Estado.EXACTA] * 2
    assert rows[0].valores["p4"] == 90


def test_more_cells_than_a_form_prints_are_no_reading():
    """A row of sixty figures is flagged, not searched for ever."""
    (row,) = read(["446 " + "1 " * 60 + "29%"])
    assert (row.estado, row.lecturas) == (Estado.DUDOSA, ())


def test_a_row_that_nothing_closes_keeps_its_print_and_says_so():
    """A published error: the figures whose sum fails are doubtful, the side that closes stands."""
    row = read([*CLEAN, "999 20 19 25 0 30 0 20 0 19 2%"])[4]
    assert row.estado == Estado.DUDOSA
    assert [row.valores[f"p{q}"] for q in range(1, 5)] == [None] * 4
    assert row.valores["a1"] == 19


def test_two_tables_of_one_form_have_each_their_layout():
    """The second prints Q1 later A as copies and its total twice: read with the first's layout, nothing closes."""
    second = ["46 10 10 12 12 13 13 11 11 10 10 22%", "90 20 21 22 22 23 23 25 25 21 21 23%"]
    rows = read([*CLEAN, "", "", "", *second])
    assert Estado.DUDOSA not in [r.estado for r in rows]
    assert figures(rows[4]) == (46, [10, 12, 13, 11], 10, 10)


def test_a_table_of_the_first_quarters_alone_is_flagged():
    """The other quarters' plan is not printed: what is missing could be theirs in any share."""
    rows = read(["100 30 25 20 0 25 25%", "80 10 11 15 0 11 14%", "60 20 20 5 0 20 33%"])
    assert [r.estado for r in rows] == [Estado.DUDOSA] * 3


def test_decimals_add_up_as_printed():
    """Kilometres with a decimal, in the Mexican and in the other way."""
    rows = read(["12.5 2.5 2.5 4 0 3 0 3 0 2.5 20%", "1,234.5 200.5 200 334 0 350 0 350 0 200 16%", *CLEAN])
    assert float(rows[0].valores["p1"]) == 2.5
    assert float(rows[1].valores["meta"]) == 1234.5
    assert Estado.DUDOSA not in [r.estado for r in rows]


def test_a_pair_left_out_may_be_any_that_closes_the_row():
    """Noughts are left out: "3 3 2 0" is the second and third quarter or the third and fourth, nothing says which."""
    table = ["60 _ 60 _ 0 0 0 0%", "28 _ 17 17 11 8 0 28 25 25 89%", "5 _ 3 3 2 0 5 3 3 60%"]
    row = read(table, quarter=3)[2]
    assert row.estado == Estado.DUDOSA
    assert {tuple(r.valores[f"p{q}"] or 0 for q in range(1, 5)) for r in row.alternativas} >= {
        (0, 0, 3, 2),
        (0, 3, 2, 0),
    }


def test_a_row_that_closes_as_printed_is_sure_however_rare_its_noughts_are():
    """Most rows have figures in every column, one is planned in the last quarter alone: that is no damage."""
    full = [f"{4 * k} {k} {k} {k} {k} {k} {k} {k} {k} {4 * k} 100%" for k in range(21, 33)]
    assert read([*full, "8 0 0 0 0 0 0 8 8 8 100%"], quarter=4)[-1].estado == Estado.EXACTA


def test_no_row_is_repaired_under_a_quarter_in_doubt() -> None:
    """Second quarter's rows under the first quarter's date: 703 closed by a lost A of 11, which nobody printed."""
    found = {
        row["accion"]: row for row in printed_tables.read([printed_tables.tabbed(r) for r in printed_tables.WHOLE], 1)
    }
    assert {row["corte_estado"] for row in found.values()} == {"dudosa"}
    assert (found[703]["estado"], found[703]["avance"]) == ("dudosa", [None] * 4)
    assert len(found[703]["alternativas"]) > 0
    assert found[701]["estado"] == "exacta"  # closes as printed in either
