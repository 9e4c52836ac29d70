"""From lines of a table to action rows as printed."""

import pytest

from dagster_project.tmm_f004.rows import parse_rows

ROW = (
    "2.1.1 2.1.5\t100.-Dar apoyos a la comunidad.\tApoyo Social"
    "\t446\t126\t128\t91\t0\t207\t0\t22\t0\t128\t29%\tSe cumple.\t\t"
)
HEAD = "LINEA DE ACCION\tMETAS Y ACCIONES\tUNIDAD MEDIDA\tMETA ANUAL\tPERIODO\t\tOBSERVACIONES\n\t\t\t\tP\tA\tP\tA"


def rows_of(text):
    """Parse a table given as one text."""
    return parse_rows(list(enumerate(text.split("\n"), start=1)))


def test_a_row_keeps_its_parts_as_printed():
    """Codes, number, text, measure, cells and remarks each in its place."""
    (row,), refused = rows_of(ROW)
    assert (row.lineas_accion, row.accion, row.unidad_medida) == (("2.1.1", "2.1.5"), 100, "Apoyo Social")
    assert row.descripcion == "Dar apoyos a la comunidad."
    assert row.impreso == ("446", "126", "128", "91", "0", "207", "0", "22", "0", "128", "29%")
    assert row.observaciones == "Se cumple."
    assert refused == []


def test_blanks_among_the_cells_are_cells():
    """A blank cell after the measure, between figures and before the total is kept."""
    (row,), _ = rows_of("2.1.5\t101.-Formar\tBeneficiario\t100\t\t\t100\t130\t\t\t130\t130%\t\t\t")
    assert row.impreso == ("100", "", "", "100", "130", "", "", "130", "130%")


def test_header_lines_are_passed_over_also_when_repeated():
    """A table that goes on over a page prints its header again."""
    found, refused = rows_of(f"{HEAD}\n{ROW}\n{HEAD}\n{ROW}")
    assert [r.linea for r in found] == [3, 6]
    assert refused == []


@pytest.mark.parametrize("cut", [40, 55, 62, 80], ids=lambda c: f"cut at {c}")
def test_a_row_broken_over_two_lines_is_one_row(cut):
    """Broken within its text, its measure or its cells: the same cells, the line it begins on."""
    cut = ROW.rfind("\t", 0, cut) if "\t" in ROW[cut - 1 : cut + 1] else cut
    (row,), refused = rows_of(f"{HEAD}\n{ROW[:cut]}\n{ROW[cut:]}")
    assert (row.linea, row.linea_fin, row.accion) == (3, 4, 100)
    assert [c for c in row.impreso if c][-2:] == ["128", "29%"]
    assert refused == []


def test_a_row_without_percentage_does_not_swallow_the_next():
    """The next row begins with codes or a number of its own."""
    text = "2.1.1\t100.-Uno\tApoyo\t4\t1\t1\t1\t1\t1\n2.1.1\t101.-Dos\tApoyo\t4\t1\t1\t1\t1\t1\t25%"
    found, _ = rows_of(text)
    assert [r.accion for r in found] == [100, 101]


def test_a_number_glued_to_the_measure_is_the_meta():
    """The tab between measure and meta was read as a blank."""
    (row,), _ = rows_of("2.1.1\t100.-Uno\tApoyo Social 446\t126\t91\t207\t22\t128\t29%")
    assert (row.unidad_medida, row.impreso[0]) == ("Apoyo Social", "446")


def test_cells_whose_tab_was_read_as_a_blank_are_parted():
    """'126 91' is two cells, '1 234' is one number."""
    (row,), _ = rows_of("2.1.1\t100.-Uno\tApoyo\t446\t126 91\t1 234\t22\t128\t29%")
    assert row.impreso == ("446", "126", "91", "1 234", "22", "128", "29%")


def test_a_line_that_is_no_row_is_refused_with_its_reason():
    """Nothing leaves silently."""
    found, (refused,) = rows_of(f"texto suelto\tsin cifras\n{ROW}")
    assert len(found) == 1
    assert (refused.regla, refused.linea) == ("renglon_ilegible", 1)
