"""The observer that readers are measured against: right where it is sure, unsure where it should be."""

from __future__ import annotations

import pytest

from benchmarks.ambiguity import truth_figures
from benchmarks.observer import best_guess, coverage_at, curve, likelihood
from benchmarks.scoring import kind_of
from benchmarks.synthetic import RATES, generate
from benchmarks.synthetic.shapes import LIKE


def rows(name: str, seeds: int) -> list[dict]:
    return [row for seed in range(seeds) for row in generate(seed, RATES[name], 10)[1]]


def test_undamaged_rows_are_read_as_they_are():
    """Told the layout, the observer settles every row that nothing struck."""
    for row in rows("none", 8):
        figures, posterior = best_guess(row, RATES["real"])
        assert figures == truth_figures(row)
        assert posterior > 0.9


def test_posterior_is_calibrated():
    """Of singly hit rows it is 80 to 98 % sure of, about that share is right."""
    rates = RATES["harsh"]
    struck = [r for r in rows("harsh", 120) if kind_of(r) not in ("none", "several", "error_publicado")]
    middle = [(p, right) for p, right in curve(struck, rates) if 0.8 < p < 0.98]
    assert len(middle) > 60
    expected = sum(p for p, _ in middle) / len(middle)
    assert sum(right for _, right in middle) / len(middle) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("digit", list(LIKE))
def test_misreadings_of_a_digit_sum_to_one(digit):
    """The likelihood of a misread digit is a distribution over what is printed."""
    total = sum(likelihood("digito", other, int(digit)) for other in "0123456789")
    assert total == pytest.approx(1.0)


def test_coverage_stops_where_the_risk_is_spent():
    ventured = [(1.0, True)] * 8 + [(0.9, False), (0.8, True)]
    assert coverage_at(ventured, 10, 0.0) == 8
    assert coverage_at(ventured, 10, 0.1) == 9
