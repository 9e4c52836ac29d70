"""Which year and quarter a form page reports on, by evidence: its dates and title, its cells, its neighbours."""

from __future__ import annotations

import statistics
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

from dagster_project.tmm_f004.model import Estado, Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.text.interning import interned

YEAR_OF_DATE = 3.0
YEAR_OF_TITLE = 2.5
YEAR_OF_REMARKS = 0.5
YEAR_OF_OTHERS = 1.0
YEAR_OF_UNIT = 2.5  # the year of the unit's other pages, where the page prints none
YEAR_OF_EXTRACT = 2.0  # the year of all other pages likewise: not enough by itself
YEAR_OFF = 0.4  # factor on a year more than three from the extract's: 2072 for 2022
FIRST_QUARTER_CELLS = 2.0  # absoluto is A1 on every row
LATER_QUARTER_CELLS = 1.5  # absoluto is A1 + ... + Aq on every row
FIRST_QUARTER_BLANK = -2.0  # the first quarter is left blank: no report of it
REMARK = 1.0  # a remark speaks of "este 4to trimestre"
MAX_REMARKS = 1.5
SAME_ACTIONS = -1.5  # another page of the unit reports these very actions for that quarter
SAME_LINES = 0.8  # another page of the unit has the same líneas de acción and other actions: one report, two pages
CONTINUED = 2.5  # the page has no header of its own, and its numbers run on from the page before
PLAN_TENDENCY = 1.0
EXTRACT_TENDENCY = 0.5


def settle_years(sheets: Sequence[PageEvidence], units: Sequence[Settled]) -> list[Settled]:
    """The programme year of each page, given the settled unit of each."""
    titled = [s.anios for s in sheets]
    dated = [interned(tuple(y for p in s.periodos for y in p.anios)) for s in sheets]
    every = array("i", [y for years in (*titled, *dated) for y in years])
    middle = statistics.median_low(every) if every else 0
    settled = []
    for k, sheet in enumerate(sheets):
        balance = Balance()
        for rule, years, weight in (("fecha", dated[k], YEAR_OF_DATE), ("titulo", titled[k], YEAR_OF_TITLE)):
            for year in set(years):
                balance.add(str(year), rule, weight * (YEAR_OFF if abs(year - middle) > 3 else 1.0))
        for year, times in sheet.claves.told_years:
            balance.add(str(year), "observaciones", min(2, times) * YEAR_OF_REMARKS)
        near = [i for i in range(max(0, k - 10), min(len(sheets), k + 11)) if i != k]
        same = [i for i in near if units[i].valor == units[k].valor and units[k].estado is not Estado.DUDOSA]
        others = [y for i in near for y in titled[i] + dated[i]]
        lost_weight = 0.0
        if not (titled[k] or dated[k]):
            of_unit = [y for i in same for y in titled[i] + dated[i]]
            lost_weight = YEAR_OF_UNIT if of_unit else YEAR_OF_EXTRACT
            others = of_unit or others
        # A page without a year takes another page's only where all of them agree.
        lost = not (titled[k] or dated[k]) and len(set(others)) == 1
        for year in set(others):
            weight = lost_weight if lost else YEAR_OF_OTHERS
            balance.add(str(year), "otras_paginas", weight * others.count(year) / len(others))
        printed = {str(y) for y in titled[k] + dated[k]}
        shares = balance.shares()
        settled.append(balance.settle(shares[0][0] if shares and shares[0][0] in printed else None))
    return settled


def settle_quarters(
    sheets: Sequence[PageEvidence],
    units: Sequence[Settled],
    plans: Sequence[str | None],
    alike: Mapping[int, Mapping[int, float]],
) -> list[Settled]:
    """The quarter (1..4) of each page; ``plans`` is the plan each page itself shows, None where it shows none."""
    settled = [_own_evidence(s).settle(s.printed_quarter) for s in sheets]
    sure = Counter((s.valor, plans[k]) for k, s in enumerate(settled) if s.estado is not Estado.DUDOSA)
    results = []
    for k, sheet in enumerate(sheets):
        if settled[k].estado is not Estado.DUDOSA:
            results.append(settled[k])
            continue
        balance = _own_evidence(sheet)
        _add_others(balance, k, sheets, units, settled, alike)
        _add_tendency(balance, sure, plans[k])
        results.append(balance.settle(sheet.printed_quarter))
    return results


def _own_evidence(sheet: PageEvidence) -> Balance:
    balance = Balance()
    said: dict[tuple[int, str], float] = {}
    for period in sheet.periodos:
        for quarter, (rule, weight) in period.trimestres.items():
            said[quarter, rule] = max(said.get((quarter, rule), 0.0), weight)
    for (quarter, rule), weight in said.items():
        balance.add(str(quarter), rule, weight)
    for quarter, times in sheet.claves.told_quarters:
        balance.add(str(quarter), "observaciones", min(MAX_REMARKS, REMARK * times))
    for quarter, share in sheet.claves.quarters_closed:
        weight = FIRST_QUARTER_CELLS if quarter == 1 else LATER_QUARTER_CELLS
        balance.add(str(quarter), "celdas", weight * share)
    balance.add("1", "primer_trimestre_en_blanco", FIRST_QUARTER_BLANK * sheet.claves.first_quarter_blank)
    return balance


def _add_others(
    balance: Balance,
    k: int,
    sheets: Sequence[PageEvidence],
    units: Sequence[Settled],
    settled: Sequence[Settled],
    alike: Mapping[int, Mapping[int, float]],
) -> None:
    """What pages of the same unit say: the same actions are another quarter's, the same líneas this one's."""
    for other, share in alike.get(k, {}).items():
        if settled[other].estado is not Estado.DUDOSA and units[other].valor == units[k].valor:
            balance.add(settled[other].valor, "mismas_acciones", SAME_ACTIONS * share)
    if k and sheets[k].continues(sheets[k - 1]) and settled[k - 1].estado is not Estado.DUDOSA:
        balance.add(settled[k - 1].valor, "sigue_la_tabla", CONTINUED)
    for other in range(max(0, k - 3), min(len(sheets), k + 4)):
        if other == k or units[other].valor != units[k].valor or settled[other].estado is Estado.DUDOSA:
            continue
        mine, theirs = sheets[k].lineas(), sheets[other].lineas()
        overlap = len(mine & theirs) / max(1, len(mine | theirs))
        if overlap >= 0.6 and _apart(sheets[k], sheets[other]):
            balance.add(settled[other].valor, "mismas_lineas", SAME_LINES * overlap)


def _apart(one: PageEvidence, other: PageEvidence) -> bool:
    """Whether two pages can be parts of one table: their numbers run on, or one of them has lost all its texts."""
    if one.claves.first is not None and other.claves.first is not None:
        return one.claves.run_on_to(other.claves) or other.claves.run_on_to(one.claves)
    return any(s.claves.first is None and not s.claves.is_worded for s in (one, other))


def _add_tendency(balance: Balance, sure: Counter[tuple[str | None, str | None]], plan: str | None) -> None:
    """The quarters of the extract's settled pages, those of the page's own plan above all."""
    of_plan = sum(n for (_, p), n in sure.items() if p == plan)
    for (quarter, its_plan), n in sorted(sure.items(), key=str):
        balance.add(quarter, "otras_paginas", EXTRACT_TENDENCY * n / sure.total())
        if plan and its_plan == plan:
            balance.add(quarter, "plan", PLAN_TENDENCY * n / of_plan)
