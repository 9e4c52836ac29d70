"""Which year a form page reports on, by evidence: its title and dates, its remarks, the pages around it, its unit.

Not in here: the quarter (``quarter``).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.text.dates import ON_A_DAY

YEAR_OF_DATE = 3.0
YEAR_OF_TITLE = 2.5
YEAR_OF_REMARKS = 0.5
YEAR_OF_OTHERS = 1.0
YEAR_OF_UNIT = 2.5  # the year of the unit's other pages, where the page prints none
YEAR_OF_FILE = 2.0  # the year of all other pages likewise: not enough by itself
YEAR_OFF = 0.4  # factor on a year more than three from the file's that a page prints in one place only: 2072 for 2022
NEAR_BY = 10
"""Pages of a file that may speak for one another's year."""


def settle_years(sheets: Sequence[PageEvidence], units: Sequence[Settled]) -> list[Settled]:
    """The programme year of each page of a file, in order; ``units`` are those that their own print settles."""
    every = [year for s in sheets for year in s.years]
    middle = statistics.median_low(every) if every else 0
    settled = []
    head = 0
    for k, sheet in enumerate(sheets):
        head = head if k and (sheet.stands_under(sheets[k - 1]) or sheet.continues(sheets[k - 1])) else k
        balance = _own_evidence(sheet, middle)
        near = [i for i in range(max(0, k - NEAR_BY), min(len(sheets), k + NEAR_BY + 1)) if i != k]
        same = [i for i in near if _is_same_unit(sheets, units, k, i)]
        others = [y for i in near for y in sheets[i].years]
        weight = YEAR_OF_OTHERS
        if not sheet.years:
            of_unit = [y for i in same for y in sheets[i].years] or list(sheets[head].years)
            others = of_unit or others
            if len(set(others)) == 1:  # a page without a year takes another page's only where all of them agree
                weight = YEAR_OF_UNIT if of_unit else YEAR_OF_FILE
        for year in sorted(set(others)):
            balance.add(str(year), "otras_paginas", weight * others.count(year) / len(others))
        settled.append(_verdict(balance, sheet))
    return settled


def year_of_unit(sheet: PageEvidence, year: int) -> Settled:
    """The year of a page whose actions and plans pages of that year alone state in other files."""
    balance = _own_evidence(sheet, year)
    balance.add(str(year), "otros_archivos", YEAR_OF_UNIT)
    return _verdict(balance, sheet)


def _is_same_unit(sheets: Sequence[PageEvidence], units: Sequence[Settled], k: int, other: int) -> bool:
    """Whether two pages of a file are one unit's: by their print, or because one goes on where the other ends."""
    one, two = units[k], units[other]
    if one.is_sure and two.is_sure:
        return one.valor == two.valor
    if sheets[k].unidad[0] and sheets[k].unidad[0] == sheets[other].unidad[0]:
        return True
    before, after = sorted((k, other))
    return after - before == 1 and sheets[before].claves.run_on_to(sheets[after].claves)


def _own_evidence(sheet: PageEvidence, middle: int) -> Balance:
    balance = Balance()
    dated = {y for p in sheet.periodos for y in p.anios} - _signed_after(sheet)
    twice = dated & set(sheet.anios)
    for rule, years, weight in (("fecha", dated, YEAR_OF_DATE), ("titulo", set(sheet.anios), YEAR_OF_TITLE)):
        for year in sorted(years):
            is_off = abs(year - middle) > 3 and year not in twice
            balance.add(str(year), rule, weight * (YEAR_OFF if is_off else 1.0))
    for year, times in sheet.claves.told_years:
        balance.add(str(year), "observaciones", min(2, times) * YEAR_OF_REMARKS)
    return balance


def _signed_after(sheet: PageEvidence) -> set[int]:
    """The years of dates before whose first quarter ended a report of the title's year was signed: no report of
    theirs can bear such a date."""
    early = {y for p in sheet.periodos for y in p.anios if p.trimestres.get(1, ("",))[0] == ON_A_DAY}
    return {year for year in early if year - 1 in sheet.anios}


def _verdict(balance: Balance, sheet: PageEvidence) -> Settled:
    shares = balance.shares()
    return balance.settle(shares[0][0] if shares and int(shares[0][0]) in sheet.years else None)
