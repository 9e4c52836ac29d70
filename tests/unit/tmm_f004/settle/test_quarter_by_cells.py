"""When the cells of a table may settle the quarter of its page, and when they must leave it open."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.model import ActionRow, Estado, Form, Settled
from dagster_project.tmm_f004.search.table import Workspace
from dagster_project.tmm_f004.settle.pages import settle_extract
from dagster_project.tmm_f004.settle.quarter_by_cells import settle_by_cells
from tests.support.made_up_forms import CATALOGS, TABLE_HEAD, MadeUpForm, page

OPEN = Settled("3", Estado.DUDOSA, "plan", 0.27)
NO_DATE = "FECHA:"
CLOSED_AT_2 = (
    ("24", "6", "3", "6", "5", "6", "", "6", "", "8", "33%"),
    ("40", "10", "9", "10", "8", "10", "", "10", "", "17", "43%"),
    ("16", "4", "2", "4", "7", "4", "", "4", "", "9", "56%"),
    ("90", "20", "25", "30", "21", "20", "", "20", "", "46", "51%"),
)
BLANK_FIRST = (
    ("18", "", "", "6", "5", "6", "", "6", "", "5", "28%"),
    ("30", "", "", "10", "8", "10", "", "10", "", "8", "27%"),
    ("12", "", "", "4", "7", "4", "", "4", "", "7", "58%"),
    ("70", "", "", "30", "21", "20", "", "20", "", "21", "30%"),
)
THIRD_WITHOUT_FIRST = (  # and without the A of the quarter to come: as many cells as a first quarter may print
    ("105", "35", "14", "35", "35", "35", "49", "47%"),
    ("10", "10", "8", "0", "0", "0", "8", "80%"),
    ("2,395", "2,395", "2,395", "0", "0", "0", "2,395", "100%"),
    ("255", "85", "106", "85", "85", "85", "191", "75%"),
)
NOTHING_LAST = (  # a first quarter's, or a second's that leaves the first out and prints two blanks more
    ("453", "151", "125", "151", "151", "151", "151", "", "", "125", "28%"),
    ("14", "3", "2", "2", "2", "9", "9", "", "", "2", "14%"),
    ("32", "11", "18", "9", "9", "12", "12", "", "", "18", "56%"),
    ("15", "7", "5", "5", "5", "3", "3", "", "", "5", "33%"),
)
MOST_SLIPPED = (  # a second quarter's again, its third pair printed twice: only what is planned early closes in place
    ("1902", "762", "778", "564", "0", "564", "0", "576", "0", "778", "41%"),
    ("55", "55", "71", "0", "0", "0", "0", "0", "0", "71", "129%"),
    ("185", "150", "150", "12", "0", "12", "0", "23", "0", "150", "81%"),
    ("3", "3", "3", "0", "0", "0", "0", "0", "0", "3", "100%"),
)
PLANNED_LAST = (
    ("453", "151", "125", "151", "151", "100", "100", "51", "51", "125", "28%"),
    *NOTHING_LAST[1:],
)
SLIPPED = (  # of a fourth quarter: the column of its last advances is lost, and cells of most rows with it
    ("43", "", "", "13", "18", "10", "0", "20", "38", "88%"),
    ("45", "", "", "45", "45", "0", "0", "0", "43", "100%"),
    ("11", "", "", "3", "3", "3", "2", "3", "8", "73%"),
    ("304", "", "", "3", "211", "93", "93", "0", "304", "100%"),
    ("3", "", "", "7", "1", "1", "1", "0", "2", "67%"),
    ("5", "", "", "0", "0", "5", "4", "0", "4", "80%"),
    ("390", "", "", "200", "200", "60", "390", "100%"),
    ("51844985", "", "", "17092857", "21971052", "200", "10338112", "9420746", "24414016", "55805814", "108%"),
    ("95", "", "", "42", "39", "21", "1732", "88", "93%"),
    ("3", "", "", "I", "1", "1", "1", "1", "3", "100%"),
    ("2", "", "1", "1", "1", "0", "2", "10O%"),
)


def form_of(cells: tuple[tuple[str, ...], ...], date: str) -> list[str]:
    """A page of the made-up unit with these cells in its table."""
    form = MadeUpForm(date=(date,))
    lines = page(form)
    first = lines.index(TABLE_HEAD[-1]) + 1
    rows = [
        "\t".join(["3.1.4", f"{number}.- {duty}", "Sesión", *row, ""])
        for number, duty, row in zip(form.numbers, form.duties, cells, strict=True)
    ]
    return [*lines[:first], *rows, *lines[first + len(rows) :]]


def one_more(cells: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The same plan with one more achieved in the first quarter of every row."""
    more = []
    for row in cells:
        done = int(row[9]) + 1
        more.append((*row[:2], str(int(row[2]) + 1), *row[3:9], str(done), f"{round(100 * done / int(row[0]))}%"))
    return tuple(more)


def settle(*pages: list[str]) -> tuple[Form, ...]:
    return settle_extract([line for lines in pages for line in lines], CATALOGS).formatos


def test_cells_settle_a_quarter_that_no_date_states() -> None:
    (form,) = settle(form_of(CLOSED_AT_2, NO_DATE))
    assert (form.trimestre.valor, form.trimestre.estado) == ("2", Estado.REPARADA)


def test_rows_that_close_as_a_first_quarter_and_as_a_third_that_leaves_it_out_tell_neither() -> None:
    """The others of the table close as a third alone; the month beside is the day of printing, and out of date."""
    (form,) = settle(form_of(THIRD_WITHOUT_FIRST, "FECHA: 27 MAR 2023"))
    assert form.trimestre.valor == "3"


@pytest.mark.parametrize("cells", [NOTHING_LAST, MOST_SLIPPED])
def test_rows_that_close_also_as_the_quarter_after_with_the_first_left_out_add_nothing_to_a_month(
    cells: tuple[tuple[str, ...], ...],
) -> None:
    """A day of March is a hint of the first quarter, and may be left from its report."""
    (form,) = settle(form_of(cells, "FECHA: 25 MAR 2023"))
    assert form.trimestre.estado is Estado.DUDOSA


def test_a_plan_for_the_last_quarter_tells_that_the_first_one_is_not_left_out() -> None:
    (form,) = settle(form_of(PLANNED_LAST, "FECHA: 25 MAR 2023"))
    assert (form.trimestre.valor, form.trimestre.estado) == ("1", Estado.REPARADA)


def test_cells_never_overrule_a_printed_date() -> None:
    (form,) = settle(form_of(BLANK_FIRST, "FECHA: ENE-MAR 2023"))
    assert form.trimestre.estado is Estado.DUDOSA
    assert form.trimestre.valor == "1"


def test_of_two_printed_dates_cells_may_choose_one() -> None:
    rows = [ActionRow(n, (), n, "texto", "Sesión", cells, "") for n, cells in enumerate(CLOSED_AT_2, start=1)]
    for printed, estado in (({"2", "3"}, Estado.REPARADA), ({"1", "3"}, Estado.DUDOSA)):
        assert settle_by_cells(OPEN, rows, CATALOGS.adds_up, Workspace(), frozenset(printed)).estado is estado


def test_cells_make_no_second_report_of_a_quarter_of_the_same_actions() -> None:
    lost, stated = settle(form_of(CLOSED_AT_2, NO_DATE), form_of(one_more(CLOSED_AT_2), "FECHA: ABRIL-JUNIO 2023"))
    assert (stated.trimestre.valor, stated.trimestre.estado) == ("2", Estado.EXACTA)
    assert lost.trimestre.estado is Estado.DUDOSA


def test_a_page_printed_twice_is_of_the_quarter_of_its_first_print() -> None:
    lost, stated = settle(form_of(CLOSED_AT_2, NO_DATE), form_of(CLOSED_AT_2, "FECHA: ABRIL-JUNIO 2023"))
    assert (lost.trimestre.valor, lost.trimestre.estado) == ("2", Estado.REPARADA)
    assert stated.trimestre.valor == "2"


def test_of_two_pages_of_the_same_actions_cells_do_not_settle_both_as_one_quarter() -> None:
    forms = settle(form_of(CLOSED_AT_2, NO_DATE), form_of(one_more(CLOSED_AT_2), NO_DATE))
    assert {f.trimestre.estado for f in forms} == {Estado.DUDOSA}


def test_another_unit_has_its_own_report_of_the_quarter() -> None:
    stated = [
        line.replace("31101 COORDINACION DE BIBLIOTECAS", "31105 DEPARTAMENTO DE MUSEOS")
        for line in form_of(CLOSED_AT_2, "FECHA: ABRIL-JUNIO 2023")
    ]
    other, mine = settle(stated, form_of(tuple(reversed(CLOSED_AT_2)), NO_DATE))
    assert other.unidad.valor == "31105"
    assert (mine.unidad.valor, mine.trimestre.valor, mine.trimestre.estado) == ("31101", "2", Estado.REPARADA)


def test_a_table_that_slipped_as_a_whole_settles_nothing_by_a_row() -> None:
    rows = [ActionRow(n, (), n, "texto", "Sesión", cells, "") for n, cells in enumerate(SLIPPED, start=1)]
    assert settle_by_cells(OPEN, rows, CATALOGS.adds_up, Workspace()) == OPEN


def test_a_sign_behind_every_figure_changes_no_quarter() -> None:
    """As a table prints of which somebody formatted all columns as percentages: the sign is none of the figures."""
    signed = tuple(tuple(c if not c or c.endswith("%") else f"{c}%" for c in row) for row in CLOSED_AT_2)
    rows = [ActionRow(n, (), n, "texto", "Sesión", cells, "") for n, cells in enumerate(signed, start=1)]
    found = settle_by_cells(OPEN, rows, CATALOGS.adds_up, Workspace())
    assert (found.valor, found.estado) == ("2", Estado.REPARADA)


def test_figures_to_date_tell_no_quarter() -> None:
    """Each quarter's A closes with the total of the ones before."""
    dated = tuple((*row[:4], row[9], *row[5:]) for row in CLOSED_AT_2)
    rows = [ActionRow(n, (), n, "texto", "Sesión", cells, "") for n, cells in enumerate(dated, start=1)]
    assert settle_by_cells(OPEN, rows, CATALOGS.adds_up, Workspace()) == OPEN


def test_a_head_of_another_order_leaves_the_quarter_open() -> None:
    """A before P: the cells stand elsewhere than the form's."""
    page_of = form_of(tuple((r[0], *(r[k] for k in (2, 1, 4, 3, 6, 5, 8, 7)), *r[9:]) for r in CLOSED_AT_2), NO_DATE)
    other = [line.replace("\tP\tA\tP\tA\tP\tA\tP\tA", "\tA\tP\tA\tP\tA\tP\tA\tP") for line in page_of]
    assert settle(other)[0].trimestre.estado is Estado.DUDOSA
