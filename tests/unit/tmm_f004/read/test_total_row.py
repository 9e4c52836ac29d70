"""The total row as evidence: made-up tables whose first row sums the others, or does not."""

import pytest

from dagster_project.tmm_f004.model import CAMPOS, Estado, Reading
from dagster_project.tmm_f004.read.total_row import fits, sums
from tests.unit.tmm_f004.read.test_form import figures, read

GOAL = "311 80 79 90 0 71 0 70 0 79 25%"
ACTIONS = ["150 50 52 30 0 70 0 0 0 52 35%", "61 20 17 20 0 1 0 20 0 17 28%"]
THIRD = "100 10 10 40 0 0 0 50 0 10 10%"


def test_a_sum_that_the_other_rows_bear_out_says_what_a_row_must_be():
    """Every figure settled in all other rows: the goal's less the rest."""
    wanted = sums(read([GOAL, *ACTIONS, THIRD], first=200), [True] * 4, 3)
    assert wanted is not None
    assert [wanted[f"p{q}"] for q in range(1, 5)] == [10, 40, 0, 50]
    assert (wanted["meta"], wanted["a1"]) == (100, 10)


BROKEN = {
    "a figure settled everywhere does not add up": (["312 80 79 91 0 71 0 70 0 79 25%", *ACTIONS], 200),
    "the first row is no goal": ([GOAL, *ACTIONS], 201),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_sum_that_is_not_borne_out_says_nothing(name):
    """One settled figure that does not add up, and the total row is a row like the others."""
    table, first = BROKEN[name]
    assert sums(read([*table, THIRD], first=first), [True] * 4, 3) is None


def test_small_sums_prove_little():
    """1 + 1 = 2 in one quarter is no proof that the first row sums the others."""
    rows = read(["2 2 2 0 0 0 0 0 0 2 100%", "1 1 1 0 0 0 0 0 0 1 100%", "1 1 1 0 0 0 0 0 0 1 100%"], first=200)
    assert sums(rows, [True] * 3, 2) is None


def test_a_ratio_is_in_no_sum():
    """The rows that add up are the goal's: a ratio among them is left out."""
    rows = read([GOAL, *ACTIONS, THIRD], first=200)
    assert sums(rows, [True, True, True, False], 3) is None
    assert sums(rows, [True, False, True, True], 3) is None


DOUBTFUL = {
    "a digit that two quarters could have": ("100 10 10 41 0 0 0 59 0 10 10%", [10, 41, 0, 49]),
    "a plan brought back that stands nowhere else": ("100 10 10 40 0 0 0 0 10 10%", [10, 40, 0, 50]),
    "one figure misread alike all along": ("100 10 10 80 0 80 0 80 0 10 10%", [10, 30, 30, 30]),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_row_is_settled_by_the_sum_only_where_it_is_one(name):
    """Numbered x00 the first row settles it; numbered otherwise the same row stays flagged."""
    line, plan = DOUBTFUL[name]
    goal = f"311 80 79 {50 + plan[1]} 0 {71 + plan[2]} 0 {20 + plan[3]} 0 79 25%"
    row = read([goal, *ACTIONS, line], first=200)[3]
    assert read([goal, *ACTIONS, line], first=201)[3].estado == Estado.DUDOSA
    assert figures(row) == (100, plan, 10, 10)
    assert row.estado == Estado.REPARADA


def test_a_repair_that_the_sum_belies_is_not_believed():
    """P4 106 for 156: the row alone would mend P2, and be sure; every other row says that P2 is 37."""
    rows = [
        "6198 2675 2777 273 0 1566 0 1684 0 2777 45%",
        "5741 2517 2517 226 0 1480 0 1518 0 2517 44%",
        "61 61 159 0 0 0 0 0 0 159 261%",
        "20 5 5 5 0 5 0 5 0 5 25%",
        "20 5 7 5 0 5 0 5 0 7 35%",
        "356 87 89 37 0 76 0 106 0 89 25%",
    ]
    assert read(rows, first=201)[5].estado == Estado.REPARADA
    row = read(rows, first=200)[5]
    assert row.estado == Estado.DUDOSA
    assert [row.lecturas[0].valores[f"p{q}"] for q in range(1, 5)] == [87, 37, 76, 156]


@pytest.mark.parametrize(
    ("stated", "does_fit"),
    [({"p1": 10, "p2": 20, "p3": 5, "p4": 0}, True), ({"p1": 10, "p2": 20, "p3": 5}, False)],
    ids=["all-the-others", "one-lacks"],
)
def test_a_sum_is_proved_by_all_that_add_up_to_it(stated, does_fit):
    """A misread meta is what the first row makes of the four P, where it states all of them."""
    values = dict(zip(CAMPOS, (35, 10, 20, 5, 0, 10, None, None, None, 10, 29), strict=True))
    estados = dict.fromkeys(CAMPOS, Estado.EXACTA) | {"meta": Estado.REPARADA}
    assert fits(Reading(5.8, values, estados, {}), stated, quarter=1) is does_fit
