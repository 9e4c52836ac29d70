"""Which quarter a form page reports on, by evidence: its dates, its cells and remarks, the pages of its pool."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dagster_project.tmm_f004.model import Estado, Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.settle.pool import NEAR_BY, Pool
from dagster_project.tmm_f004.text.numbers import is_blank

FIRST_QUARTER_CELLS = 2.0  # absoluto is A1 on every row
LATER_QUARTER_CELLS = 1.5  # absoluto is A1 + ... + Aq on every row
OR_IDLE = 0.5  # share of that where a date states a later quarter: the unit may have done nothing in it
BELIED = 0.5  # share of the rows that must close in a later quarter than the dates state,
DOUBTED = 0.75  # and the score that leaves the dates
FULL_PRINT = 10  # cells of a row that prints goal, four pairs and total
FIRST_QUARTER_BLANK = -2.0  # the first quarter is left blank: no report of it
REMARK = 1.0  # a remark speaks of "este 4to trimestre"
MAX_REMARKS = 1.5
SAME_ACTIONS = -1.5  # another page of the unit reports these very actions for that quarter
SAME_LINES = 0.8  # another page of the unit has the same líneas de acción and other actions: one report, two pages
CONTINUED = 2.5  # the page has no header of its own, and its numbers run on from the page before
SAME_DATE = 2.5  # the page has no date of its own, and stands under one before, as nobody has signed since
PLAN_TENDENCY = 1.0
FILE_TENDENCY = 0.5
SAME_LINES_SHARE = 0.6  # of their líneas de acción that two pages of one report have in common


def settle_quarters(pool: Pool, units: Sequence[Settled], decided: Sequence[Settled | None] = ()) -> list[Settled]:
    """The quarter (1..4) of each print of a pool, given the settled unit of each and what people ``decided``."""
    sheets = pool.sheets
    settled = [_verdict(_own_evidence(s), s) for s in sheets]
    settled = [told or own for told, own in zip(decided or [None] * len(settled), settled, strict=True)]
    ahead = {k for k in range(len(settled)) if _is_dated_ahead(k, pool, units, settled)}
    settled = [
        _verdict(_own_evidence(s), s, is_doubted=True) if k in ahead else settled[k] for k, s in enumerate(sheets)
    ]
    of_unit: dict[str | None, list[int]] = defaultdict(list)
    for k, unit in enumerate(units):
        if unit.is_sure and settled[k].is_sure:
            of_unit[unit.valor].append(k)
    results = []
    for k, sheet in enumerate(sheets):
        if settled[k].is_sure:
            results.append(settled[k])
            continue
        balance = _own_evidence(sheet)
        _add_others(balance, k, pool, settled, of_unit[units[k].valor] if units[k].is_sure else [])
        _add_tendency(balance, k, pool, settled)
        results.append(_verdict(balance, sheet, is_doubted=k in ahead))
    return results


def _verdict(balance: Balance, sheet: PageEvidence, *, is_doubted: bool = False) -> Settled:
    """The verdict on a page, which no date settles that its cells belie: most rows achieved something in a later
    quarter, and no report knows that. An office may have left the date of the report before."""
    stated = sheet.printed_quarters
    later = sum(share for quarter, share in sheet.claves.quarters_closed if quarter > max(map(int, stated), default=4))
    is_doubted = is_doubted or later >= BELIED
    return balance.settle(sheet.printed_quarter, dict.fromkeys(stated, DOUBTED) if is_doubted else None)


def _is_dated_ahead(k: int, pool: Pool, units: Sequence[Settled], settled: Sequence[Settled]) -> bool:
    """Whether a page ends before the quarter that it is dated with, and another report of its actions, of that quarter
    or one between, tells what was done in it.

    The sheets of a year may all bear one date. By itself such a page is a report of quarters in which nothing was done.
    """
    stated = settled[k].valor or ""
    if settled[k].estado is Estado.CORREGIDA or not settled[k].is_sure or stated not in pool.sheets[k].printed_quarters:
        return False
    closed = dict(pool.sheets[k].claves.quarters_closed)
    if sum(closed.values()) <= BELIED:  # one row tells nothing: its last figure may be misread
        return False
    untold = range(max(closed) + 1, int(stated) + 1)
    others = [i for i in pool.alike.get(k, ()) if settled[i].is_sure and units[i].valor == units[k].valor]
    told = [(int(settled[i].valor or 0), dict(pool.sheets[i].claves.quarters_closed)) for i in others]
    return any(
        quarter in untold and shares.get(quarter, 0.0) > BELIED and _plans_for(pool.sheets[k], quarter)
        for quarter, shares in told
    )


def _plans_for(sheet: PageEvidence, quarter: int) -> bool:
    """Whether most rows of a page plan something in a quarter: else nothing was to be done, or columns slipped."""
    rows = ([cell for cell in row.impreso if not cell.endswith("%")] for row in sheet.renglones)
    planned = [cells[2 * quarter - 1] for cells in rows if len(cells) >= FULL_PRINT]
    return sum(not is_blank(p) and p.strip("0.") != "" for p in planned) > BELIED * len(planned)


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
        weight *= OR_IDLE if any(int(stated) > quarter for stated in sheet.printed_quarters) else 1.0
        balance.add(str(quarter), "celdas", weight * share)
    balance.add("1", "primer_trimestre_en_blanco", FIRST_QUARTER_BLANK * sheet.claves.first_quarter_blank)
    return balance


def _add_others(balance: Balance, k: int, pool: Pool, settled: Sequence[Settled], of_unit: Sequence[int]) -> None:
    """What pages of the same unit say: the same actions are another quarter's, the same líneas this one's."""
    sheet, alike = pool.sheets[k], pool.alike.get(k, {})
    for other in of_unit:
        if other in alike:
            balance.add(settled[other].valor, "mismas_acciones", SAME_ACTIONS * alike[other])
        elif _apart(sheet, pool.sheets[other]):
            mine, theirs = sheet.lineas, pool.sheets[other].lineas
            overlap = len(mine & theirs) / max(1, len(mine | theirs))
            if overlap >= SAME_LINES_SHARE:
                balance.add(settled[other].valor, "mismas_lineas", SAME_LINES * overlap)
    for other in pool.before[k]:
        if sheet.continues(pool.sheets[other]) and settled[other].is_sure:
            balance.add(settled[other].valor, "sigue_la_tabla", CONTINUED)
        elif sheet.stands_under(pool.sheets[other]):
            for head in _dated_above(other, pool, settled):
                balance.add(settled[head].valor, "misma_fecha", SAME_DATE)


def _dated_above(k: int, pool: Pool, settled: Sequence[Settled]) -> Iterator[int]:
    """Print ``k`` where its quarter is settled, else those that it stands under, through others that print no date."""
    todo, seen = [k], {k}
    while todo and len(seen) <= NEAR_BY:
        below = todo.pop()
        if settled[below].is_sure:
            yield below
            continue
        sheet = pool.sheets[below]
        above = [i for i in pool.before[below] if sheet.stands_under(pool.sheets[i]) or sheet.continues(pool.sheets[i])]
        todo += [i for i in above if i not in seen]
        seen.update(above)


def _apart(one: PageEvidence, other: PageEvidence) -> bool:
    """Whether two pages can be parts of one table: their numbers run on, or one of them has lost all its texts."""
    if one.claves.first is not None and other.claves.first is not None:
        return one.claves.run_on_to(other.claves) or other.claves.run_on_to(one.claves)
    return any(s.claves.first is None and not s.claves.is_worded for s in (one, other))


def _add_tendency(balance: Balance, k: int, pool: Pool, settled: Sequence[Settled]) -> None:
    """The quarters of the settled pages near by in its files, those of the page's own plan above all."""
    plan = pool.sheets[k].header_sign
    near = [(settled[i].valor, pool.sheets[i].header_sign) for i in pool.near(k) if settled[i].is_sure]
    for quarter, times in sorted(Counter(quarter for quarter, _ in near).items(), key=str):
        balance.add(quarter, "otras_paginas", FILE_TENDENCY * times / len(near))
    of_plan = [quarter for quarter, sign in near if plan and sign and sign[0] == plan[0]]
    for quarter, times in sorted(Counter(of_plan).items(), key=str):
        balance.add(quarter, "plan", PLAN_TENDENCY * times / len(of_plan))
