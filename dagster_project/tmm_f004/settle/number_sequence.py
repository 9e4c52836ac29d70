"""Action numbers that print lost, inferred from the sequence they stand in and marked as inferred.

A number is inferred only where the sequence leaves one choice. Printed numbers are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from dagster_project.tmm_f004.model import ActionRow

_PART = re.compile(r"(\d{2,4})\.\d{1,2}\D")


def infer_numbers(pages: Sequence[Sequence[ActionRow]]) -> list[list[ActionRow]]:
    """Fill the missing action numbers of one reporte, given the rows of its pages in order.

    Rules: ``secuencia`` (between two printed numbers that leave exactly this many), ``secuencia_anterior``
    (after the last printed one), ``secuencia_siguiente`` (before the first printed one). What stays
    without a number has the rule ``ausente``.
    """
    rows = [row for page in pages for row in page]
    numbers = [row.accion for row in rows]
    filled = list(rows)
    edges = {0, *accumulate(len(page) for page in pages)}
    broken = _is_broken(numbers)
    start = 0
    while start < len(rows):
        if numbers[start] is not None:
            start += 1
            continue
        stop = start
        while stop < len(rows) and numbers[stop] is None:
            stop += 1
        before = numbers[start - 1] if start else None
        after = numbers[stop] if stop < len(rows) else None
        first, rule = _gap(before, after, stop - start, {n for n in numbers if n is not None})
        if rule == "secuencia_anterior" and (broken or not _steady(numbers, start - 1, -1)):
            first = None
        # At the beginning any row may be lost, unless the numbers go back to where a unit's begin.
        if rule == "secuencia_siguiente" and (broken or not _steady(numbers, stop, 1) or (first or 0) % 100):
            first = None
        if any(_is_part(row, before) for row in rows[start:stop]):
            first = None
        alone = start in edges and stop in edges
        # A page without any number is taken for the reporte's beginning where it fits there exactly;
        # behind the others it might as well repeat them.
        if alone and (rule == "secuencia_anterior" or (first or 0) % 100):
            first = None
        for i in range(start, stop):
            if first is None:
                filled[i] = replace(rows[i], accion_regla="ausente")
            else:
                filled[i] = replace(rows[i], accion=first + i - start, accion_inferida=True, accion_regla=rule)
        start = stop
    return _split(filled, [len(page) for page in pages])


def _is_part(row: ActionRow, before: int | None) -> bool:
    """Whether a row prints the number of a part of the action before it: 200.1 is no 201."""
    printed = _PART.match(row.descripcion)
    return printed is not None and int(printed[1]) == before


def _gap(before: int | None, after: int | None, size: int, taken: set[int]) -> tuple[int | None, str]:
    """The first number of a run of ``size`` rows without one, None where the sequence leaves a choice."""
    if before is not None and after is not None:
        return (before + 1, "secuencia") if after - before == size + 1 else (None, "")
    if before is not None:
        first, rule = before + 1, "secuencia_anterior"
        # The hundreds name the unit: a run never crosses into the next ones.
        fits = before // 100 == (before + size) // 100
    elif after is not None:
        first, rule = after - size, "secuencia_siguiente"
        fits = first >= 0 and first // 100 == after // 100
    else:
        return None, ""
    return (first, rule) if fits and not taken & set(range(first, first + size)) else (None, "")


def _is_broken(numbers: Sequence[int | None]) -> bool:
    """Whether the printed numbers leave one out: a row is lost, and at the ends another may be."""
    known = [(at, n) for at, n in enumerate(numbers) if n is not None]
    return any(n // 100 == m // 100 and m - n > j - i for (i, n), (j, m) in pairwise(known))


def _steady(numbers: Sequence[int | None], at: int, step: int) -> bool:
    """Whether a printed number agrees with the one beyond it, away from the gap: else it may be misread."""
    mine, next_one = numbers[at], numbers[at + step] if 0 <= at + step < len(numbers) else None
    return mine is None or next_one is None or next_one - mine == step


def _split(rows: list[ActionRow], sizes: list[int]) -> list[list[ActionRow]]:
    parts, at = [], 0
    for size in sizes:
        parts.append(rows[at : at + size])
        at += size
    return parts
