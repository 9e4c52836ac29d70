"""What is held while the pages of an extract settle grows with headers and row keys, not with the text."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from benchmarks.corpus import extracts, rate_set
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.settle import extract as settle
from dagster_project.tmm_f004.settle.extract import settle_pages

SEEDS = RAIZ / "seeds"
ROWS = 200
MOST = 1500
"""Bytes a row; a row of such an extract has some 360 characters, its share of the header included."""


def lines_of(rows: int) -> list[str]:
    return "".join(text for text, _ in extracts(rate_set("real", 5), rows, 5)).split("\n")


def held(lines: list[str]) -> int:
    """The most that is held at a time until the first page goes out, in bytes."""
    gc.collect()
    tracemalloc.start()
    try:
        next(settle_pages(lines, load_catalogs(SEEDS), []))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_row_more_takes_a_kilobyte_and_a_half_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that come again, so that nothing but the pages is new; rows are kept as read only while they are few."""
    monkeypatch.setattr(settle, "KEPT_ROWS", 0)
    lines = lines_of(ROWS)
    held(lines)
    assert (held(lines * 4) - held(lines)) / (3 * ROWS) < MOST


def test_remarks_as_long_as_can_be_take_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row ten times as long: not a fifth of that is held, one page of them."""
    monkeypatch.setattr(settle, "KEPT_ROWS", 0)
    lines = lines_of(ROWS)
    longer = [line + " y con ello se cumple lo programado" * 60 if line.count("\t") > 8 else line for line in lines]
    held(longer)
    more = sum(map(len, longer)) - sum(map(len, lines))
    assert held(longer) - held(lines) < more / 5
