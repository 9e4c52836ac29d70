"""Rows of one report that another version of it states under another number, or in other words under the same.

A correction that puts an action in or takes one out moves the numbers of all that follow: by its number each row is
another action then, and all of them would count twice. In here: which pages are versions of one table, and which of
their rows are one. Not in here: which page counts (``reports``).

Two pages of one report share no number, and two tables of a unit that count alike share no words: versions share most
of both. What a single row could not prove, the table does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from dagster_project.tmm_f004.model import CAMPOS, Cifra, RowReading
from dagster_project.tmm_f004.text.fold import plain

RowKey = tuple[tuple[str, int], int]
"""The page (extracto_id, formato) and the line of a row."""

Plan = tuple[Cifra | None, ...]

Numbered = dict[int, tuple[RowKey, str, str, Plan]]
"""By printed number the row, its text and its measure, folded, and what it plans."""

PLANNED = tuple(field for field in CAMPOS if field.startswith("p"))
"""``candidates`` has them too; it loads what is compiled, which the definitions do not wait for."""

SAME_TEXT = 95.0
"""Texts this alike (0..100) are one action's, misread."""

MOST = 0.5
"""Share of the lesser page's rows from which two pages share most of their numbers, or of their texts."""

FEWEST = 2
"""Rows that tell a table's: one may be two actions of the same words."""

MAX_PAGES = 12
"""Pages under one number that a page is compared with: more of them repeat one another."""


def restated(pages: Sequence[tuple[tuple[str, int], Sequence[RowReading]]]) -> dict[RowKey, list[RowKey]]:
    """For each row that another page states under another number or in other words, those rows; ``pages`` are those of
    one unit and quarter."""
    found: dict[RowKey, list[RowKey]] = defaultdict(list)
    tables: list[Numbered] = []
    under: dict[int, list[int]] = defaultdict(list)
    for page, rows in pages if len(pages) > 1 else ():
        table = _numbered(page, rows)
        shared = Counter(at for number in table for at in under[number])
        for at in (at for at, times in shared.items() if times >= max(FEWEST, MOST * min(len(table), len(tables[at])))):
            for one, other in _same(tables[at], table):
                found[one].append(other)
                found[other].append(one)
        for number in table:
            if len(under[number]) < MAX_PAGES:
                under[number].append(len(tables))
        tables.append(table)
    return dict(found)


def _numbered(page: tuple[str, int], rows: Sequence[RowReading]) -> Numbered:
    """The rows of a page with a printed number and a text; none of two with one number."""
    printed = [r for r in rows if r.renglon.accion is not None and not r.renglon.accion_inferida]
    times = Counter(r.renglon.accion for r in printed)
    found: Numbered = {}
    for read in printed:
        row = read.renglon
        if row.accion is not None and times[row.accion] == 1 and (text := plain(row.descripcion)):
            planned = tuple(read.valores[f] for f in PLANNED)
            found[row.accion] = (page, row.linea), text, plain(row.unidad_medida), planned
    return found


def _same(one: Numbered, other: Numbered) -> Iterator[tuple[RowKey, RowKey]]:
    """The rows that two versions of a table state otherwise numbered or, where no number moved, otherwise worded."""
    texts, measures = [t for _, t, *_ in one.values()], [m for _, _, m, _ in one.values()]
    like = process.cdist([t for _, t, *_ in other.values()], texts, scorer=fuzz.ratio, score_cutoff=SAME_TEXT)
    pairs: dict[int, int] = {}
    for row, (number, (_, _, measure, _)) in zip(like, other.items(), strict=True):
        alike = (n for n, share, m in zip(one, row, measures, strict=True) if share and m == measure and n not in pairs)
        if (match := min(alike, key=lambda n: (n != number, n), default=None)) is not None:
            pairs[match] = number
    enough = max(FEWEST, MOST * min(len(one), len(other)))
    if len(pairs) < enough:
        # Worded anew in every row: measures and plans tell, unless one plan is every row's.
        plans = [one[n][3] for n in one if n in other and one[n][2:] == other[n][2:] and any(one[n][3])]
        if len(plans) < enough or len(set(plans)) < FEWEST:
            return
        pairs = {}
    moved = {n: m for n, m in pairs.items() if n != m}
    taken = set(pairs.values())
    reworded = {} if moved else {n: n for n in one if n in other and n not in pairs and n not in taken}
    for n, m in (moved or reworded).items():
        yield one[n][0], other[m][0]
