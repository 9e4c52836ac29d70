"""The head of a table as evidence: which column of the print holds which figure, and whether it is our form's table
at all.

In here: the lines above the first row read into columns, from the meta on. Not in here: which lines are a head
(``rows``), nor whether the cells agree with it (``read.table_cells``): heads come damaged as rows do, and a column
that a head invents is no column of the table until rows print as many cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import TableHead
from dagster_project.tmm_f004.text.cells import cells_of
from dagster_project.tmm_f004.text.dates import month_of
from dagster_project.tmm_f004.text.fold import SHORT, words

QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
LIKE_WORD = 80.0  # per cent
ACCUMULATED = ("ACUMULADO", "ACUMULADA", "ACUM", "ACUMULADOS")
_PLANNED = ("PROGRAMADO", "PROGRAMADA", "PROGRAMACION", "PROG", "PLANEADO", "P")
_ACHIEVED = (
    "REALIZADO", "REALIZADA", "ALCANZADO", "ALCANZADA", "AVANCE", "LOGRADO", "EJECUTADO", "REAL", "A", "R", "ALC",
)  # fmt: skip
MEASURE = ("UNIDAD DE MEDIDA", "UNIDAD MEDIDA", "INDICADOR DE MEDIDA")
META = ("META ANUAL", "META", "META ANUAL AUTORIZADA", "METAS ANUALES")
_HALVES = re.compile(r"(?:[12](?:ER|DO|O)?|PRIMER|SEGUNDO|I{1,2}) (?:SEMESTRE|SEM)|(?:SEMESTRE|SEM) (?:[12]|I{1,2})")
_THIRDS = re.compile(r".*\b(?:CUATRIMESTRE|BIMESTRE)\b.*")
_NTH_QUARTER = re.compile(
    r"(?:(?P<a>[1-4])(?:ER|DO|RO|TO|O)?|(?P<b>PRIMER|SEGUNDO|TERCER|CUARTO)|(?P<c>I{1,3}|IV)) (?:TRIMESTRE|TRIM)"
    r"|(?:TRIMESTRE|TRIM|T) ?(?:(?P<d>[1-4])|(?P<e>I{1,3}|IV))"
)
_NTH = ("1 PRIMER I", "2 SEGUNDO II", "3 TERCER III", "4 CUARTO IV")
_ORDER = {word: quarter for quarter, named in enumerate(_NTH, start=1) for word in named.split()}

Span = tuple[int, tuple[int, int]]
"""Where a period's columns begin, and its first and last month."""


class HeadCell(NamedTuple):
    """What a head's cell names: its words; the months of a period; ``p``, ``a`` or ``%`` of a column; the side of a
    block of columns."""

    words: tuple[str, ...]
    months: tuple[int, int] | None
    side: str | None
    block: str | None


def head_cell(cell: str) -> HeadCell:
    """What a cell of a table's head names."""
    return _short_cell(cell) if len(cell) <= SHORT else _head_cell(cell)


def _head_cell(cell: str) -> HeadCell:
    found = tuple(words(cell))
    return HeadCell(found, _months(found), _side(cell, found), _block(found))


# The same few dozen names head every table: reading heads went from 8.2 to 3.2 % of the time of set none.
_short_cell = lru_cache(maxsize=2048)(_head_cell)


def read_head(lines: Sequence[str]) -> TableHead | None:
    """What the lines above a table's first row name; None where they name no columns of P and A."""
    short = len(lines) <= MAX_REMEMBERED and sum(map(len, lines)) <= MAX_HEAD
    return (_read_head if short else _read_head.__wrapped__)(tuple(lines))


@lru_cache(maxsize=256)  # an office's tables have the same head page after page
def _read_head(lines: tuple[str, ...]) -> TableHead | None:
    rows = [cells_of(text) for text in lines if text.strip()]
    spans = max((_spans(cells) for cells in rows), key=len, default=[])
    marks = max((_marks(cells) for cells in rows), key=len, default=[])
    sides = next((found for cells in rows if len(found := _sides(cells)) >= 2), [])
    said = " | ".join(dict.fromkeys(c for cells in rows for c in cells if c))[:MAX_SAID]
    accumulated = _accumulated(rows)
    if not marks and len(spans) < 2:
        return None
    quarters = [QUARTERS.index(months) + 1 for _, months in spans if months in QUARTERS]
    kinds = "".join(side for _, side in marks)
    figures = _in_blocks(spans, quarters, sides, kinds) or _in_pairs(marks, spans, quarters)
    is_twice = not marks and figures is None and len(quarters) - len(set(quarters)) > 1
    if len(spans) > 2 * len(quarters) or is_twice:  # blocks of which a name was not read
        return TableHead("otros_periodos", (), len(marks) or len(spans), said, accumulated)
    if figures is None:
        return TableHead("no_se_sabe", (), len(marks), said, accumulated)
    columns = _with_totals(rows, figures)
    return TableHead(_kind(columns), columns, len(marks), said, accumulated)


ORDERED = ("avance_primero", "bloques")
"""Kinds of head that name the form's own columns in another order."""

FEWEST_IN_BLOCK = 3
"""Quarters that a block of columns of one side names."""

MAX_REMEMBERED, MAX_HEAD, MAX_SAID = 8, 4000, 300
"""Lines and characters of a head that is remembered (the form's has three and some 300), characters kept of it."""


def _kind(columns: Sequence[str]) -> str:
    """The kind of table by the order of its figures: that of the form, or one of its known kin."""
    figures = [c for c in columns if c[:1] in "pa" and c[1:].isdigit()]
    sides = "".join(c[0] for c in figures)
    numbers = [int(c[1]) for c in figures]
    if re.fullmatch(r"(?:ap)+p*", sides) and all(x <= y for x, y in pairwise(numbers)):
        return "avance_primero"
    if re.fullmatch(r"p{3,4}a{1,4}|a{1,4}p{3,4}", sides):
        return "bloques"
    if re.fullmatch(r"(?:pa)+p*", sides) and all(x <= y for x, y in pairwise(numbers)):
        return "de_la_forma"
    return "no_se_sabe"


def _months(named: Sequence[str]) -> tuple[int, int] | None:
    """The months that a column's name spans: ENE-MAR, 1ER TRIMESTRE, SEMESTRE 2, ENERO."""
    found = " ".join(named)
    if not found or len(found) > 40:
        return None
    if nth := _NTH_QUARTER.fullmatch(found):
        return QUARTERS[_ORDER[next(filter(None, nth.groups()))] - 1]
    if _HALVES.fullmatch(found):
        return (7, 12) if re.search(r"\b(?:2\w*|SEGUNDO|II)\b", found) else (1, 6)
    if _THIRDS.fullmatch(found):
        return (1, 4)
    tokens = found.split()
    months = [m for m in (month_of(t) for t in tokens) if m]
    if not months or len(months) + 1 < len([t for t in tokens if t not in ("A", "AL", "DE", "TRIMESTRE", "TRIM")]):
        return None
    return months[0], months[-1]


def _spans(cells: Sequence[str]) -> list[Span]:
    return [(k, months) for k, c in enumerate(cells) if c and (months := head_cell(c).months)]


def _side(cell: str, found: Sequence[str]) -> str | None:
    """``p`` or ``a`` of a column's own mark, ``%`` of a percentage's; None of anything else."""
    if cell.strip() in ("%", "% AVANCE", "%A"):
        return "%"
    if len(found) != 1:
        return None
    if found[0] in _PLANNED:
        return "p"
    return "a" if found[0] in _ACHIEVED else None


def _marks(cells: Sequence[str]) -> list[tuple[int, str]]:
    """The marks of P, A (and %) of a line that holds at least two pairs of them; [] of another."""
    found = [(k, side) for k, c in enumerate(cells) if c and (side := head_cell(c).side)]
    filled = sum(bool(c) for c in cells)
    both = {"p", "a"} <= {side for _, side in found}
    return found if len(found) >= 4 and both and len(found) >= 0.6 * filled else []


def _sides(cells: Sequence[str]) -> list[tuple[int, str]]:
    """The names PROGRAMADO and REALIZADO of blocks of columns."""
    return [(k, block) for k, c in enumerate(cells) if c and (block := head_cell(c).block)]


def _block(named: Sequence[str]) -> str | None:
    if any(_like(w, _PLANNED[:3]) for w in named):
        return "p"
    return "a" if any(_like(w, _ACHIEVED[:8]) for w in named) and not {"ABSOLUTO", "RELATIVO"} & set(named) else None


def _like(word: str, names: Sequence[str]) -> bool:
    return len(word) >= 4 and any(fuzz.ratio(word, name) >= LIKE_WORD for name in names)


def _in_blocks(
    spans: Sequence[Span], quarters: Sequence[int], sides: Sequence[tuple[int, str]], kinds: str
) -> list[tuple[int, str]] | None:
    """The figures of a table that names its quarters twice over, once for each side; None of any other.

    The shorter block may lack the coming quarters.
    """
    cut = next((k for k in range(1, len(quarters)) if quarters[k] <= quarters[k - 1]), len(quarters))
    runs = sorted((list(quarters[:cut]), list(quarters[cut:])), key=len)
    if len(runs[1]) < FEWEST_IN_BLOCK or not runs[0] or runs[0] != runs[1][: len(runs[0])]:
        return None
    if runs[1] != sorted(set(runs[1])) or (kinds and kinds[:cut] != kinds[0] * cut):
        return None
    first = sides[0][1] if sides else (kinds[:1] or "p")
    order = [first] * cut + ["a" if first == "p" else "p"] * (len(quarters) - cut)
    return [(at, f"{side}{q}") for (at, _), side, q in zip(spans, order, quarters, strict=True)]


def _in_pairs(
    marks: Sequence[tuple[int, str]], spans: Sequence[Span], quarters: Sequence[int]
) -> list[tuple[int, str]] | None:
    """The figures of a table that marks each column as P or A; None where marks and quarters do not go together."""
    known = [(at, side) for at, side in marks if side != "%"]
    half = len(known) // 2
    if quarters and len(quarters) != half:
        return _under_quarters(known, spans, quarters)
    numbers = list(quarters) or ([1, 2, 3, 4] if half == 4 else [])
    if not numbers or len(known) % 2 or numbers != sorted(set(numbers)):
        return None
    sides = "".join(side for _, side in known)
    if sides in ("p" * half + "a" * half, "a" * half + "p" * half):
        found = numbers + numbers
    elif sides in ("pa" * half, "ap" * half):
        found = [q for q in numbers for _ in range(2)]
    else:
        return None
    return [(at, f"{side}{q}") for (at, side), q in zip(known, found, strict=True)]


def _under_quarters(
    marks: Sequence[tuple[int, str]], spans: Sequence[Span], quarters: Sequence[int]
) -> list[tuple[int, str]] | None:
    """The figures of a table whose coming quarters have a P alone: each mark is of the quarter whose name it stands
    under."""
    starts = [at for at, months in spans if months in QUARTERS]
    if list(quarters) != sorted(set(quarters)) or not marks or marks[0][0] < starts[0]:
        return None
    of = [(at, side, sum(start <= at for start in starts) - 1) for at, side in marks]
    groups = ["".join(side for _, side, k in of if k == n) for n in range(len(starts))]
    pairs = len(groups) - groups.count("p")
    if groups[0] not in ("pa", "ap") or groups != [groups[0]] * pairs + ["p"] * (len(groups) - pairs):
        return None
    return [(at, f"{side}{quarters[k]}") for at, side, k in of]


def _with_totals(rows: Sequence[Sequence[str]], figures: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The columns from the first behind the measure's to the last before the remarks, "" where a column is none of the
    form's; from the meta to the percentage where measure or remarks are not named. Where no meta is found the quarters'
    alone, unless these stand right behind the measure: then none is printed."""
    first, last = figures[0][0], figures[-1][0]
    measure = column_named(rows, 0, first, MEASURE)
    remarks = column_named(rows, last + 1, None, ("OBSERVACIONES",))
    before = _named_between(rows, measure, first)
    meta = column_named(rows, 0, first, META)
    total = column_named(rows, last + 1, None, ("AVANCE ABSOLUTO", "ABSOLUTO", "TOTAL ABSOLUTO"))
    ratio = column_named(rows, last + 1, None, ("ACUMULADO RELATIVO", "RELATIVO", "AVANCE RELATIVO"))
    if ratio is None and total is not None:  # a bare sign
        ratio = next((k for c in rows for k, name in enumerate(c) if k > total and head_cell(name).side == "%"), None)
    at = dict(figures)
    if meta is None and len(before) > 1:
        meta = before[0]
    if meta is None and (measure != first - 1 or column_named(rows, 0, None, META) is not None):
        return tuple(name for _, name in figures)
    if meta is not None:
        at[meta] = "meta"
    end = last
    if total is not None:
        at[total], end = "absoluto", max(end, total)
    if ratio is not None and ratio != total:
        at[ratio], end = "relativo_pct", max(end, ratio)
    start = first if meta is None else min([meta, *before]) if len(before) > 1 else meta
    end = max([end, *_named_between(rows, end, remarks)])
    return tuple(at.get(k, "") for k in range(start, end + 1))


def _named_between(rows: Sequence[Sequence[str]], start: int | None, stop: int | None) -> list[int]:
    """The columns that the line which names both of two others names between them."""
    if start is None or stop is None:
        return []
    return next((found for cells in rows if (found := _filled(cells, start, stop))), [])


def _filled(cells: Sequence[str], start: int, stop: int) -> list[int]:
    between = [k for k in range(start + 1, min(stop, len(cells))) if cells[k]]
    return between if start < len(cells) and cells[start] else []


def column_named(rows: Sequence[Sequence[str]], start: int, stop: int | None, names: tuple[str, ...]) -> int | None:
    """Where the column stands that one of ``names`` names best; None where none does."""
    found = [
        (score, -k)
        for cells in rows
        for k, c in enumerate(cells[start:stop], start=start)
        if c and (score := _likest(" ".join(head_cell(c).words), names)) >= LIKE_WORD
    ]
    return -max(found)[1] if found else None


@lru_cache(maxsize=1024)  # the same names of columns head every table
def _likest(named: str, names: tuple[str, ...]) -> float:
    return max(fuzz.ratio(named, name) for name in names)


def _accumulated(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the head says of its quarters' columns that they are to date: a total column's name does not."""
    return any(
        (set(ACCUMULATED) & set(found) and not {"ABSOLUTO", "RELATIVO", "RELATIVA"} & set(found))
        or "A LA FECHA" in " ".join(found)
        for cells in rows
        for c in cells
        if c and (found := head_cell(c).words)
    )
