"""Another cut settles what a row leaves open, and never what it settles."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.model import ChosenReading, Estado, RowReading
from dagster_project.tmm_f004.reconcile.joint_choice import QUARTER_KEPT, QUARTER_NEW, Habit, plan_cost
from dagster_project.tmm_f004.reconcile.unit_year import reconcile
from tests.support.reports import Figures, lectura, report, row

TEXTS = (
    "Apoyar en la formacion academica del sector estudiantil",
    "Atender con apoyos de orden social a diversas comunidades",
    "Realizar brigadas de limpieza en parques y jardines",
    "Elaborar dictamen tecnico de las obras comunitarias",
    "Impartir platicas de nutricion y salud preventiva",
)
OTHERS: tuple[tuple[int, ...], ...] = ((10, 20, 30, 40), (7, 9, 11, 13), (60, 61, 62, 63), (5, 50, 15, 25))


def _first(plan: Figures, linea: int, text: str) -> RowReading:
    return row(linea, lectura(plan, (plan[0], None, None, None)), texto=text)


def _unit(
    doubtful: RowReading, plan: Figures | RowReading, others: tuple[Figures, ...] = OTHERS,
    unidad: Estado = Estado.EXACTA,
) -> ChosenReading:  # fmt: skip
    """The verdict of a fourth quarter's doubtful row whose plan was ``plan``, beside actions that became ``others``."""
    before = plan if isinstance(plan, RowReading) else _first(plan, 1, TEXTS[0])
    early = [_first(p, k, t) for k, (p, t) in enumerate(zip(OTHERS, TEXTS[1:], strict=True), start=2)]
    late = [row(k, lectura(p, p), texto=t) for k, (p, t) in enumerate(zip(others, TEXTS[1:], strict=True), start=2)]
    reports = [report("2023-T1", before, *early, unidad=unidad), report("2023-T4", doubtful, *late, extracto="y")]
    _, chosen, _ = reconcile(reports)
    return next(c for c in chosen if c.corte == "2023-T4" and c.linea == 1 and c.extracto_id == "y")


def test_a_digit_is_settled_by_the_plan_of_another_cut() -> None:
    """Which of two digits was misread, the plan that repeats says; the cut is named."""
    done = (18, 142, 122, 138)
    doubtful = row(1, lectura((18, 118, 119, 126), done, 6.2), lectura((18, 108, 119, 136), done, 8.1), texto=TEXTS[0])
    settled = _unit(doubtful, (18, 118, 119, 126))
    assert doubtful.estado == Estado.DUDOSA
    assert settled.estado != Estado.DUDOSA
    assert (settled.valores["p2"], settled.valores["p4"]) == (118, 126)
    assert settled.corroborada_por["p2"] == settled.corroborada_por["p4"] == "2023-T1"


DONE = (18, 142, 122, 138)


def _two_digits() -> RowReading:
    """A row of two readings that it cannot tell apart: (18, 118, 119, 126) or (18, 108, 119, 136)."""
    return row(1, lectura((18, 118, 119, 126), DONE, 6.2), lectura((18, 108, 119, 136), DONE, 8.1), texto=TEXTS[0])


def test_a_page_of_uncertain_unit_bears_no_witness() -> None:
    """The same plan on a page that may be another unit's settles nothing."""
    still = _unit(_two_digits(), (18, 118, 119, 126), unidad=Estado.DUDOSA)
    assert still.estado == Estado.DUDOSA
    assert still.corroborada_por == {}


def test_a_row_in_doubt_of_its_places_bears_no_witness() -> None:
    """Two readings of the earlier row hold the same figures in other quarters: what they repeat proves nothing."""
    slipped = row(1, lectura((18, 118, 119, 126), (18, None, None, None), 4.0),
                  lectura((18, 118, 126, 119), (18, None, None, None), 4.2), texto=TEXTS[0])  # fmt: skip
    sure = row(1, lectura((18, 118, 119, 126), (18, None, None, None), 4.0),
               lectura((18, 118, 119, 126), (18, None, None, None), 4.2, meta=391), texto=TEXTS[0])  # fmt: skip
    assert _unit(_two_digits(), slipped).corroborada_por == {}
    assert _unit(_two_digits(), sure).corroborada_por["p4"] == "2023-T1"


def test_what_the_row_itself_speaks_against_is_not_chosen() -> None:
    """A reading much dearer than the row's cheapest is not settled for repeating another cut's plan."""
    readings = [lectura((18, 118, 119, p4), DONE, cost) for p4, cost in ((126, 6.0), (176, 6.5), (186, 11.05))]
    still = _unit(row(1, *readings, texto=TEXTS[0]), (18, 118, 119, 186))
    assert still.estado == Estado.DUDOSA
    assert still.corroborada_por == {}


def test_what_settles_by_itself_is_not_overruled() -> None:
    """A row that its own arithmetic settles stays, however another cut contradicts it."""
    done = (18, 142, 122, 138)
    sure = row(1, lectura((18, 118, 119, 126), done), lectura((18, 108, 119, 136), done, 9.0), texto=TEXTS[0])
    settled = _unit(sure, (18, 108, 119, 136))
    assert settled.valores["p2"] == 118
    assert settled.corroborada_por == {}


def test_a_reprogramming_and_a_misreading_stay_open() -> None:
    """Neither reading repeats the earlier plan: the cell keeps its range."""
    done = (40, 50, 48, 65)
    doubtful = row(1, lectura((40, 56, 48, 46), done, 5.9), lectura((40, 56, 46, 48), done, 5.9), texto=TEXTS[0])
    still = _unit(doubtful, (40, 48, 48, 40))
    assert still.estado == Estado.DUDOSA
    assert (still.minimos["p3"], still.maximos["p3"], still.valores["p3"]) == (46, 48, None)


@pytest.mark.parametrize(
    ("others", "settles"),
    [(OTHERS, True), (((10, 25, 35, 45), (7, 9, 11, 14), *OTHERS[2:]), False)],
    ids=["the unit keeps its plans", "the unit moves its plans"],
)
def test_a_lost_figure_stands_where_the_plan_had_it(others: tuple[Figures, ...], settles: bool) -> None:
    """A row that reads 0 throughout is settled only in a unit known to carry its plans on."""
    done = (0, 0, 0, 0)
    readings = [lectura(p, done, 12.0, lost=f"p{k}") for k, p in
                ((1, (1, 0, 0, 0)), (2, (0, 1, 0, 0)), (3, (0, 0, 1, 0)))]  # fmt: skip
    chosen = _unit(row(1, *readings, texto=TEXTS[0]), (0, 0, 0, 1), others)
    assert (chosen.estado != Estado.DUDOSA) is settles
    assert chosen.valores["p4"] == (1 if settles else None)
    assert chosen.corroborada_por.get("p4") == ("2023-T1" if settles else None)


@pytest.mark.parametrize(("left_out", "settles"), [(2, True), (0, False)], ids=["begun in the third", "not known"])
def test_a_plan_begun_in_the_third_quarter_is_compared_with_the_one_before_it_from_there_on(
    left_out: int, settles: bool
) -> None:
    """Its reports leave two quarters out; what both plans have settles a digit as between any two reports."""
    plans = ((18, 118, 119, 126), *OTHERS)
    early = [_first(p, k, t) for k, (p, t) in enumerate(zip(plans, TEXTS, strict=True), start=1)]
    late = [
        row(k, lectura((0, 0, *p[2:]), (0, 0, *p[2:])), texto=t)
        for k, (p, t) in enumerate(zip(OTHERS, TEXTS[1:], strict=True), start=2)
    ]
    doubtful = row(
        1, *(lectura((0, 0, 119, p4), (0, 0, 90, 80), cost) for p4, cost in ((126, 6.2), (176, 6.0))), texto=TEXTS[0]
    )
    pages = [report("2023-T2", *early), report("2023-T4", doubtful, *late, extracto="y", left_out=left_out)]
    chosen = next(c for c in reconcile(pages)[1] if (c.extracto_id, c.linea) == ("y", 1))
    assert (chosen.valores["p4"], chosen.corroborada_por.get("p4")) == ((126, "2023-T2") if settles else (None, None))


def test_a_change_is_dear_where_all_repeat_and_cheap_where_many_moved() -> None:
    """The unit's other actions say what a change of plan costs."""
    was, now = (0, 3, 3, 3), (0, 3, 4, 2)
    assert plan_cost(was, now, 0, Habit(8, 0)) > plan_cost(was, now, 0, Habit(1, 7)) + 2
    assert plan_cost(was, was, 0, Habit(8, 0)) < plan_cost(was, was, 0, Habit(1, 7))
    assert plan_cost((9, 3, 3, 3), was, 1, Habit()) == plan_cost(was, was, 1, Habit())


def test_an_even_plan_changed_evenly_is_one_change() -> None:
    """213 a quarter that becomes 233 a quarter is one new figure, not three."""
    even = plan_cost((0, 213, 213, 213), (0, 233, 233, 233), 1, Habit())
    uneven = plan_cost((0, 213, 213, 213), (0, 233, 244, 255), 1, Habit())
    assert uneven - even == pytest.approx(2 * (QUARTER_NEW - QUARTER_KEPT))
