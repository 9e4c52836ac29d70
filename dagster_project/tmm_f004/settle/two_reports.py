"""Pages of one unit and quarter that cannot be one report: whose they are is open, whatever their headers say.

In here: which two pages cannot be one report's, and which of a pool's pages are not their unit's for that. Not in here:
which page counts of two that state the same actions (``reconcile.reports``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.pool import Pool
from dagster_project.tmm_f004.settle.unit_names import name_likeness

MAX_COMPARED = 200
"""Pages of one unit and quarter that a page is compared with."""

WHOLE_NAME = 6
"""Letters of a name that can be told from others."""

OTHER_NAME = 0.5
"""Names less alike than this are two units', however either is misread."""

FEWEST_NUMBERS = 2
"""Numbers below a hundred that tell how a page counts its actions: one may be what is left of a longer one."""


def are_two_reports(pool: Pool, k: int, other: int) -> bool:
    """Whether two pages of a quarter cannot be one report's, which may take several pages: they number their actions in
    two hundreds, or other actions alike, or print two codes and two names."""
    one, two = pool.sheets[k], pool.sheets[other]
    if None not in (hundreds := (_hundred(one), _hundred(two))) and len(set(hundreds)) == 2:
        return not (one.claves.run_on_to(two.claves) or two.claves.run_on_to(one.claves))
    if other in pool.alike.get(k, {}):
        return False
    if one.claves.is_worded and two.claves.is_worded and len({*one.claves.numbers} & {*two.claves.numbers}) > 1:
        return True
    names = one.unidad[1] or "", two.unidad[1] or ""
    are_named = one.unidad[0] and two.unidad[0] and min(map(len, names)) >= WHOLE_NAME
    return bool(are_named) and name_likeness(*names) < OTHER_NAME


def _hundred(sheet: PageEvidence) -> str | None:
    """The hundred that a page numbers its actions in, 0 where it counts them from one; None where it does not tell."""
    below = [n for n in sheet.claves.numbers if n < 100]
    return sheet.claves.hundreds or ("0" if len(below) >= FEWEST_NUMBERS else None)


def not_their_units(pool: Pool, settled: Sequence[Settled]) -> list[int]:
    """The prints that settled to a unit of which they cannot be: another page of the quarter is its own, and makes no
    report with them.

    They print another code or none, and so do those that state their actions in other quarters; or their header is
    that unit's, copied: in other quarters their actions are another unit's and never its own.
    """
    own: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for k, sheet in enumerate(pool.sheets):
        if settled[k].is_sure and sheet.unidad[0] == settled[k].valor:
            own[settled[k].valor, sheet.printed_quarter].append(k)

    def is_beside_own(k: int) -> bool:
        quarter = pool.sheets[k].printed_quarter
        beside = own[settled[k].valor, quarter][:MAX_COMPARED] if quarter else ()
        return any(i != k and are_two_reports(pool, k, i) for i in beside)

    sure = [k for k in range(len(settled)) if settled[k].is_sure]
    unnamed = [k for k in sure if pool.sheets[k].unidad[0] != settled[k].valor]
    found = {k for k in unnamed if is_beside_own(k)}
    kin = {k for k in unnamed if any(i in found and settled[i].valor == settled[k].valor for i in _alike(pool, k))}
    copied = {k for k in sure if k not in unnamed and _states_anothers(pool, k, settled) and is_beside_own(k)}
    return sorted(found | kin | copied)


def _states_anothers(pool: Pool, k: int, settled: Sequence[Settled]) -> bool:
    """Whether the actions of a print are those of other units' own pages, and of no page of its own unit."""
    units = {settled[i].valor if settled[i].is_sure else None for i in _alike(pool, k)}
    named = {settled[i].valor for i in _alike(pool, k) if pool.sheets[i].unidad[0] == settled[i].valor}
    return settled[k].valor not in units and bool(units & named - {None})


def _alike(pool: Pool, k: int) -> Sequence[int]:
    return [*pool.alike.get(k, ())]
