"""What is held while the pages of an extract settle grows with its rows, and by little."""

from __future__ import annotations

import gc
import tracemalloc

from benchmarks.corpus import extracts, rate_set
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.catalogs import Unit
from dagster_project.tmm_f004.settle.pages import settle_extract
from dagster_project.tmm_f004.settle.unit import REMEMBERED, _Known

SEEDS = RAIZ / "seeds"
ROWS = 200
MOST = 3500
"""Bytes a row, its share of the header included; 2,300 were measured. All pages of a pool settle together."""


def held(lines: list[str]) -> int:
    """The most that is held at a time, in bytes."""
    gc.collect()
    tracemalloc.start()
    try:
        settle_extract(lines, load_catalogs(SEEDS))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_row_more_takes_a_few_kilobytes_at_most() -> None:
    """Pages that come again, so that nothing but the pages is new."""
    lines = "".join(text for text, _ in extracts(rate_set("real", 5), ROWS, 5)).split("\n")
    held(lines)
    assert (held(lines * 4) - held(lines)) / (3 * ROWS) < MOST


def test_of_names_that_never_come_again_the_last_ones_are_kept() -> None:
    """Each is compared with every unit of its municipality; of a thousand units that is 60 kB a name."""
    known = _Known([Unit("02002", f"{code}", f"Unidad {code}", None, ()) for code in range(10_000, 11_000)])
    for number in range(2 * REMEMBERED):
        known._alike(f"Dirección {number}")
    assert known._alike.cache_info().currsize == REMEMBERED
    assert known._alike("Unidad 10007")["10007"] > 0.9
