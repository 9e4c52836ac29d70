"""Texts that once cost the reader more than their size allows, or made it fail: the smallest of each."""

from __future__ import annotations

import time

import pytest

from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.settle.pages import settle_extract

EMPTY = Catalogs({}, (), {}, frozenset())
TOKENS = (
    "a ", "1 ", "10 ", "- ", "1.1 ", "1.1.1, ", "2.3.1 y ", "ENE", "ENE ", "ENERO-", "MARZO A ", " ", "\xa0", "31 DE ",
    "2022 ", "P ", "P.", "%", "5% ", ",", "1,", "1 234 ", "٣", "e\u0301", "(", "X", "1x", "RAMO: ", "META ", "100.- ",
    "_", "*", "AUTORIZO ", "1er TRIMESTRE ", "\x85", "\t", "\t\t1", "1\t", "O", "l5", "' ", "'1 ", "|1", "l\t1\t",
    "1\tab\t5%\t", "12\tx", "1'",
)  # fmt: skip
PLACES = (
    "{}", "{}x", "FECHA: {}x", "RAMO: {}x", "UNIDAD EJECUTORA: 54101 {}x", "54101 {}x", "2.3.1 {}x", "100.- {}",
    "2.3.1 100.- algo {}5", "2.3.1 100.- algo {}x%", "{}\t100.- algo\tApoyo\t9\t1\t2\t3\t3\t1\t0\t0\t0\t1\t11%",
    "2.3.1\t100.- {}x\tApoyo\t9\t1\t2\t3\t3\t1\t0\t0\t0\t1\t11%",
    "2.3.1\t100.- a\t{}x5\t9\t1\t2\t3\t3\t1\t0\t0\t0\t1\t11%",
    "2.3.1\t100.- a\tApoyo\t{}\t1\t2\t3\t3\t1\t0\t0\t0\t1\t11%",
    "2.3.1\t100.- a\tApoyo\t9\t1\t2\t3\t3\t1\t0\t0\t0\t1\t11%\t{}x",
)  # fmt: skip
LENGTH, SECONDS = 9000, 0.3
"""Characters of a line and what it may take: 10 ms where time grows with length, over 0.4 s where with its square."""


def _page() -> tuple[list[str], list[str]]:
    """The first page of the real extract, up to its table and from there."""
    lines = sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0].read_bytes().decode().split("\n")[:60]
    at = next(k for k, line in enumerate(lines) if line.count("\t") > 8)
    return lines[:at], lines[at:]


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.replace("\t", " ")[:40])
def test_no_repeated_text_takes_more_than_its_length(place: str) -> None:
    """Patterns that try every start of a run against every end are the usual way to hang a reader of text."""
    head, table = _page()
    settle_extract([*head, *table], EMPTY)
    slow = {}
    for token in TOKENS:
        line = place.replace("{}", token * (LENGTH // len(token)))
        lines = [*head, *table[:4], line, *table[4:]]
        # The second time tells where the first was slow: what is compiled is loaded when it is first called.
        if _seconds(lines) > SECONDS and (took := _seconds(lines)) > SECONDS:
            slow[token] = round(took, 2)
    assert not slow


def _seconds(lines: list[str]) -> float:
    began = time.process_time()
    settle_extract(lines, EMPTY)
    return time.process_time() - began
