"""Whether the rows of a table agree on its layout, and which of them do not.

In here: what the settled layout leaves unexplained alike in several rows. Not in here: the layout
itself (``table``), nor any figure: a row that departs is judged by ``form`` as every other.

A slip falls on one row by itself. Rows that slip alike, at one place, or that print what is not
there as the others do not, were printed by another layout. What two layouts would save is weighed
in the nats of ``costs``, from the readings already found: nothing is searched for here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import lgamma, log

from dagster_project.tmm_f004.model import ActionRow, TableReading
from dagster_project.tmm_f004.read.reading import SLIPS
from dagster_project.tmm_f004.search.branch_and_bound import habit_class
from dagster_project.tmm_f004.search.costs import (
    ACHIEVED,
    COST,
    FIRST_ACHIEVED,
    FIRST_PLANNED,
    LATER,
    PLANNED,
    TOTAL_AGAIN,
)
from dagster_project.tmm_f004.search.layouts import SURPLUS_COST
from dagster_project.tmm_f004.search.symbols import ABS, ADDED, CELL_REPEATED, INVENTED, NAMES, RUN
from dagster_project.tmm_f004.search.table import CAP, Found, Table

LAYOUTS_APART = 10.0
"""Nats that a second layout must save over the table's: what two parts of a form must to be read apart."""

FEWEST_ROWS_APART = 2
"""Rows that make a layout of their own: one that departs is a row that slipped."""

_SLIP_WORDS = {
    CELL_REPEATED: "repite",
    RUN: "repite un tramo tras",
    ADDED: "un blanco de más tras",
    INVENTED: "una celda de más tras",
}
_VOIDS = {
    PLANNED: "lo programado en cero",
    ACHIEVED: "lo alcanzado en cero",
    LATER: "los avances posteriores al corte",
    FIRST_PLANNED: "lo programado del primer trimestre",
    FIRST_ACHIEVED: "lo alcanzado del primer trimestre",
    TOTAL_AGAIN: "el segundo total",
}
_PRINTED, _LEFT_OUT, _AS_PLAN = range(3)  # the places of _WAYS
_WAYS = ("imprime", "omite", "copia de P")

Step = tuple[str, float]
"""How a row departs from the layout, in words, and what that costs it."""


def table_reading(rows: Sequence[ActionRow], table: Table, quarter: int) -> TableReading:
    """The table as it was read, with the rows that depart from its layout alike.

    ``rows`` are the printed rows of ``table.readings``, in order; ``quarter`` as in ``read_table``.
    """
    first = [found[0] if found else None for found in table.readings]
    told: dict[int, list[str]] = defaultdict(list)
    for k, how in (*_alike(rows, first), *_by_blanks(first, quarter)):
        told[k].append(how)
    return TableReading(
        tuple(row.linea for row in rows),
        tuple(NAMES[c] for c in table.columns),
        table.margin,
        {rows[k].linea: "; ".join(told[k]) for k in sorted(told)},
    )


def _alike(rows: Sequence[ActionRow], first: Sequence[Found | None]) -> list[tuple[int, str]]:
    """The rows that slip alike, each with how, where a layout with these slips would be ``LAYOUTS_APART`` cheaper."""
    groups: dict[Step, list[int]] = defaultdict(list)
    read = {len(row.impreso) for row, found in zip(rows, first, strict=True) if found}
    for k, (row, found) in enumerate(zip(rows, first, strict=True)):
        if found:
            for step in dict.fromkeys(_steps(found)):
                groups[step].append(k)
        elif len(row.impreso) not in read:
            groups[f"{len(row.impreso)} celdas que ninguna lectura explica", CAP].append(k)
    shared = {step: group for step, group in groups.items() if len(group) >= FEWEST_ROWS_APART}
    saved = sum(len(group) * cost - SURPLUS_COST for (_, cost), group in shared.items())
    return [(k, how) for (how, _), group in shared.items() for k in group] if saved >= LAYOUTS_APART else []


def _steps(found: Found) -> Iterator[Step]:
    """The steps by which a reading departs from the layout it was found under; a total set again is a habit."""
    if found.path == found.columns:
        return
    last, before = "meta", -1
    for code in found.path:
        if code in SLIPS:
            if code != before and last != NAMES[ABS]:
                yield f"{_SLIP_WORDS[code]} {last}", COST[SLIPS[code]]
        else:
            last = NAMES[code]
        before = code
    for column in dict.fromkeys(found.columns):
        if column < ABS and found.values[column] > 0 and found.path.count(column) < found.columns.count(column):
            yield (
                f"no repite {NAMES[column]}" if column in found.path else f"sin {NAMES[column]}",
                COST["copia_perdida" if column in found.path else "celda_perdida"],
            )


def _by_blanks(first: Sequence[Found | None], quarter: int) -> list[tuple[int, str]]:
    """The rows that leave out what the others print as blank or 0 (or print it, or print P again), each with how.

    Single blanks are lost anywhere. Two kinds of rows are told apart by what it saves, in nats, to give each
    kind its own rates of printing, less what it costs to say which rows are of which.
    """
    counts = [_voids(found, quarter) if found else {} for found in first]
    best: tuple[float, list[int], str] = (LAYOUTS_APART, [], "")
    for kind, words in _VOIDS.items():
        seen = [k for k, row in enumerate(counts) if kind in row]
        mostly: dict[int, list[int]] = defaultdict(list)
        for k in seen:
            for way, times in enumerate(counts[k][kind]):
                if 2 * times > sum(counts[k][kind]):
                    mostly[way].append(k)
        for way, so in sorted(mostly.items()):
            if (
                len(so) < FEWEST_ROWS_APART
                or 2 * len(so) > len(seen)
                or (2 * len(so) == len(seen) and so[0] == seen[0])
            ):
                continue  # of two kinds the fewer depart, of as many those that come later
            these = set(so)
            others = [k for k in seen if k not in these]
            saved = sum(_saved(counts, c, so, others) for c in _VOIDS) - _telling(seen, these)
            if saved >= best[0]:
                best = (saved, so, f"{_WAYS[way]} {words}")
    return [(k, best[2]) for k in best[1]]


def _voids(found: Found, quarter: int) -> dict[int, list[int]]:
    """How often a row prints what is not there in each of ``_WAYS``: of each class of columns."""
    seen: dict[int, list[int]] = {}
    path, values, cells = found.path, found.values, found.printed.cells
    for column, kind in _classes(found.columns, quarter):
        if kind == LATER or values[column] == 0:
            way = _LEFT_OUT
            if column in path:
                way = _AS_PLAN if kind == LATER and cells[path.index(column)] > 0 else _PRINTED
            seen.setdefault(kind, [0, 0, 0])[way] += 1
    totals = [code for code in path if code in (ABS, CELL_REPEATED)]
    seen[TOTAL_AGAIN] = [1, 0, 0] if ABS in totals[:-1] else [0, 1, 0]
    return seen


@lru_cache(maxsize=256)
def _classes(columns: tuple[int, ...], quarter: int) -> tuple[tuple[int, int], ...]:
    """The quarters' columns of a layout, each with the class of ``costs`` it falls under."""
    return tuple((c, int(habit_class(c, quarter))) for c in dict.fromkeys(columns) if c < ABS)


def _saved(counts: Sequence[dict[int, list[int]]], kind: int, so: Sequence[int], others: Sequence[int]) -> float:
    """What it saves to print a class at two rates, one of the rows ``so`` and one of the ``others``."""
    none = [0] * len(_WAYS)
    groups = [
        [sum(n) for n in zip(none, *(counts[k].get(kind, none) for k in rows), strict=True)] for rows in (so, others)
    ]
    return _surprise([a + b for a, b in zip(*groups, strict=True)]) - sum(map(_surprise, groups))


def _surprise(counts: Sequence[int]) -> float:
    """The nats of so many of each kind, in any order, at the rates they show."""
    return sum(n * log(sum(counts) / n) for n in counts if n)


def _telling(seen: Sequence[int], so: set[int]) -> float:
    """The nats it takes to say which rows are of which kind: one by one, or where the kinds change."""
    changes = sum((a in so) != (b in so) for a, b in pairwise(seen))
    one_by_one = lgamma(len(seen) + 1) - lgamma(len(so) + 1) - lgamma(len(seen) - len(so) + 1)
    return min(one_by_one, changes * log(len(seen)))
