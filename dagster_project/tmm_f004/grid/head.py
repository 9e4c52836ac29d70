"""The head of a table on a page: the quarters on one level, the marks P and A below, the names of the other columns.

In here: where its columns stand. Not in here: the names beside the quarters (``head_names``), what columns hold
(``page.table_head`` reads the lines that are made of it), nor where one column ends (``columns``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import median

from dagster_project.tmm_f004.grid.head_names import is_over, names_of_columns, top_of
from dagster_project.tmm_f004.grid.levels import Level, levels
from dagster_project.tmm_f004.grid.pieces import Piece
from dagster_project.tmm_f004.page.table_head import QUARTERS, head_cell
from dagster_project.tmm_f004.text.dates import month_of
from dagster_project.tmm_f004.text.fold import letters

FEWEST_QUARTERS = 2
"""Quarters named on one level, in order: a date names one, and two in a row no sentence does."""

FEWEST_MARKS = 5
"""Marks P and A on one level that are a head by themselves, where its quarters' names were not read."""

OF_QUARTERS = 8
"""Marks of the four quarters: one or two more are of figures to date."""

FEWEST_MIXED = 6
"""Quarters' names of which some wrap and some do not, at least: those of two blocks. A remark names two."""

HEAD_DOWN = 3.2
"""Of a line's height, below the quarters' names: the marks of their columns."""

MOST_WORDS = 4
"""Words of a quarter's name: ``ENERO - MARZO``, ``1ER TRIMESTRE``, ``ENE A MAR``."""

_BEGIN = frozenset({"ENE", "ABR", "JUL", "OCT", "TRI", "PRI", "SEG", "TER", "CUA"})
_NTH = re.compile(r"[1-4](?![\d.,])|I{1,3}V?\b|IV\b")


@dataclass(frozen=True, slots=True)
class Mark:
    """A column of figures: the middle it is headed at, and the mark that heads it ('' where none was read)."""

    x: float
    text: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A table's head: its columns of figures in order, quarters' names with the place of each, and other names.

    ``named`` holds the middle of each column of ``NAMES`` that was found; ``top`` and ``bottom`` are the levels it
    takes, ``level`` that of the quarters' names; ``pieces`` all that it prints.
    """

    top: float
    level: float
    bottom: float
    marks: tuple[Mark, ...]
    quarters: tuple[Mark, ...]
    to_date: tuple[Mark, ...] = ()
    named: dict[str, float] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()


def heads(pieces: Sequence[Piece], height: float) -> list[Head]:
    """The heads of a page's tables from top to bottom."""
    found: list[Head] = []
    on_levels = levels(pieces, height, 0.6)
    for at, level in enumerate(on_levels):
        if found and level.y <= found[-1].bottom + 0.6 * height:
            continue
        quarters = _quarters(level, height)
        if len(quarters) < FEWEST_QUARTERS and at + 1 < len(on_levels):
            quarters = _wrapped(level, on_levels[at + 1], height)
        marks: list[Mark] = []
        below = [lower for lower in on_levels[at + 1 :] if lower.y - level.y <= HEAD_DOWN * height]
        if len(quarters) >= FEWEST_QUARTERS:
            marks = max((_marks(lower) for lower in below), key=len, default=[])
        elif len(marks := _marks(level)) < FEWEST_MARKS or _names_below(below, height):
            continue
        bottom = max([level.y, *(p.y for mark in marks for p in mark.pieces)])
        top = top_of(pieces, level.y, height)
        own = [p for p in pieces if top <= p.y <= bottom + 0.7 * height]
        head = _head(level.y, bottom, quarters, marks, own, height)
        if head is not None:
            found.append(head)
    return found


def _names_below(below: Sequence[Level], height: float) -> bool:
    return any(len(_quarters(level, height)) >= FEWEST_QUARTERS for level in below)


def _quarters(level: Level, height: float) -> list[tuple[int, Mark]]:
    """The quarters (0 to 3) named on a level from left to right; [] unless they go on in the year's order, or begin it
    again."""
    found: list[tuple[int, Mark]] = []
    at, pieces = 0, level.pieces
    while at < len(pieces):
        taken = 1
        if not _may_begin(pieces[at].text):
            at += 1
            continue
        for count in range(1, min(MOST_WORDS, len(pieces) - at) + 1):
            run = pieces[at : at + count]
            if any(b.x0 - a.x1 > 1.2 * height for a, b in pairwise(run)):
                break
            text = " ".join(p.text for p in run)
            months = head_cell(text).months
            if months in QUARTERS:
                found.append((QUARTERS.index(months), Mark((run[0].x0 + run[-1].x1) / 2, text, tuple(run))))
                taken = count
                break
        at += taken
    order = [q for q, _ in found]
    return [] if any(b <= a and b != 0 for a, b in pairwise(order)) else found


@lru_cache(maxsize=2048)
def _may_begin(text: str) -> bool:
    """Whether a quarter's name may begin with a word: most words of a page are looked at no further."""
    found = letters(text)
    return found[:3] in _BEGIN or (len(found) > 3 and month_of(found) is not None) or bool(_NTH.match(text))


def _wrapped(level: Level, lower: Level, height: float) -> list[tuple[int, Mark]]:
    """The quarters whose names go on below, ``ENERO-`` over ``MARZO``, ``1er`` over ``Trimestre``, with those beside
    them on one line."""
    if lower.y - level.y > 1.4 * height:
        return []
    found: list[tuple[int, Mark]] = []
    for piece in (*level.pieces, *lower.pieces):
        if not _may_begin(piece.text):
            continue
        is_upper = piece in level.pieces
        under = [p for p in lower.pieces if is_upper and is_over(p, piece, height)]
        beside = [p for p in level.pieces if is_upper and 0 < p.x0 - piece.x1 < 0.6 * height]
        for own in ((piece,), *((piece, p) for p in (*under, *beside))):
            text = " ".join(p.text for p in own)
            months = head_cell(text).months
            if months in QUARTERS:
                middle = (min(p.x0 for p in own) + max(p.x1 for p in own)) / 2
                found.append((QUARTERS.index(months), Mark(middle, text, own)))
                break
    found.sort(key=lambda pair: pair[1].x)
    order = [q for q, _ in found]
    wraps = any(len(mark.pieces) > 1 for _, mark in found)
    on_one_line = any(len(m.pieces) > 1 and abs(m.pieces[0].y - m.pieces[1].y) < 0.5 * height for _, m in found)
    if on_one_line and len(found) < FEWEST_MIXED:
        return []
    return found if wraps and all(a < b or (b == 0 and on_one_line) for a, b in pairwise(order)) else []


def _marks(level: Level) -> list[Mark]:
    """The marks P, A and % of a level; [] where most single letters on it are none."""
    found = [Mark(p.x, p.text, (p,)) for p in level.pieces if head_cell(p.text).side]
    letters_alone = sum(len(p.text) == 1 and p.text.isalpha() for p in level.pieces)
    return found if len(found) > 0.7 * letters_alone else []


def _head(
    level: float,
    bottom: float,
    quarters: Sequence[tuple[int, Mark]],
    marks: Sequence[Mark],
    own: Sequence[Piece],
    height: float,
) -> Head | None:
    columns, to_date = _columns(quarters, marks)
    if len(columns) < 2:
        return None
    used = {p for mark in (*(m for _, m in quarters), *columns, *to_date) for p in mark.pieces}
    left, right = columns[0].x, columns[-1].x
    named = names_of_columns([p for p in own if p not in used], left, right, height)
    top = min(p.y for p in own)
    return Head(top, level, bottom, tuple(columns), tuple(m for _, m in quarters), tuple(to_date), named, tuple(own))


def _columns(quarters: Sequence[tuple[int, Mark]], marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The columns of the quarters, and marks to the right of them: of figures to date.

    Where a quarter lacks one of its two marks, or its name, its columns are where they would stand.
    """
    order = [q for q, _ in quarters]
    if len(set(order)) < FEWEST_QUARTERS or len(set(order)) < len(order):
        if not quarters and len(marks) in (OF_QUARTERS + 1, OF_QUARTERS + 2):
            return list(marks[:OF_QUARTERS]), list(marks[OF_QUARTERS:])
        return list(marks) if len(marks) >= len(quarters) else [mark for _, mark in quarters], []
    if (found := _all_marked(quarters, marks)) is not None:
        return found
    names, stride = _all_quarters(quarters, marks)
    offset = _offset(names, marks, stride)
    own: list[Mark] = []
    for name in names:
        near = [m for m in marks if abs(m.x - name.x) < 0.5 * stride]
        own += near if len(near) > 1 else _pair(name, near, offset, marks)
    beyond = [m for m in marks if m.x >= names[-1].x + 0.5 * stride and m.text in ("P", "A")]
    return sorted(own, key=lambda m: m.x), beyond


def _all_marked(quarters: Sequence[tuple[int, Mark]], marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark]] | None:
    """The columns of quarters that each have a P and an A and are named somewhere over them, and marks to date.

    Columns stand where they are marked. None where a mark is missing, or a name stands elsewhere.
    """
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    sides = "".join(side_of(m) or "" for m in marks)
    if len(marks) % 2 or sides not in ("pa" * len(pairs), "ap" * len(pairs)):
        return None
    if len(pairs) == len(quarters):
        count, own = len(marks), pairs
    elif len(marks) in (OF_QUARTERS, OF_QUARTERS + 2):
        count, own = OF_QUARTERS, [pairs[q] for q, _ in quarters]
    else:
        return None
    for (_, name), (first, last) in zip(quarters, own, strict=True):
        beside = (last.x - first.x) / 2
        if not first.x - beside <= name.x <= last.x + beside:
            return None
    return list(marks[:count]), list(marks[count:])


def _all_quarters(quarters: Sequence[tuple[int, Mark]], marks: Sequence[Mark]) -> tuple[list[Mark], float]:
    """The quarters' names and how far they stand apart, with those that were not read: between others, or over marks of
    their own."""
    (first, a), (last, b) = quarters[0], quarters[-1]
    stride = (b.x - a.x) / (last - first)
    known = dict(quarters)
    for q in range(4):
        x = a.x + (q - first) * stride
        if q not in known and (first < q < last or sum(abs(m.x - x) < 0.4 * stride for m in marks) > 1):
            known[q] = Mark(x, "")
    return [known[q] for q in sorted(known)], stride


def side_of(mark: Mark) -> str | None:
    """``p``, ``a`` or ``%`` of a mark."""
    return head_cell(mark.text).side


def _offset(quarters: Sequence[Mark], marks: Sequence[Mark], stride: float) -> float:
    """How far a quarter's columns stand from its middle: as its marks do, a quarter of the way to the next without."""
    found = [abs(m.x - q.x) for q in quarters for m in marks if 0.1 * stride < abs(m.x - q.x) < 0.4 * stride]
    return median(found) if found else stride / 4


def _pair(quarter: Mark, near: Sequence[Mark], offset: float, marks: Sequence[Mark]) -> list[Mark]:
    """A quarter's two columns, of which at most one has its mark read: the other is marked as in other quarters."""
    sides = [side_of(m) for m in marks]
    first = "A" if sides and sides[0] == "a" and sides.count("a") > sides.count("p") else "P"
    left, right = Mark(quarter.x - offset, first), Mark(quarter.x + offset, "A" if first == "P" else "P")
    if not near:
        return [left, right]
    return [near[0], right] if near[0].x < quarter.x else [left, near[0]]
