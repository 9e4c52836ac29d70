"""Synthetic extracts by the number of rows wanted, and the catalogue to read them with.

Belongs here: drawing corpora for a benchmark. Does not: what an extract is.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.synthetic import RATES, Rates, generate, random_rates
from benchmarks.synthetic.world import SEEDS, known_to
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.tmm_f004.catalogs import Catalogs

FORMS = 12


def rate_set(name: str, seed: int) -> Rates:
    """The set of rates of that name; ``random`` draws one from ``seed``."""
    return random_rates(seed) if name == "random" else RATES[name]


def extracts(rates: Rates, rows: int, seed: int, forms: int = FORMS) -> Iterator[tuple[str, list[dict]]]:
    """Extracts with their truth, from seeds ``seed``, ``seed + 1``, …, until ``rows`` rows are drawn."""
    drawn = 0
    while drawn < rows:
        text, truth = generate(seed, rates, forms)
        drawn += len(truth)
        seed += 1
        yield text, truth


def catalogs() -> Catalogs:
    """The product's catalogues and the made-up units that a municipality would have in its own."""
    return known_to(load_catalogs(SEEDS))
