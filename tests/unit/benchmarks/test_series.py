"""The links over years, on a few made-up units: the measure of ``benchmarks.series`` in small."""

from __future__ import annotations

from benchmarks.corpus import catalogs, rate_set
from benchmarks.series import MADE_AT_LEAST, Score, score_unit
from benchmarks.synthetic.years import years


def test_no_link_is_wrong_and_nearly_all_are_made() -> None:
    """Three ejercicios of eight units, renumbered and reworded; one wrong link would be more than 1 in 500."""
    score, known = Score(), catalogs()
    for seed in range(500, 508):
        score_unit(years(seed, rate_set("mild", seed)), known, score)
    assert score.counts["possible"] > 50
    assert score.wrong == []
    assert score.counts["made right"] >= MADE_AT_LEAST * score.counts["possible"]
