"""What the print must prove of a reading before it is believed: made-up rows, one rule each."""

import pytest

from dagster_project.tmm_f004.model import CAMPOS, Estado, Reading
from dagster_project.tmm_f004.read.proof import contradicted, is_supported
from tests.unit.tmm_f004.read.test_form import CLEAN, read

BORNE_OUT = {
    "the only achievement, by a digit that looks like it": "150 50 82 30 0 70 0 0 0 52 35%",
    "a plan brought back that another quarter repeats": "143 50 52 30 0 0 13 0 52 36%",
    "a meta that the percentage belies": "750 50 52 30 0 70 0 0 0 52 35%",
    "an only achievement whose total and percentage were lost": "150 50 52 30 0 70 0 0 0 0 0%",
    "one figure misread alike that both sums make the same": "16 1 1 1 0 1 0 1 0 4 25%",
    "a meta that the percentage does not tell, all its P standing twice": "1,560 395 395 395 0 395 0 395 0 395 25%",
}
NOT_BORNE_OUT = {
    "an achievement changed for no other reason than the total": "150 48 50 32 0 70 0 0 0 52 35%",
    "a zero changed for no other reason than the total": "150 50 0 30 0 70 0 0 0 13 9%",
    "a plan brought back that stands nowhere else": "163 50 52 30 0 0 13 0 52 32%",
    "a zero for a plan that stands nowhere else": "163 50 52 30 0 0 0 13 0 52 32%",
    "a meta that goes with 0 % as well as the one printed": "14 0 0 24 0 9 0 11 0 0 0%",
    "a meta too near the one printed for the percentage to tell": "9052 4010 452 2015 0 2029 0 1001 0 452 5%",
    "a meta that was lost": "50 52 30 0 70 0 0 0 52 35%",
    "one figure misread alike that one sum alone belies": "36 17 0 17 0 17 0 0 0 0 0%",
}


@pytest.mark.parametrize("name", BORNE_OUT)
def test_what_something_else_proves_is_believed(name):
    """A figure changed or filled in is believed where the row shows it elsewhere or another check agrees."""
    assert read([*CLEAN, BORNE_OUT[name]])[4].estado == Estado.REPARADA


@pytest.mark.parametrize("name", NOT_BORNE_OUT)
def test_what_only_its_own_sum_proves_is_flagged(name):
    """A figure found by subtraction closes its sum whatever else is misread: flagged, the print among its readings."""
    row = read([*CLEAN, NOT_BORNE_OUT[name]])[4]
    assert row.estado == Estado.DUDOSA
    assert len(row.alternativas) > 1


@pytest.mark.parametrize(
    ("changed", "is_borne_out"),
    [({"p1", "a1"}, True), ({"p1", "a1", "relativo_pct"}, False), ({"p1", "a1", "meta"}, False)],
    ids=["two", "a-percentage-beside", "a-meta-beside"],
)
def test_three_changes_bear_out_none_of_them(changed, is_borne_out):
    """A first quarter brought back and a percentage changed to fit it: the repair made every check of the row."""
    values = dict(zip(CAMPOS, (188, 50, 50, 44, 44, 50, 0, 0, 0, 50, 27), strict=True))
    estados = {f: Estado.REPARADA if f in changed else Estado.EXACTA for f in CAMPOS}
    printed = {f: str(v) for f, v in values.items() if f not in changed} | {"relativo_pct": "27%"}
    assert is_supported(Reading(10.0, values, estados, printed), additive=True, quarter=1) is is_borne_out


ANOTHER_WAY = {
    "an A changed where no row prints the first quarter's": (
        [
            "41 7 15 15 11 _ 8 _ 41 22 22 54%",
            "5,170,226 978,415 1,892,626 1,434,226 1,532,326 _ 766859 _ 5170226 2412641 2412641 47%",
            "281 67 79 0 92 _ 43 _ 281 67 67 24%",
        ],
        2,
    ),
    "a row that has lost its end, total and percentage": (
        ["300 _ 0 0 300 0 0 0%", "15 _ 5 6 5 5 6 40%", "30 _ 9 9 10 11 9 30%", "67 _ 19 18 18 30"],
        2,
    ),
    "two digits of a total for one of it and one of an A": (
        [
            "100 25 25 25 25 25 25 25 0 75 75%",
            "90 20 21 30 31 20 20 20 0 72 80%",
            "1,173 304 391 333 333 169 178 367 0 990 77%",
        ],
        3,
    ),
    "a figure thrown away beside one brought back": (
        ["100 25 25 25 0 25 0 25 0 25 25%", "80 20 20 20 0 20 0 20 0 20 25%", "240 60 60 60 0 60 0 60 0 70 29%"],
        1,
    ),
    "a part of nothing": ([*CLEAN, "0 0 1 0 0 0 0 0 0 1 101%"], 1),
    "thirteen times the plan, and no percentage": ([*CLEAN, "1 1 13 0 0 0 0 0 0 13"], 1),
}


@pytest.mark.parametrize("name", ANOTHER_WAY)
def test_what_may_have_been_damaged_another_way_is_flagged(name):
    """A print that shows a sign of other damage than the reading undoes is believed of nothing that it changed."""
    rows, quarter = ANOTHER_WAY[name]
    assert read(rows, quarter)[-1].estado == Estado.DUDOSA


def test_one_figure_misread_alike_beside_equal_sums_is_flagged():
    """Six printed 4s beside a meta and a total of 6 are six 2s, or two sums of 12 (docs/form.md, fact 9)."""
    rows = ["6 _ _ 4 4 4 4 4 4 6 100%", "9 _ _ 3 3 3 3 3 3 9 100%", "36 _ _ 12 12 12 12 12 12 36 100%"]
    assert read(rows, quarter=4)[0].estado == Estado.DUDOSA


def test_totals_lost_with_a_planned_quarter_at_nothing_prove_nothing():
    """The total would have told whether the second quarter's achievement was lost as well."""
    table = ["100 25 25 25 26 25 25 25 25 101 101%", "72 18 19 18 17 18 18 18 18 72 100%"]
    row = read([*table, "40 10 10 10 0 10 10 10 10 0 0%"], quarter=4)[2]
    assert row.estado == Estado.DUDOSA
    assert row.rango["meta"] == (40, 40)


RATIOS = {
    "the only quarter's": (["90 90 85 90 0 90 0 90 0 85 94%"], 1, Estado.EXACTA),
    "another than the only quarter's": (["90 90 83 90 0 90 0 90 0 85 94%"], 1, Estado.DUDOSA),
    "the last, which proves no other": (["90 90 35 90 88 90 0 90 0 88 98%"], 2, Estado.DUDOSA),
    "the mean": (["90 90 85 90 89 90 0 90 0 87 97%"], 2, Estado.EXACTA),
    "neither": (["90 90 85 90 59 90 0 90 0 87 97%"], 2, Estado.DUDOSA),
    "a quarter without a plan": (["90 90 85 90 88 0 0 90 0 88 98%"], 2, Estado.DUDOSA),
}


@pytest.mark.parametrize("name", RATIOS)
def test_a_ratio_is_believed_where_its_total_is_one_of_the_usual(name):
    """No sum proves a ratio's A: its total must be their mean or sum, or the last of A that the row shows twice."""
    rows, quarter, estado = RATIOS[name]
    assert read([*rows, "80 80 80 80 80 80 0 80 0 80 100%"], quarter, "Porcentaje")[0].estado == estado


def test_figures_kept_one_by_one_may_contradict_their_sum():
    """Each is what all readings agree on; where together they do not add up, the sum is in doubt."""
    values = {
        "p1": 9,
        "p2": 12,
        "p3": None,
        "p4": 0,
        "meta": 21,
        "a1": 9,
        "a2": 0,
        "a3": None,
        "a4": None,
        "absoluto": 0,
    }
    settled = dict.fromkeys(values, Estado.EXACTA)
    assert contradicted(values, settled) == {"absoluto"}
    assert contradicted(values, settled | {"a2": Estado.DUDOSA}) == set()
    assert contradicted(values | {"absoluto": 9}, settled) == set()


KEPT: dict[str, tuple[str, set[str]]] = {
    "noughts beside what does not close": ("60 15 0 16 0 15 0 17 0 0 0%", set()),
    "neither side": ("60 15 15 16 15 15 15 17 16 60 100%", set()),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_figure_kept_in_a_doubtful_row_is_proved_as_in_a_sure_one(name):
    """Where a sum closes only by a change, the printed figures beside it may be what was misread."""
    line, kept = KEPT[name]
    row = read(["100 25 25 25 26 25 25 25 25 101 101%", "72 18 19 18 17 18 18 18 18 72 100%", line], quarter=4)[2]
    assert row.estado == Estado.DUDOSA
    assert {f for f, v in row.valores.items() if v is not None} == kept
    assert all(row.estados[f] != Estado.DUDOSA for f in kept)


BEGUN_LATER = ["140 _ 50 52 40 41 50 47 140 100%", "96 _ 30 31 32 33 34 35 99 103%", "75 _ 25 24 24 23 26 28 75 100%"]


def test_a_side_with_a_figure_in_every_quarter_is_kept():
    """One P is lost, which one is open; the three A are of the three quarters, and add up as printed."""
    row = read([*BEGUN_LATER, "150 _ 56 50 48 48 65 163 109%"], quarter=4)[3]
    assert row.estado == Estado.DUDOSA
    assert [row.valores[f"a{q}"] for q in range(1, 5)] == [None, 50, 48, 65]
    assert [row.valores[f"p{q}"] for q in range(1, 5)] == [None] * 4


@pytest.mark.parametrize(("line", "proved"), [
    ("150 _ 56 50 48 48 65 163 109%", (150, 109)), ("135 _ 50 40 40 40 30 110 81%", (None, None)),
])  # fmt: skip
def test_the_percentage_proves_the_goal_where_no_misread_digit_would_give_the_same(line, proved):
    """163 is 109 % of 150, and of no number with another digit in one place; 110 is 81 % of 135 and of 136."""
    row = read([*BEGUN_LATER, line], quarter=4)[3]
    assert row.estado == Estado.DUDOSA
    assert row.valores["absoluto"] is not None
    assert (row.valores["meta"], row.valores["relativo_pct"]) == proved


def test_nothing_printed_but_a_nought_proves_no_total_of_a_ratio():
    """The A are printed, their total is 0: whichever was lost, the total is not kept."""
    row = read(["95 95 90 95 92 95 91 95 0 0 0%", "80 80 80 80 80 80 80 80 0 80 100%"], 3, "Porcentaje")[0]
    assert (row.estado, row.valores["absoluto"], row.valores["relativo_pct"]) == (Estado.DUDOSA, None, None)
