"""Pages that cannot make one report with a unit's own: in doubt, whatever code and name their headers print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.tmm_f004.catalogs import Unit
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, MONTHS, MadeUpForm, page

DUTIES = MadeUpForm().duties
KNOWN = replace(
    CATALOGS, unidades=(Unit("02004", "31141", "Dirección", "311"), Unit("02004", "33202", "Alumbrado", "332"))
)


def of(code: str, name: str, first: int, quarter: int, *, is_reversed: bool = False, **parts: object) -> list[str]:
    """The page of a unit, its actions numbered from ``first``."""
    fields = (*MadeUpForm().fields[:2], (code, name), *MadeUpForm().fields[3:])
    form = MadeUpForm(
        fields=fields,
        date=(f"FECHA: {MONTHS[quarter]} 2023",),
        numbers=tuple(range(first, first + len(DUTIES))),
        duties=DUTIES[::-1] if is_reversed else DUTIES,
    )
    return page(replace(form, **parts), quarter=quarter)  # type: ignore[arg-type]


def units(*pages: list[str]) -> list[tuple[str | None, bool]]:
    """What each page settles to, and whether for sure."""
    forms = settle_extract([line for lines in pages for line in lines], KNOWN).formatos
    return [(f.unidad.valor, f.unidad.is_sure) for f in forms]


def test_a_code_and_name_like_a_units_are_not_its_own_beside_its_report() -> None:
    """A code that one page prints is no unit yet; with actions of another hundred it is no misprint of this one's.

    Nor is the page of the same actions in the next quarter, which has lost its code.
    """
    own = of("31141", "DIRECCION", 400, 1)
    other = [of(code, "DIRECCION", 600, q, is_reversed=True) for q, code in ((1, "31142"), (2, ""))]
    found = units(own, *other)
    assert found[0] == ("31141", True)
    assert [is_sure for _, is_sure in found[1:]] == [False, False]
    assert units(*other) == [("31141", True)] * 2


@pytest.mark.parametrize("first", [600, 400], ids=["another-hundred", "numbers-of-the-same"])
def test_a_copied_header_leaves_the_unit_open(first: int) -> None:
    """The actions are another unit's in the quarter before; that unit's own page stands beside it."""
    before = [of("31141", "DIRECCION", 400, 1), of("33202", "ALUMBRADO", first, 1, is_reversed=True)]
    own, copied = (of("31141", "DIRECCION", n, 2, is_reversed=k) for k, n in ((False, 400), (True, first)))
    found = units(*before, own, copied)
    assert found[:3] == [("31141", True), ("33202", True), ("31141", True)]
    assert not found[3][1]
    assert units(*before, copied)[2] == ("31141", True)  # the unit that took the other's actions over


def test_the_second_table_of_a_unit_is_its_own_whatever_it_counts_from() -> None:
    """Two programmes of one unit: nobody else states these actions."""
    pages = [of("31141", "DIRECCION", 1, q, is_reversed=k) for q in (1, 2) for k in (False, True)]
    assert units(*pages) == [("31141", True)] * 4
