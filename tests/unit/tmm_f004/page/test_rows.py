"""From lines of a table to action rows as printed."""

import pytest

from dagster_project.tmm_f004.page.rows import parse_rows

ROW = (
    "2.1.1 2.1.5\t100.-Dar apoyos a la comunidad.\tApoyo Social"
    "\t446\t126\t128\t91\t0\t207\t0\t22\t0\t128\t29%\tSe cumple.\t\t"
)
HEAD = "LINEA DE ACCION\tMETAS Y ACCIONES\tUNIDAD MEDIDA\tMETA ANUAL\tPERIODO\t\tOBSERVACIONES\n\t\t\t\tP\tA\tP\tA"


def rows_of(text):
    """Parse a table given as one text."""
    return parse_rows(list(enumerate(text.split("\n"), start=1)))


def cells_from(k):
    """The row's line from its cell ``k`` (from 0) on."""
    return "\t".join(ROW.split("\t")[k:])


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


CODED = "2.1.5\t401.-Dar apoyos a la comunidad.\tApoyo\t"


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ("3\t1\t1\t0\t0\t1\tl\t1\t1\t1\t33%", "l"),
        ("22,000\t11,000\t11,000\t11,000\t11'000\t0\t0\t0\t0\t11,000\t50%", "11'000"),
        ("118\t60\t46\t\t|58\t0\t0\t0\t0\t46\t39%", "|58"),
        ("118\t60\t46\t3G\t0\t58\t0\t0\t0\t46\t39%", "3G"),
        ("118\t60\t46\tN/A\t0\t58\t0\t0\t0\t46\t39%", "N/A"),
        ("118\t60\t46\tN/A\tN/A\t58\tN/A\t0\tN/A\t46\t39%", "N/A"),
        ("118\t60\t46\t[ilegible]\t0\t58\t0\t0\t0\t46\t39%", "[ilegible]"),
        ("118\t60\t46\t12 apoyos\t0\t58\t0\t0\t0\t46\t39%", "12 apoyos"),
        ("N/A\t60\t46\t0\t0\t58\t0\t0\t0\t46\t39%", "N/A"),
        ("12'000\t60\t46\t0\t0\t58\t0\t0\t0\t46\t39%", "12'000"),
        ("118\tilegible\t46\t0\t0\t58\t0\t0\t0\t46\t39%", "ilegible"),
    ],
)
@pytest.mark.parametrize("number", ["401.-", "401\t"], ids=["marked", "number-cell"])
def test_a_text_among_figures_is_a_cell_of_the_row(cells, text, number):
    """It ends no row, is no measure, and what follows it is no remark."""
    line = f"{CODED}{cells}\tSe cumple.".replace("401.-", number)
    (row,), refused = rows_of(line)
    assert row.impreso == tuple(cells.split("\t"))
    assert text in row.impreso
    assert (row.accion, row.unidad_medida, row.observaciones) == (401, "Apoyo", "Se cumple.")
    assert refused == []


@pytest.mark.parametrize("measure", ["M2", "m²", "%", "Km"])
def test_a_unit_of_one_letter_is_a_measure(measure):
    """It stands right before the figures, and no other measure before it."""
    (row,), _ = rows_of(f"2.1.5\t401.-Pavimentar calles.\t{measure}\t3\t1\t1\t0\t0\t1\t1\t1\t1\t1\t33%")
    assert (row.unidad_medida, row.impreso[0]) == (measure, "3")


@pytest.mark.parametrize("codes", ["2.1.5", ""])
def test_a_short_text_with_a_figure_beside_the_number_is_no_cell(codes):
    """Where the measure is blank, nothing but the number parts the text from the figures."""
    (row,), _ = rows_of(f"{codes}\t401\tDar 12 apoyos\t\t3\t1\t1\t0\t0\t1\t1\t1\t1\t1\t33%")
    assert (row.accion, row.descripcion, row.impreso[0]) == (401, "Dar 12 apoyos", "3")


def test_remarks_behind_a_row_without_percentage_stay_remarks():
    """No figures end in a percentage behind them."""
    (row,), _ = rows_of(CODED + "3\t1\t1\t0\t0\t1\t1\t1\t1\t1\tEn 2022 se dieron\t12\tmás")
    assert (len(row.impreso), row.observaciones) == (10, "En 2022 se dieron 12 más")


@pytest.mark.parametrize(
    "text", ["Dar seguimiento a las METAS Y ACCIONES", "Elaborar el informe de ACTIVIDADES de la UNIDAD en marzo-abril"]
)
@pytest.mark.parametrize("codes", ["2.1.1 2.1.5\t", ""])
def test_a_text_that_names_a_column_is_no_header(text, codes):
    """A row cut after its text keeps text and codes."""
    (row,), refused = rows_of(f"{HEAD}\n{codes}401.-{text}.\t\n{cells_from(2)}")
    assert (row.accion, row.descripcion, refused) == (401, f"{text}. Apoyo Social", [])
    assert row.lineas_accion == tuple(codes.split())


def test_a_measure_that_begins_like_a_column_is_no_header():
    """Unidad móvil stands alone on the second line of its row."""
    (row,), refused = rows_of(f"2.1.5\t401.-Dar apoyos en\n\tlas colonias\tUnidad móvil\n{cells_from(3)}")
    assert (row.accion, "Unidad móvil" in row.descripcion + row.unidad_medida, refused) == (401, True, [])


@pytest.mark.parametrize("codes", ["2.1.5", ""])
def test_a_number_in_a_cell_of_its_own_begins_a_row(codes):
    """A row without percentage does not swallow the next, whose codes stand in the first row alone."""
    figures = "3\t1\t1\t0\t0\t1\t1\t1\t1\t1\t33"
    lines = [f"{'' if k else codes}\t{401 + k}\tDar apoyos\tApoyo\t{figures}" for k in range(4)]
    found, refused = rows_of("\n".join(lines))
    assert [(r.accion, len(r.impreso)) for r in found] == [(401 + k, 11) for k in range(4)]
    assert refused == []


def test_a_row_with_each_cell_on_a_line_of_its_own():
    """Codes, text, measure and eleven figures."""
    found, refused = rows_of(f"{ROW}\n{ROW}".replace("100.-", "101.-", 1).replace("\t", "\n"))
    assert [(r.accion, len(r.impreso), r.impreso[-1]) for r in found] == [(101, 11, "29%"), (100, 11, "29%")]
    assert refused == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (CODED + "-\t-\t-\t-\t-", "all blank"),
        ("446\t126\t128\t91\t0\t207\t0\t22\t0\t128\t29%", "11 figures and no text"),
        ("texto suelto\tsin cifras", "text and no figures"),
        (CODED + "446\t-\t-\t-\t-", "text and 1 figure:"),
    ],
)
def test_a_refused_line_is_told_what_it_lacks(line, reason):
    """What is printed there is said as it is."""
    found, (refused,) = rows_of(line)
    assert (found, reason in refused.razon) == ([], True)


@pytest.mark.parametrize("line", ["2.1.5 402.-Podar", "402.-Podar", "2.1.5"])
def test_the_head_of_a_row_without_cells_is_no_remark_of_the_row_above(line):
    """It is refused, and so named."""
    (row,), (refused,) = rows_of(f"{ROW}\n{line}")
    assert (row.observaciones, refused.texto, refused.linea) == ("Se cumple.", line, 2)


@pytest.mark.parametrize("text", ["PROYECTO DE ÁREAS VERDES", "100.-Dar apoyos.", "100.-Dar apoyos según 2.1.5"])
def test_codes_on_a_line_above_are_no_part_of_the_text(text):
    """Also where the row has no number."""
    (row,), refused = rows_of(f"2.6.2 2.6.3\n{text}\t{cells_from(2)}")
    assert (row.lineas_accion, row.descripcion) == (("2.6.2", "2.6.3"), text.removeprefix("100.-"))
    assert refused == []


def test_a_line_that_names_a_part_of_the_table_is_no_remark() -> None:
    """It stands before the figures' places and leaves them blank; below it remarks go on as ever."""
    lines = [
        "3.1.4\t700.- Abrir salas\tSala\t4\t1\t1\t1\t1\t1\t0\t1\t0\t2\t50%\t",
        "\tOBJETIVO 2: ATENDER A 500 FAMILIAS" + "\t" * 13,
        "3.1.4\t701.- Reparar libros\tLibro\t4\t1\t1\t1\t1\t1\t0\t1\t0\t2\t50%\tSe cumple",
        "con lo programado",
    ]
    rows, refused = parse_rows(list(enumerate(lines, 1)))
    assert [row.observaciones for row in rows] == ["", "Se cumple con lo programado"]
    assert [(r.linea, r.texto) for r in refused] == [(2, "OBJETIVO 2: ATENDER A 500 FAMILIAS")]
