"""The rules by which a reading is called right, flagged, or wrong and sure."""

from __future__ import annotations

import pytest

from benchmarks.intervals import design_effect, wilson
from benchmarks.scoring import Verdict, judge, judge_header, kind_of
from benchmarks.tally import Tally

TRUTH = {
    "formato": 1, "unidad": "54101", "anio": 2022, "trimestre": 2, "accion": 101, "meta": 40,
    "programado": [None, 10, 0, 30], "avance": [None, 12, None, None], "absoluto": 12, "relativo_pct": 30,
    "dano": [], "disposicion": ["cero:cero"],
}  # fmt: skip


def reading(**changes):
    """A sure and right reading of ``TRUTH``, with changes."""
    same = {k: TRUTH[k] for k in TRUTH if k not in ("dano", "disposicion")}
    flags = {"estado": "exacta", "margen": 4.0, "costo": 0.0, "alternativas": [], "accion_inferida": False}
    return {**same, **flags, "unidad_estado": "exacta", "corte_estado": "exacta", **changes}


def alternative(costo, **changes):
    keys = ("meta", "programado", "avance", "absoluto")
    return {**{k: TRUTH[k] for k in keys}, "costo": costo, **changes}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.RIGHT),
        ({"programado": [0, 10, None, 30]}, Verdict.RIGHT),
        ({"avance": [None, 12, 0, None]}, Verdict.WRONG),
        ({"programado": [None, 10, 30, 0]}, Verdict.WRONG),
        ({"relativo_pct": 31}, Verdict.WRONG),
        ({"relativo_pct": 31, "corte_estado": "dudosa"}, Verdict.FLAGGED_OUT),
        ({"estado": "dudosa", "alternativas": [alternative(1.0)]}, Verdict.FLAGGED_IN),
        ({"estado": "dudosa", "alternativas": [alternative(1.0, meta=41)]}, Verdict.FLAGGED_OUT),
    ],
    ids=["same", "none-is-zero", "future-known", "moved", "pct", "corte-in-doubt", "among", "not-among"],
)
def test_verdict(changes, verdict):
    assert judge(TRUTH, reading(**changes)) is verdict


def test_a_row_not_read_is_missing():
    assert judge(TRUTH, None) is Verdict.MISSING


def test_header_verdicts():
    """A header is judged by its code or quarter, and flagged where it says so."""
    assert judge_header(TRUTH, reading(), "unidad") == "right"
    assert judge_header(TRUTH, reading(unidad="54201"), "unidad") == "wrong"
    assert judge_header(TRUTH, reading(trimestre=3), "corte") == "wrong"
    assert judge_header(TRUTH, reading(trimestre=None, corte_estado="dudosa"), "corte") == "flagged"


def test_kinds_count_damage_to_figures_only():
    """Damage to a row's texts leaves its figures undamaged."""
    assert kind_of({"dano": ["numero_perdido:accion"]}) == "none"
    assert kind_of({"dano": ["digito_meta:meta", "numero_mal:accion"]}) == "digito_meta"
    assert kind_of({"dano": ["digito_meta:meta", "celda_perdida:p1"]}) == "several"


def test_curve_trades_wrong_rows_for_flagged_ones():
    """Asking for a greater margin flags more rows and leaves fewer wrong; flagged rows come back below it."""
    tally = Tally()
    tally.add(0, TRUTH, reading(margen=8.0))
    tally.add(0, TRUTH, reading(margen=2.0, meta=41))
    tally.add(0, TRUTH, reading(estado="dudosa", margen=0.5, alternativas=[alternative(1.0)]))
    by_threshold = {t: (flagged, wrong) for t, flagged, wrong in tally.curve()}
    assert by_threshold[0.0] == (0.0, pytest.approx(1 / 3))
    assert by_threshold[1.0] == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert by_threshold[4.0] == (pytest.approx(2 / 3), 0.0)


def test_wilson_against_published_values():
    """Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662; none of 20 gives 0 to 0.1611."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


def test_design_effect_of_tables_that_fail_whole():
    """Ten tables of ten rows, one wrong throughout, count as ten trials; scattered errors as a hundred."""
    assert design_effect([(10, 10)] + [(0, 10)] * 9) == pytest.approx(11.1, abs=0.2)
    assert design_effect([(1, 10)] * 10) == 1.0
