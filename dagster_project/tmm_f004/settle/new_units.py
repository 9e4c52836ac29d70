"""Units that report though the catalogue lacks them, by what the pages of a pool print.

In here: which printed codes are taken for a unit (marked provisional wherever they are shown). Not in here: which
page is of which unit (``unit``).

One in twenty such codes that stood alone on a clean page of a damaged file was a misreading, so a code is taken where
two quarters agree on it and no other code explains the pages of its name as well, or two pages of one whose ramo and
programa bear it out, where no page of its name has another; or where one prints code and name whole,
its ramo and programa agree with the code, every unit one misread digit away has its own page of that quarter, and codes
are not misprinted around it; never where a unit of the same name or the same actions is one misread
digit away: then it is that unit, unless two quarters agree on the code and that unit has its own page in each
(Dirección de Ingresos beside Dirección de Egresos).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import partial
from itertools import combinations
from operator import ne

from dagster_project.tmm_f004.catalogs import Unit
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.pool import Pool
from dagster_project.tmm_f004.settle.two_reports import WHOLE_NAME, are_two_reports
from dagster_project.tmm_f004.settle.unit_names import (
    SAME_NAME,
    KnownNames,
    known_names,
    may_be_misread,
    name_likeness,
)
from dagster_project.tmm_f004.text.fold import likeness

ALIKE = 0.75
"""How alike the names of one unit are on two pages, at least."""

MOST_MISPRINTED = 0.01
"""Share of pages with a misprinted code up to which one page alone is believed: so often it is wrong itself."""

MAX_COMPARED = 20
"""Pages of one code that are compared with one another."""


def new_units(pool: Pool, ente: str, catalogued: Sequence[Unit]) -> list[Unit]:
    """The units that pages of the pool report on and the catalogue lacks, in order of their codes."""
    known = {u.unidad_codigo for u in catalogued}
    pages: dict[str, list[int]] = defaultdict(list)
    for k, sheet in enumerate(pool.sheets):
        code = sheet.unidad[0] or ""
        if code.isdigit() and 3 <= len(code) <= 6 and code not in known:
            pages[code].append(k)
    agreed = [code for code, where in pages.items() if _agree(pool, where)]
    printed = [(code, k) for code, where in pages.items() for k in where]
    names = KnownNames([pool.sheets[k].unidad[1] or "" for _, k in printed])
    named = [code for code in agreed if _explains_best(pool, code, _name(pool, pages[code]), printed, names)]
    named += [
        code
        for code, where in pages.items()
        if code not in agreed
        and _is_one_report(pool, where, catalogued)
        and _is_alone_of_its_name(code, _name(pool, where), printed, names)
    ]
    alone = [code for code in pages if code not in (*agreed, *named) and _speaks_whole(pool, pages[code], catalogued)]
    if alone and _misprinted(pool, known, [*(u.nombre for u in catalogued), *(_name(pool, pages[c]) for c in named)]):
        alone = []
    taken: list[Unit] = []
    # Codes of more pages first: of two that one digit parts, the rarer is the misreading.
    for code in sorted({*named, *alone}, key=lambda c: (-len(pages[c]), c)):
        where, known_units = pages[code], [*catalogued, *taken]
        others = [(u.unidad_codigo, (u.nombre, *u.alias)) for u in known_units]
        others += [(c, (_name(pool, w),)) for c, w in pages.items() if c != code and len(w) >= len(where)]
        if any(_are_one(pool, where, other, names, is_named=code in named) for other, names in others):
            continue
        # One page alone has nobody to bear it out, so no unit may be left that it could be a misreading of.
        if code in named or not any(_may_be(pool, k, other) for k in where for other, _ in others):
            taken.append(Unit(ente, code, _name(pool, where), _programme(pool, where)))
    return sorted(taken, key=lambda u: u.unidad_codigo)


def usual_lengths(catalogued: Sequence[Unit], new: Sequence[Unit]) -> set[int]:
    """How many digits codes have: as in the catalogue, or as most of the new ones where it has none."""
    times = Counter(len(unit.unidad_codigo) for unit in catalogued or new)
    return set(times) if catalogued else {length for length, count in times.items() if count == max(times.values())}


def _agree(pool: Pool, where: Sequence[int]) -> bool:
    """Whether two pages of one code bear each other out: a like name, and neither a page of the other's report.

    Pages of the same quarter may have one header, misprint and all (``_is_one_report``); the same actions in a quarter
    that is not printed may be a copy.
    """
    return any(_bears_out(pool, k, i) for k, i in combinations(where[:MAX_COMPARED], 2))


def _bears_out(pool: Pool, k: int, other: int) -> bool:
    one, two = pool.sheets[k], pool.sheets[other]
    if not one.unidad[1] or likeness(one.unidad[1], two.unidad[1] or "") < ALIKE:
        return False
    quarters = one.printed_quarter, two.printed_quarter
    return quarters[0] != quarters[1] if None not in quarters else other not in pool.alike.get(k, {})


def _is_one_report(pool: Pool, where: Sequence[int], catalogued: Sequence[Unit]) -> bool:
    """Whether two pages of one quarter print a code that their ramo and programa agree with."""
    whole = [k for k in where[:MAX_COMPARED] if _agrees(pool.sheets[k], catalogued)]
    pairs = combinations(whole, 2)
    return any(
        pool.sheets[k].printed_quarter == pool.sheets[i].printed_quarter and i not in pool.alike.get(k, {})
        for k, i in pairs
    )


def _is_alone_of_its_name(code: str, name: str, printed: Sequence[tuple[str, int]], names: KnownNames) -> bool:
    """Whether no page prints another code, of no catalogue either, beside the name of this one."""
    alike = names.likeness(name).tolist()
    return all(c == code or share < SAME_NAME for (c, _), share in zip(printed, alike, strict=True))


def _explains_best(pool: Pool, code: str, name: str, printed: Sequence[tuple[str, int]], names: KnownNames) -> bool:
    """Whether no rarer code beside the name of this one is as few misread digits from all that are: two misread alike.

    One that is as common is another unit of a like name. ``printed`` are the codes that no catalogue knows, each with
    its page, ``names`` those of these pages.
    """
    alike = names.likeness(name)
    codes = [
        c
        for (c, k), share in zip(printed, alike.tolist(), strict=True)
        if c == code or (share >= SAME_NAME and not _is_beside_own(pool, k, code))
    ]
    times = Counter(codes)
    rarer = [c for c in times if times[c] < times[code] and len(c) == len(code)]
    own, *others = (sum(map(partial(_digits_apart, c), codes)) for c in (code, *rarer))
    return all(own < other for other in others)


def _digits_apart(one: str, other: str) -> int:
    """How many digits of one code are misread where it is the other; as many as tell nothing where digits are lost."""
    return min(2, sum(map(ne, one, other))) if len(one) == len(other) else 2


def _misprinted(pool: Pool, codes: Collection[str], names: Sequence[str]) -> bool:
    """Whether codes are misprinted in the pool: beside a known name, or one digit from the ramo that begins them."""
    known = known_names(tuple(names))
    wrong = 0
    for sheet in pool.sheets:
        code, name, ramo = sheet.unidad[0] or "", sheet.unidad[1] or "", sheet.ramo[0] or ""
        is_of_ramo = len(ramo) < 2 or sum(map(ne, code, ramo)) != 1
        is_of_name = not names or code in codes or known.likeness(name).max() < SAME_NAME
        wrong += bool(code) and not (is_of_ramo and is_of_name)
    return wrong > MOST_MISPRINTED * len(pool.sheets)


def _speaks_whole(pool: Pool, where: Sequence[int], catalogued: Sequence[Unit]) -> bool:
    """Whether a page prints code and name whole, and its ramo and programa agree with the code."""
    return any(_agrees(pool.sheets[k], catalogued) for k in where)


def _agrees(sheet: PageEvidence, catalogued: Sequence[Unit]) -> bool:
    code, name = sheet.unidad
    ramo, programme = sheet.ramo[0] or "", sheet.programa[0] or ""
    if not code or len(name or "") < WHOLE_NAME or len(ramo) < 2 or not code.startswith(ramo) or len(programme) < 2:
        return False
    mates = {u.unidad_codigo[: len(programme)] for u in catalogued if u.programa_codigo == programme}
    return code[: len(programme)] in (mates or {programme})


def _are_one(pool: Pool, where: Sequence[int], unit: str, names: Sequence[str], *, is_named: bool) -> bool:
    """Whether the code of some pages is one misread digit away from a unit of the same name or the same actions.

    Where quarters agree on it (``is_named``) they are two if that unit's own page stands beside theirs in two of them.
    """
    misread = [k for k in where if may_be_misread(pool.sheets[k], unit)]
    if misread and is_named:
        beside = {pool.sheets[k].printed_quarter for k in where if _is_beside_own(pool, k, unit)}
        if len(beside) > 1:
            return False
    for k in misread:
        sheet = pool.sheets[k]
        if any(name and name_likeness(sheet.unidad[1] or "", name) >= SAME_NAME for name in names):
            return True
        if any(pool.sheets[i].unidad[0] == unit for i in pool.alike.get(k, ())):
            return True
    return False


def _may_be(pool: Pool, k: int, unit: str) -> bool:
    """Whether a page may be a unit's whose code it misprints: not where that unit's page of the quarter is there."""
    return may_be_misread(pool.sheets[k], unit) and not _is_beside_own(pool, k, unit)


def _is_beside_own(pool: Pool, k: int, unit: str) -> bool:
    """Whether a unit's own page of a page's quarter is in the pool, and not of one report with it."""
    sheet = pool.sheets[k]
    return any(
        other.unidad[0] == unit
        and other.printed_quarter == sheet.printed_quarter is not None
        and are_two_reports(pool, k, i)
        for i, other in enumerate(pool.sheets)
    )


def _name(pool: Pool, where: Sequence[int]) -> str:
    """The name that most pages print, the longest where as many print another."""
    names = [pool.sheets[k].unidad[1] or "" for k in where]
    return max(names, key=lambda n: (sum(likeness(n, m) >= ALIKE for m in names), len(n), n))


def _programme(pool: Pool, where: Sequence[int]) -> str | None:
    printed = [code for k in where if (code := pool.sheets[k].programa[0])]
    return max(sorted(set(printed)), key=printed.count, default=None)
