"""A page that ends before the quarter that its date states, beside reports that go on: the date was not changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, MONTHS, MadeUpForm, page


def quarters(*pages: tuple[int, int]) -> list[tuple[str | None, bool]]:
    """What pages settle to, each dated with the first quarter and with figures up to the second."""
    lines = [
        line
        for dated, known in pages
        for line in page(replace(MadeUpForm(), date=(f"FECHA: {MONTHS[dated]} 2023",)), quarter=known)
    ]
    return [(f.trimestre.valor, f.trimestre.is_sure) for f in settle_extract(lines, CATALOGS).formatos]


def test_sheets_that_all_bear_the_last_date() -> None:
    """The last of them is right; the others wait, and put none of its figures in dispute."""
    found = quarters((4, 1), (4, 2), (4, 3), (4, 4))
    assert found[3] == ("4", True)
    assert [is_sure for _, is_sure in found[:3]] == [False] * 3


@pytest.mark.parametrize(
    ("other", "is_sure"),
    [((2, 2), False), ((3, 3), False), ((1, 1), True), ((4, 4), True)],
    ids=["tells-of-the-quarter-between", "tells-of-its-own", "of-before", "of-after"],
)
def test_a_date_is_doubted_only_where_another_report_up_to_it_tells_more(other: tuple[int, int], is_sure: bool) -> None:
    """By itself the page is of a unit that did nothing since; a later report may have brought it up to date."""
    assert quarters((3, 1))[0] == ("3", True)
    found = quarters((3, 1), other)
    assert found == [("3", is_sure), (str(other[0]), True)]


def test_a_page_that_plans_nothing_more_is_dated_as_it_says() -> None:
    """All was planned for the first quarter: a report of another plan does not belie it."""
    printed, planned = ("24\t6\t5" + "\t6\t0" * 3 + "\t5\t20%", "6\t6\t5" + "\t0\t0" * 3 + "\t5\t83%")
    early = [line.replace(printed, planned) for line in page(MadeUpForm(), quarter=1)]
    assert sum(planned in line for line in early) == 4
    later = page(replace(MadeUpForm(), date=(f"FECHA: {MONTHS[2]} 2023",)), quarter=2)
    assert [f.trimestre.is_sure for f in settle_extract([*early, *later], CATALOGS).formatos] == [True, True]
