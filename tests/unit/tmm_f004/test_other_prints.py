"""Forms as other offices print them, and as other scanners read them: the same row, the same quarter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.tmm_f004.model import ActionRow, Estado
from dagster_project.tmm_f004.page.rows import parse_rows
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.text.cells import cells_of
from tests.support.made_up_forms import CATALOGS, TABLE_HEAD, MadeUpForm, header, page, rows, settle

FIGURES = "40\t10\t11\t10\t0\t10\t0\t10\t0\t11\t28%"
CELLS = tuple(FIGURES.split("\t"))


def one_row(text: str) -> ActionRow:
    (row,), refused = parse_rows(list(enumerate(text.split("\n"), start=1)))
    assert refused == []
    return row


@pytest.mark.parametrize(
    "mark", [".-", ". ", " .- ", "- ", " - ", ".–", "._ ", ") ", ".) ", ": "], ids=lambda m: repr(m).strip("'")
)
def test_an_action_number_is_told_by_the_mark_behind_it(mark: str) -> None:
    row = one_row(f"2.1.4\t415{mark}Podar arbolado\tÁrbol\t{FIGURES}")
    assert (row.accion, row.descripcion, row.unidad_medida) == (415, "Podar arbolado", "Árbol")


@pytest.mark.parametrize(
    "start",
    ["2. 1. 4 3.1.2\t415.-", "2.1.4 3.1.2\t4 1 5.-", "2.1.4 3.1.2 415.-", "2.1.4 3.1.2\n415.-"],
    ids=["torn-code", "torn-number", "one-cell", "codes-on-a-line-above"],
)
def test_codes_and_number_torn_glued_or_on_a_line_of_their_own(start: str) -> None:
    """A digit of a torn code is never taken for the action's number."""
    row = one_row(f"{start} Podar arbolado\tÁrbol\t{FIGURES}")
    assert (row.lineas_accion, row.accion, row.descripcion) == (("2.1.4", "3.1.2"), 415, "Podar arbolado")
    assert row.impreso == CELLS


def test_a_row_whose_cells_stand_on_lines_of_their_own() -> None:
    row = one_row("2.1.4\t415.- Podar arbolado\tÁrbol\n" + "\n".join(CELLS))
    assert (row.accion, row.impreso, row.linea, row.linea_fin) == (415, CELLS, 1, 12)


def test_a_table_whose_rules_were_read_as_bars() -> None:
    """Bars, and a rule of dashes under the header."""
    lines = [line.replace("\t", " | ").join(("| ", " |")) if "\t" in line else line for line in page(MadeUpForm())]
    at = next(k for k, line in enumerate(lines) if "700.-" in line)
    found = settle([*lines[:at], "|---|---|---|---|---|", *lines[at:]])
    (form,) = found.formatos
    assert [(r.accion, r.unidad_medida, r.lineas_accion) for r in form.renglones] == [
        (n, "Sesión", ("3.1.4",)) for n in (700, 701, 702, 703)
    ]
    assert {r.impreso[-1] for r in form.renglones} == {"62%"}
    assert found.rechazos == ()


@pytest.mark.parametrize("codes", ["2.1.4", "", "2.1.4\n", "2.1.4\t\n"])
def test_an_action_number_in_a_cell_of_its_own(codes: str) -> None:
    row = one_row(f"{codes}\t415\tPodar arbolado\tÁrbol\t{FIGURES}")
    assert (row.accion, row.descripcion, row.unidad_medida, row.impreso) == (415, "Podar arbolado", "Árbol", CELLS)


@pytest.mark.parametrize(("number", "read"), [("415", 415), ("620", None)], ids=["in-sequence", "out-of-sequence"])
def test_a_number_without_a_mark_counts_only_in_the_sequence(number: str, read: int | None) -> None:
    """A text may begin with a figure of its own: 620 Becas."""
    lines = [f"2.1.4\t414.- Regar\tJardín\t{FIGURES}", f"2.1.4\t{number} Becas de riego\tBeca\t{FIGURES}"]
    found, _ = parse_rows(list(enumerate(lines, start=1)))
    assert [r.accion for r in found] == [414, read]


@pytest.mark.parametrize("codes", ["2.1.4, 3.1.2", "2.1.4; 3.1.2", "2.1.4 y 3.1.2", "2.1.4 / 3.1.2", "2.1.4 - 3.1.2"])
def test_codes_of_a_row_however_they_are_joined(codes: str) -> None:
    row = one_row(f"{codes}\t415.- Podar arbolado\tÁrbol\t{FIGURES}")
    assert (row.lineas_accion, row.descripcion) == (("2.1.4", "3.1.2"), "Podar arbolado")


def test_a_blank_in_the_place_of_the_measure_is_no_figure() -> None:
    row = one_row(f"2.1.4\t415.- Podar arbolado\t\t{FIGURES}")
    assert (row.unidad_medida, row.impreso) == ("", CELLS)


@pytest.mark.parametrize("gap", ["  ", "    "])
def test_a_row_whose_tabs_were_read_as_spaces(gap: str) -> None:
    row = one_row(gap.join(["2.1.4 3.1.2", "415.- Podar 12 árboles", "Árbol", *CELLS, "Se cumple."]))
    assert (row.lineas_accion, row.accion, row.descripcion) == (("2.1.4", "3.1.2"), 415, "Podar 12 árboles")
    assert (row.unidad_medida, row.impreso, row.observaciones) == ("Árbol", CELLS, "Se cumple.")


@pytest.mark.parametrize("cell", ["'0", "l", "O", "~11,000", "11'000", "|58", "(3)", "5*", "3G"])
@pytest.mark.parametrize("gap", [" ", "   "])
def test_a_mark_in_a_row_parted_by_spaces_ends_it_nowhere(cell: str, gap: str) -> None:
    cells = (*CELLS[:4], cell, *CELLS[5:])
    row = one_row(gap.join(["2.1.4 415.- Podar arbolado", "Árbol", *cells]))
    assert (row.accion, row.impreso) == (415, cells)


@pytest.mark.parametrize(
    ("codes", "read"), [("2.6.14.2.3 6.1.4", ("6.1.4",)), ("2.1.52.13.1", ()), ("2.6.1 4.2.3", ("2.6.1", "4.2.3"))]
)
@pytest.mark.parametrize("gap", [" ", "\t"])
def test_codes_run_together_before_the_number_are_no_part_of_the_text(
    codes: str, read: tuple[str, ...], gap: str
) -> None:
    """As an engine reads two lines of a narrow cell, and the text beside it, as one: the number stands behind them."""
    row = one_row("\t".join([f"{codes}{gap}415. Podar arbolado", "Árbol", *CELLS]))
    assert (row.accion, row.descripcion, row.lineas_accion) == (415, "Podar arbolado", read)


def test_a_row_parted_by_single_spaces_keeps_its_measure_with_its_text() -> None:
    """Nothing tells where the text ends and the measure begins."""
    row = one_row("2.1.4 415.- Podar arbolado Árbol " + " ".join(CELLS))
    assert (row.accion, row.descripcion, row.unidad_medida) == (415, "Podar arbolado Árbol", "")
    assert row.impreso == CELLS


@pytest.mark.parametrize(
    "text", ["En 2021 se atendieron 35 casos, 12 más que en 2020.", "2.1.4 PODA DE ARBOLES", "Tel. 555 12 34 56"]
)
def test_a_sentence_with_numbers_is_no_row(text: str) -> None:
    assert cells_of(text) == [text]


@pytest.mark.parametrize(
    ("above", "below", "text", "remark"),
    [
        ("Podar arbolado en", "las avenidas.", "Podar arbolado en las avenidas.", ""),
        ("Podar arbolado.", "Se cumple.", "Podar arbolado.", "Se cumple."),
    ],
    ids=["text-goes-on", "remark"],
)
def test_a_line_under_a_row_goes_on_with_the_text_cut_short(above: str, below: str, text: str, remark: str) -> None:
    row = one_row(f"2.1.4\t415.- {above}\tÁrbol\t{FIGURES}\t\n{below}")
    assert (row.descripcion, row.observaciones, row.linea_fin) == (text, remark, 2)


@pytest.mark.parametrize(
    "date",
    [
        "FECHA: AL 30 DE SEPTIEMBRE DE 2023",
        "FECHA: 30 de septiembre de 2023",
        "FECHA: 30/09/2023",
        "FECHA: DEL 01/07/2023 AL 30/09/2023",
        "TERCER TRIMESTRE 2023",
        "TRIMESTRE: 3",
        "FECHA: TRIMESTRE III 2O23",
    ],
)
def test_a_quarter_by_its_last_day_or_its_number(date: str) -> None:
    found = settle(page(MadeUpForm(date=(date,))))
    (form,) = found.formatos
    assert (form.corte, form.trimestre.estado, form.anio.estado) == ("2023-T3", Estado.EXACTA, Estado.EXACTA)
    assert found.rechazos == ()


def test_a_day_within_a_quarter_is_no_period() -> None:
    """The day a form was drawn up: its cells decide."""
    (form,) = settle(page(MadeUpForm(date=("FECHA: 12 DE OCTUBRE DE 2023",)))).formatos
    assert form.trimestre.estado is Estado.DUDOSA or form.trimestre.valor == "3"


def test_a_programme_no_catalogue_knows_is_settled_once_two_pages_print_it() -> None:
    names = (("318", "RESCATE DE ARCHIVOS"), ("31840", "ARCHIVO HISTORICO"))
    new = replace(MadeUpForm(), fields=(MadeUpForm().fields[0], *names, *MadeUpForm().fields[3:]))
    alone, *_ = settle(page(new)).formatos
    first, second = settle(page(new), page(replace(new, date=("FECHA: OCTUBRE-DICIEMBRE 2023",)))).formatos
    assert alone.programa.estado is Estado.DUDOSA
    assert {(f.programa.valor, f.programa.estado) for f in (first, second)} == {("318", Estado.EXACTA)}


def test_a_table_that_goes_on_under_a_bare_title_stays_in_its_quarter() -> None:
    form = MadeUpForm()
    table = rows(form)
    parts = [*form.title, "", *header(form, "label_value"), "", *form.date, "", *TABLE_HEAD, *table[:2]]
    first, second = settle([*parts, "", *form.title, "", *TABLE_HEAD, *table[2:], "", *form.signatures]).formatos
    assert [r.accion for f in (first, second) for r in f.renglones] == [700, 701, 702, 703]
    assert (second.unidad.valor, second.corte) == ("31101", "2023-T3")
    assert "sigue_la_tabla" in second.trimestre.regla


def test_rows_parted_by_spaces_are_found_in_their_form() -> None:
    lines = [line.replace("\t", "   ") if "%" in line else line for line in page(MadeUpForm())]
    (form,) = settle(lines).formatos
    assert [(r.accion, r.unidad_medida, len(r.impreso)) for r in form.renglones] == [
        (n, "Sesión", 11) for n in (700, 701, 702, 703)
    ]


def _spoilt(cell: str, row: int, at: int) -> Estado:
    """What is said of a row of a sound table once ``cell`` stands in place of its figure ``at``."""
    table = rows(MadeUpForm())
    parts = table[row].split("\t")
    first = next(k for k, c in enumerate(parts) if c.isdigit())
    parts[first + at] = cell.replace("$", parts[first + at])
    lines = page(MadeUpForm())
    at_line = lines.index(table[row])
    (form,) = settle([*lines[:at_line], "\t".join(parts), *lines[at_line + 1 :]]).formatos
    (told,) = (r for r in read_form(form, CATALOGS).renglones if r.renglon.linea == at_line + 1)
    is_like_a_measure = at == 0 and cell == "[ilegible]"
    assert is_like_a_measure or (len(told.renglon.impreso), told.renglon.unidad_medida) == (11, "Sesión")
    return told.estado


@pytest.mark.parametrize("at", range(10))
@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("cell", ["3G", "N/A", "?", "$ casos", "[ilegible]"])
def test_a_row_with_a_cell_that_cannot_be_read_is_doubtful(cell: str, row: int, at: int) -> None:
    assert _spoilt(cell, row, at) is Estado.DUDOSA


@pytest.mark.parametrize("at", range(10))
@pytest.mark.parametrize("cell", ["'$", "~$", "$*"])
def test_a_mark_around_a_figure_changes_nothing(cell: str, at: int) -> None:
    assert _spoilt(cell, 0, at) is not Estado.DUDOSA


@pytest.mark.parametrize("at", [*range(8), 9])
@pytest.mark.parametrize("cell", ["-$", "($)", "$-", "'-$", "(-$)"])
def test_a_figure_below_nought_is_doubtful_and_never_made_positive(cell: str, at: int) -> None:
    assert _spoilt(cell, 0, at) is Estado.DUDOSA


@pytest.mark.parametrize("cell", ["-$", "($)"])
def test_nothing_is_below_nought_in_a_nought(cell: str) -> None:
    assert _spoilt(cell, 0, 8) is not Estado.DUDOSA
