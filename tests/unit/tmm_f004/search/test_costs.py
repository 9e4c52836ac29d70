"""Each operation of the damage model, by name: what it does to a row, and that undoing it costs what the model says."""

import numpy as np
import pytest

from dagster_project.tmm_f004.model import CAMPOS, ActionRow, Estado, Reading
from dagster_project.tmm_f004.read.total_row import weighed
from dagster_project.tmm_f004.search.costs import COST, FIRST_HABITS, SAME_SHAPE
from dagster_project.tmm_f004.search.row_variants import misread_alike, taken_for, variants
from dagster_project.tmm_f004.search.table import Workspace

PLAIN = (0, 1, 2, 3, 4, 5, 6, 7, 8)
CLEAN = "100 20 20 30 30 20 20 30 30 100 100%"
ALIKE = SAME_SHAPE

CASES = {
    "celda_repetida": ("100 20 20 30 30 20 20 20 30 30 100 100%", 0.0),
    "tramo_repetido": ("100 20 20 30 30 20 20 30 30 30 30 100 100%", 0.0),
    "celda_perdida": ("100 20 20 30 30 20 20 30 100 100%", 0.0),
    "cero_por_cifra": ("100 20 20 30 30 20 20 30 0 100 100%", 0.0),
    "digito_mal_leido": ("100 20 20 80 30 20 20 30 30 100 100%", ALIKE - 2 * COST["cifra_suelta"]),
    "digito_perdido": ("100 20 20 3 30 20 20 30 30 100 100%", -COST["cifra_suelta"]),
    "digito_de_mas": ("100 20 20 330 30 20 20 30 30 100 100%", -3 * COST["cifra_suelta"]),
    "total_en_cero": ("100 20 20 30 30 20 20 30 30 0 0%", FIRST_HABITS[3, 0]),
    "blanco_agregado": ("100 20 20 30 30 _ 20 20 30 30 100 100%", 0.0),
    "celda_inventada": ("100 20 20 30 30 77 20 20 30 30 100 100%", 0.0),
    "porcentaje_ajeno": ("100 20 20 30 30 20 20 30 30 100 7%", 0.0),
    "signo_perdido": ("100 20 20 30 30 20 20 30 30 100 100", 0.0),
}
"""A damaged print of CLEAN, and what undoing it costs beyond the operation's own: the digit's shape, less what a figure
that the row repeats is likelier than the one printed."""


def row(line):
    """A row of the form from its cells, '_' an empty one."""
    cells = tuple("" if c == "_" else c for c in line.split())
    return ActionRow(1, (), 101, "texto", "Apoyo", cells, "")


def cheapest(line, columns=PLAIN, cut=4, others=()):
    """Cost and figures of the cheapest reading over every way to take the print."""
    space, best = Workspace(), (np.inf, ())
    for printed in [*variants(row(line)), *others]:
        if space.search(printed, np.array(columns), cut, True, FIRST_HABITS, 30.0, 5.0):
            cost = float(space.best.prices[0]) + printed.cost
            best = min(best, (cost, tuple(int(v) / printed.scale for v in space.best.tuples[0][:10])))
    return best


def beyond(damaged, clean=CLEAN, **kwargs):
    """What a damaged print costs beyond the clean one; both must read alike."""
    found, plain = cheapest(damaged, **kwargs), cheapest(clean, **kwargs)
    assert found[1] == plain[1]
    return found[0] - plain[0]


@pytest.mark.parametrize("operation", CASES)
def test_an_operation_is_undone_at_its_cost(operation):
    """The damaged print reads as the clean one, dearer by the operation."""
    line, more = CASES[operation]
    assert beyond(line) == pytest.approx(COST[operation] + more)


def test_each_further_misread_digit_of_a_number():
    """otro_digito: two digits of one number cost less than two numbers misread."""
    two = beyond("100 20 20 30 30 20 20 30 30 780 100%")
    one = beyond("100 20 20 30 30 20 20 30 30 180 100%")
    assert two - one == pytest.approx(COST["otro_digito"] + ALIKE)


TWICE = (0, 1, 2, 3, 4, 5, 6, 7, 6, 7, 8)
CLEAN_TWICE = "100 20 20 30 30 20 20 30 30 30 30 100 100%"


def test_a_copy_misread_alike():
    """misma_copia: the second print of a column shows the same wrong digit."""
    cost = beyond("100 20 20 30 30 20 20 80 30 80 30 100 100%", CLEAN_TWICE, columns=TWICE)
    assert cost == pytest.approx(COST["digito_mal_leido"] + ALIKE + COST["misma_copia"] - 2 * COST["cifra_suelta"])


def test_a_copy_that_is_not_set():
    """copia_perdida: a column that the table sets twice stands once in this row."""
    assert beyond("100 20 20 30 30 20 20 30 30 30 100 100%", CLEAN_TWICE, columns=TWICE) == COST["copia_perdida"]


def test_one_figure_misread_alike_all_along():
    """digito_parejo: every 20 printed as 26."""
    line = "100 26 26 30 30 26 26 30 30 100 100%"
    shown = variants(row(line))[0]
    alike = [taken_for(shown, *way) for way in zip(*misread_alike(shown), strict=True) if 20 in way[0]]
    assert beyond(line, others=alike) == pytest.approx(COST["digito_parejo"] + ALIKE)


def test_a_separator_lost_or_misplaced():
    """separador: 13,5 where the row means 135, not thirteen and a half."""
    clean = "500 100 101 150 149 135 136 115 114 500 100%"
    assert beyond(clean.replace("135", "13,5"), clean) == pytest.approx(COST["separador"])


def test_quarters_planned_and_not_begun_or_begun_unplanned():
    """avance_sin_programa, programa_sin_avance: no damage, but rarer than a plan met."""
    idle = cheapest("100 20 20 30 0 20 20 30 30 70 70%")[0] - cheapest(CLEAN)[0]
    unplanned = cheapest("70 20 20 0 30 20 20 30 30 100 143%")[0] - cheapest(CLEAN)[0]
    nought, empty = FIRST_HABITS[1, 0] - FIRST_HABITS[1, 4], FIRST_HABITS[0, 0] - FIRST_HABITS[0, 4]
    assert idle == pytest.approx(COST["programa_sin_avance"] + nought)
    assert unplanned == pytest.approx(COST["avance_sin_programa"] + empty)


def test_another_figure_achieved_than_was_planned():
    """avance_distinto: no damage, and half as common as a plan met to the unit."""
    met = cheapest("100 20 20 30 30 20 20 30 30 100 100%")[0]
    assert cheapest("100 20 25 30 30 20 20 30 30 105 105%")[0] - met == pytest.approx(COST["avance_distinto"])


def test_a_figure_brought_back_that_equals_no_other():
    """cifra_suelta: by its digits, where the row does not repeat it."""
    alone = beyond("97 20 20 30 30 20 20 27 100 103%", "97 20 20 30 30 20 20 27 30 100 103%")
    assert alone == pytest.approx(COST["celda_perdida"])
    loner = beyond("97 20 20 30 30 20 20 30 100 103%", "97 20 20 30 30 20 20 27 30 100 103%")
    assert loner == pytest.approx(COST["celda_perdida"] + 2 * COST["cifra_suelta"])


def test_a_reading_that_breaks_the_goal_rows_sum():
    """fuera_de_la_suma: the reading stays, dearer."""
    values = dict.fromkeys(CAMPOS) | {"p1": 20}
    reading = Reading(1.0, values, dict.fromkeys(CAMPOS, Estado.EXACTA), {}, ())
    assert weighed(reading, {"p1": 20}) is reading
    assert weighed(reading, {"p1": 30}).costo == 1.0 + COST["fuera_de_la_suma"]


def test_every_operation_has_a_test_of_its_own():
    """An operation added to the model is tried here."""
    elsewhere = " ".join(f.__doc__ for name, f in globals().items() if name.startswith("test_"))
    assert all(name in CASES or name in elsewhere for name in COST)
