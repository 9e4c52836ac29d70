"""A doubtful quarter, settled by the cells of the page's own table.

A report of quarter q knows A of q quarters (docs/form.md, fact 2): under the right quarter the rows of
a table close and their later A are blank, 0 or copies; under another one most do not. Only for
pages whose printed dates and neighbours leave the quarter open (``quarter``). Cells never overrule a
date that can be read, nor settle a quarter before the month that dates the page (where a unit did nothing in its
quarter, they are those of the one before), nor make a second report of a quarter that another page reports, nor speak
where nothing was done all year and the A of every quarter are printed alike.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from dagster_project.tmm_f004.model import ActionRow, Estado, Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.page.table_head import ORDERED
from dagster_project.tmm_f004.search.row_sums import WIDTH
from dagster_project.tmm_f004.search.row_variants import variants
from dagster_project.tmm_f004.search.table import Workspace, table_cost
from dagster_project.tmm_f004.search.to_date import to_date
from dagster_project.tmm_f004.settle.pool import Pool
from dagster_project.tmm_f004.text.numbers import is_blank
from dagster_project.tmm_f004.text.plain_cells import without_empty, without_signs

QUARTER_MARGIN = 6.0
"""Nats by which a quarter must explain the table better than the next: odds of 400 to 1.

Where a table slipped as a whole (a column lost, or one too many) every quarter explains it badly, and what
one row says for one of them may be the damage: see ``OF_A_ROW``.
"""

OF_A_ROW = 0.75
"""The same as a share of what the table's rows cost each, where that is more."""

CLOSE = 12.0
"""A quarter dearer than the best by more than this is not priced any further: nobody will ask how improbable it is."""

LEAST_SHARE = 0.03
"""A quarter that other evidence does not speak of at all is still possible."""

FEWEST_TABLE_ROWS = 2
"""Rows that a table needs to speak for a quarter."""

SAME_NUMBERS = 0.5
"""Share of action numbers from which two pages report the same actions."""

SAME_CELLS = 0.8
"""Share of rows with the same cells from which two pages are one page printed twice."""

MAX_COMPARED = 12
"""Pages of one report that a page is compared with: more of them repeat one another."""


def settle_open_quarters(
    pool: Pool, quarters: Sequence[Settled], units: Sequence[Settled], adds_up: Callable[[str], bool]
) -> list[Settled]:
    """The quarter of each print of a pool, the doubtful ones settled by cells where these may speak and do.

    ``quarters`` and ``units`` are those of its prints; ``adds_up`` says whether a measure's quarters do.
    """
    space = Workspace()
    settled = [
        settle_by_cells(q, s.renglones, adds_up, space, s.printed_quarters, s.earliest_quarter)
        if q.estado is Estado.DUDOSA and not _is_other(s)
        else q
        for q, s in zip(quarters, pool.sheets, strict=True)
    ]
    of_report: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for k, quarter in enumerate(settled):
        if quarter.estado is not Estado.DUDOSA:
            of_report[units[k].valor, quarter.valor].append(k)
    for k, (before, after) in enumerate(zip(quarters, list(settled), strict=True)):
        if after is not before:
            beside = [i for i in of_report[units[k].valor, after.valor] if i != k]
            if any(_are_two_reports(k, i, pool) for i in beside[:MAX_COMPARED]):
                settled[k] = before
    return settled


def _is_other(page: PageEvidence) -> bool:
    """Whether the head of a page's table names columns in another order, or other periods: its cells stand elsewhere
    than the form's."""
    head = page.printed.cabeza
    return head is not None and head.clase in (*ORDERED, "otros_periodos")


def _are_two_reports(k: int, other: int, pool: Pool) -> bool:
    """Whether two pages report the same actions, and not with the same cells: those of two quarters."""
    sheets = pool.sheets
    mine, theirs = (set(sheets[i].claves.numbers) for i in (k, other))
    same = len(mine & theirs) >= SAME_NUMBERS * max(1, min(len(mine), len(theirs)))
    if not same and pool.alike.get(k, {}).get(other, 0.0) < SAME_NUMBERS:
        return False
    one, two = (Counter(r.impreso for r in sheets[i].renglones) for i in (k, other))
    return (one & two).total() < SAME_CELLS * min(one.total(), two.total())


def settle_by_cells(
    quarter: Settled,
    rows: Sequence[ActionRow],
    adds_up: Callable[[str], bool],
    space: Workspace,
    printed: frozenset[str] = frozenset(),
    earliest: int = 1,
) -> Settled:
    """Settle a doubtful quarter (``estado`` reparada) if the table is read far better under it than under any other.

    ``adds_up`` says whether a measure's quarters do, ``printed`` are the quarters that the page's dates state,
    ``earliest`` is the first that its months leave. A
    quarter that is settled comes back as it was, and so does one that the table leaves open or would have to take
    from print, or whose figures may be to date: each quarter closes with those of another.
    """
    if quarter.estado is not Estado.DUDOSA:
        return quarter
    cells = without_signs(without_empty([list(r.impreso) for r in rows]))
    rows = [replace(r, impreso=tuple(c)) for r, c in zip(rows, cells, strict=True)]
    prints = [p for p in ((variants(r), r) for r in rows) if p[0]]
    if len(prints) < FEWEST_TABLE_ROWS:
        return quarter
    sums = [r.impreso for r in rows if adds_up(r.unidad_medida)]
    if all(_is_idle(c) for c in cells) or any(to_date(sums, q) for q in range(2, 5)):
        return quarter
    known = dict(quarter.alternativas)
    if quarter.valor:
        known.setdefault(quarter.valor, quarter.puntaje)
    additive = [adds_up(r.unidad_medida) for _, r in prints]
    told = {q: -math.log(max(known.get(str(q), 0.0), LEAST_SHARE)) for q in range(1, 5)}
    price: dict[int, float] = {}
    for q in sorted(told, key=lambda q: told[q]):
        bound = min(price.values(), default=math.inf) + CLOSE - told[q]
        price[q] = table_cost([p for p, _ in prints], additive, q, space, bound) + told[q]
    found = min(price, key=lambda q: price[q])
    best, second = sorted(price.values())[:2]
    enough = min(CLOSE, max(QUARTER_MARGIN, OF_A_ROW * (best - told[found]) / len(prints)))
    if second - best < enough or found < earliest or (printed and str(found) not in printed):
        return quarter
    likely = {str(q): math.exp(best - c) for q, c in price.items()}
    whole = sum(likely.values())
    shares = sorted(((q, round(v / whole, 4)) for q, v in likely.items()), key=lambda s: -s[1])
    return Settled(shares[0][0], Estado.REPARADA, "celdas", shares[0][1], tuple(shares[1:]))


def _is_idle(cells: Sequence[str]) -> bool:
    """Whether a full print has nothing achieved, and prints that alike in every quarter."""
    if len(cells) != WIDTH + 1:
        return False
    done = cells[2:WIDTH:2]
    return all(is_blank(c) for c in done) or all(c.strip("0.") == "" and c for c in done)
