"""Tables that print figures to date: each column contains the one before, and the last is the total.

In here: how they are told from tables of the quarters' own figures, by rows taken in place. Not in here: what is made
of their rows (``read.cumulated``).
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.tmm_f004.model import Cifra
from dagster_project.tmm_f004.search.row_sums import Figures, Placed, placements, plan_adds_up

KINDS = (ACHIEVED, PLAN, BOTH) = "avance_acumulado", "programa_acumulado", "programa_y_avance_acumulados"
"""Kinds of table by what is to date; the others' figures are the quarters' own."""

AGAINST = 4
"""Rows that close to date alone must be so many times those that close as the form's alone: a sum may close by
chance."""

SHARE = 0.5
"""Share of a table's rows that must close to date for it to be of that kind, unless ``ENOUGH`` do and none closes as
the form's alone."""

ENOUGH = 3


def to_date(
    rows: Sequence[Sequence[str]], quarter: int, columns: tuple[int, ...] = (), *, is_said: bool = False
) -> str | None:
    """The kind of a table that prints figures to date, None of any other.

    ``rows`` are the cells of each row that is a sum, ``columns`` the layout that the table was settled on: it counts
    only where the plain ones tell nothing, since columns set twice make sums of much. Rows that close either way (all
    in the first quarter) tell nothing, but where the head says so (``is_said``); and neither does one side alone: a
    pair set twice makes A contain the one before, while its P add up to no meta.
    """
    placed = [placements(r, quarter) for r in rows]
    if not is_said and all(_closes(row, quarter) for row in placed):
        return None  # the usual table: no row is left to tell of another kind
    return _told(placed, quarter, is_said) or _told([placements(r, quarter, columns) for r in rows], quarter, is_said)


def _closes(row: Sequence[Placed], quarter: int) -> bool:
    return any(closes_as_printed(f, quarter) for f, _ in row)


def _told(rows: Sequence[Sequence[Placed]], quarter: int, is_said: bool) -> str | None:
    best: tuple[int, str] | None = None
    left = [row for row in rows if is_said or not _closes(row, quarter)]
    for kind in KINDS:
        if not any(by_quarter(f, kind, quarter) for row in left for f, _ in row):
            continue
        dated = [[f for f, _ in placed if by_quarter(f, kind, quarter)] for placed in rows]
        ours = [
            all(closes_as_printed(f, quarter) for f in d) if d and is_said else _closes(p, quarter)
            for d, p in zip(dated, rows, strict=True)
        ]
        told = sum(bool(d) and not o for d, o in zip(dated, ours, strict=True))
        against = sum(o and not d for d, o in zip(dated, ours, strict=True))
        closing = sum(map(bool, dated))
        is_most = closing >= SHARE * len(rows) or (told >= ENOUGH and not against)
        if told > AGAINST * against and is_most and (best is None or closing > best[0]):
            best = closing, kind
    return best[1] if best else None


def closes_as_printed(f: Figures, quarter: int) -> bool:
    """Whether the quarters' own figures add up, whatever stands in A of coming ones."""
    return plan_adds_up(f) and sum(f.achieved[:quarter]) == f.total


def by_quarter(f: Figures, kind: str, quarter: int) -> Figures | None:
    """The quarters' own figures of a row that a table of this kind prints, None where it does not close so.

    Both sides close, each as the kind has it; A after the quarter hold nothing, a copy of P, or the total again.
    """
    later = zip(f.planned[quarter:], f.achieved[quarter:], strict=True)
    if not all(a in (0, p, f.total) for p, a in later):
        return None
    if kind != ACHIEVED and f.planned[-1] != f.meta:
        return None  # the year's plan to date is the meta, whatever its last quarter adds
    planned = f.planned if kind == ACHIEVED else _apart(f.planned, f.meta)
    achieved = f.achieved[:quarter] if kind == PLAN else _apart(f.achieved[:quarter], f.total)
    if planned is None or achieved is None or sum(planned) != f.meta or sum(achieved) != f.total:
        return None
    return f._replace(planned=planned, achieved=achieved)


def _apart(values: Sequence[Cifra], total: Cifra) -> tuple[Cifra, ...] | None:
    """What figures to date grow by from one to the next, None where they do not grow to the total.

    A quarter in which nothing was done may print what is to date again, or nothing.
    """
    grown: Cifra = 0
    found: list[Cifra] = []
    for value in values:
        found.append(value - grown if value else 0)
        grown = value or grown
    return tuple(found) if grown == total and all(v >= 0 for v in found) else None
