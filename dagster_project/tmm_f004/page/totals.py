"""Rows of a table that print the total of others: no actions, and kept as printed.

In here: which rows are totals, by their words, by lacking the number that all others have, by being the sum of the rows
above. Not in here: the form's first row (x00), which is an action and in some units the sum of the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import ActionRow, Cifra
from dagster_project.tmm_f004.text.fold import letters, words
from dagster_project.tmm_f004.text.numbers import is_blank, parse_number, parse_percent

# long enough to be known with a letter misread
_LONGEST = ("TOTAL", "TOTALES", "SUBTOTAL", "SUBTOTALES", "SUMATORIA", "PROMEDIO")
_TOTALS = frozenset({*_LONGEST, "GRANTOTAL", "SUMA", "SUMAS"})
_FIRST_LETTERS = frozenset(word[0] for word in _TOTALS)
_SPELT = ("TOTAL", "SUBTOTAL", "GRANTOTAL")  # also letter by letter: T O T A L
_OF_WHAT = re.compile(
    r"[A-D]|I{1,3}|IV|Y|ACCION(?:ES)?|ACTIVIDADES|ACUMULADO|ANUAL|DEL?|DEPARTAMENTO|DIRECCION|EJE|EJECUTORA|EL|GENERAL(?:ES)?"
    r"|GLOBAL|HOJA|LAS?|LINEA|LOS|METAS?|PAGINA|PARCIAL|POR|PROGRAMAS?|RAMO|SECCION|SUMA|TABLA|TRIMESTRE|UNIDAD|\d+"
)
_DIGITS = str.maketrans("015", "OIS")
LIKE_TOTAL = 80.0
"""How alike a word is to one of the totals' (0..100), at least: one letter of it may be misread."""

FEWEST_SUMMED, FEWEST_FIGURES = 2, 3
"""Rows that are summed, and sums that are not nought, at least: one row that repeats another is no total."""


def part_totals(rows: Sequence[ActionRow]) -> tuple[list[ActionRow], list[ActionRow]]:
    """The rows of a table that are actions, and those that are totals, each in order."""
    unnumbered = sum(row.accion is None for row in rows)
    actions: list[ActionRow] = []
    totals: list[ActionRow] = []
    since = 0
    for row in rows:
        is_odd_one = len(rows) > 1 and unnumbered == (row.accion is None)
        if _is_total(row, actions, actions[since:], is_odd_one):
            totals.append(row)
            since = len(actions)
        else:
            actions.append(row)
    return actions, totals


def _is_total(row: ActionRow, above: Sequence[ActionRow], since: Sequence[ActionRow], is_odd_one: bool) -> bool:
    """``since`` are the actions behind the last total; ``is_odd_one``: all other rows of the table have a number."""
    said = words(row.descripcion) or words(row.unidad_medida)
    begins = bool(said) and _total_words(said) > 0
    whole = begins and _is_all_of_a_total(said)
    is_measure = not row.descripcion and bool(row.lineas_accion)  # an action that lost number and text
    if row.accion is None and not is_measure and (whole or (begins and is_odd_one and not row.lineas_accion)):
        return True
    if row.accion is None and not row.lineas_accion and is_sum(row, since):
        return True  # whatever its words are: the sum of a programme's actions, of the next one's below
    if not (whole or (is_odd_one and row.accion is None)):
        return False
    return is_sum(row, above) or is_sum(row, since)


def _is_all_of_a_total(said: Sequence[str]) -> bool:
    return all(_OF_WHAT.fullmatch(w) or w in _TOTALS for w in said[_total_words(said) :])


def _total_words(said: Sequence[str]) -> int:
    """How many of a text's first words say that it is a total: TOTAL, SUB TOTAL, GRAN TOTAL, T O T A L; 0 if none."""
    if all(len(w) == 1 for w in said) and letters("".join(said).translate(_DIGITS)) in _SPELT:
        return len(said)
    skipped = 1 if said[0] in ("GRAN", "SUB", "EL", "LA") and len(said) > 1 else 0
    word = said[skipped].translate(_DIGITS)
    if word[0] not in _FIRST_LETTERS:
        return 0
    like = word in _TOTALS or any(word[0] == t[0] and fuzz.ratio(word, t) >= LIKE_TOTAL for t in _LONGEST)
    return skipped + 1 if like else 0


def is_sum(row: ActionRow, above: Sequence[ActionRow]) -> bool:
    """Whether a row's figures are, cell by cell, the sums of those of the rows above it that print as many cells."""
    own = _figures(row)
    summed = [figures for other in above if len(figures := _figures(other)) == len(own)]
    if len(summed) < FEWEST_SUMMED or len(summed) < len(above):
        return False
    sums = [sum(column) for column in zip(*summed, strict=True)]
    closing = sum(a == b for a, b in zip(own, sums, strict=True) if a or b)
    telling = sum(bool(a or b) for a, b in zip(own, sums, strict=True))
    return closing >= FEWEST_FIGURES and closing >= telling - 1


def _figures(row: ActionRow) -> list[Cifra]:
    cells = [c for c in row.impreso if parse_percent(c) is None]
    while cells and is_blank(cells[0]):
        cells.pop(0)  # the place of a measure that a total lacks
    return [0 if is_blank(c) else next(iter(parse_number(c)), 0) for c in cells]
