"""What point and comma mean in a table: one convention for all its figures, with its score.

In here: the evidence of cells for it, and a cell's meanings under it. Not in here: what one cell may mean by itself
(``numbers``), blanks within a cell (``page.parted_figures``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from dagster_project.tmm_f004.model import USUAL_SCALE, Cifra, Scale
from dagster_project.tmm_f004.text.fold import words
from dagster_project.tmm_f004.text.numbers import decimal_of, parse_figure

_PLAIN = re.compile(r"\d[\d.,]*\d|\d")
_ONE_MARK = re.compile(r"(\d+)([.,])(\d+)")
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_LARGE = 100
"""A whole figure beside 1.276 that says that this is no decimal: nobody plans 126 and 1.276 of one thing."""

SURE, LIKELY = 3.0, 2.0
"""What a cell that admits one meaning says (0.714, 1,234.5), and one that a lost digit explains as well (12.5)."""

COMMA_GROUPS, OF_MEASURES = 4.0, 1.0
"""What Mexican print says by itself: the comma groups thousands; and how much of that is left where only weights
and the like (``is_divisible``) print it, and nothing but it: 1,250 kg of a scale that shows grams is as likely."""

_DIVISIBLE = re.compile(
    r"(?:KILO(?:S|GRAMOS?|METROS?)?|KGS?|KMS?|TON(?:S|ELADAS?)?|LI?TS?|LITROS?|M3|HECTAREAS?|HAS?|GRAMOS?|GRS?)\b.*"
    r"|METROS? CUBICOS?"
)

SETTLED = 2.0
"""By how much one meaning of a mark must outweigh the other to be the table's."""


def ways(scale: Scale) -> tuple[Scale, ...]:
    """The conventions that a table may follow: one, or more where it leaves a mark open."""
    return tuple(
        Scale(point, comma, scale.score)
        for point in ([False, True] if scale.is_point_decimal is None else [scale.is_point_decimal])
        for comma in ([False, True] if scale.is_comma_decimal is None else [scale.is_comma_decimal])
    )


def meanings(cell: str, scale: Scale) -> tuple[Cifra, ...]:
    """As ``parse_figure``, the likeliest first under a convention that leaves nothing open."""
    if not (scale.is_comma_decimal if "," in cell else scale.is_point_decimal):
        return parse_figure(cell)
    bare = cell.strip()
    if not _GROUPED.fullmatch(bare):
        return parse_figure(cell)
    whole, fraction = re.split("[.,]", bare)
    return decimal_of(whole, fraction), int(whole + fraction)


def is_divisible(measure: str) -> bool:
    """Whether thousandths of a measure are weighed or metered: of kilograms and tons, litres and cubic metres,
    kilometres, hectares; not of metres or square metres."""
    return _DIVISIBLE.fullmatch(" ".join(words(measure))) is not None


def scale_of(rows: Sequence[Sequence[str]], measures: Sequence[str] = ()) -> Scale:
    """The convention of a table, given the cells of each row and what they measure (nothing: what can be counted)."""
    if not any("." in c or "," in c for cells in rows for c in cells):
        return USUAL_SCALE  # nothing speaks against what Mexican print says by itself
    decimals, groups = {".": 0.0, ",": 0.0}, {".": 0.0, ",": COMMA_GROUPS}
    open_cells, other_groups = 0, 0
    counted: set[str] = set()  # the marks that group three digits of what can only be counted
    for cells, measure in zip_longest(rows, measures, fillvalue=""):
        figures = [c for c in cells if _PLAIN.fullmatch(c)]
        is_large = any(c.isdigit() and int(c) >= _LARGE for c in figures)
        for cell in figures:
            mark, is_decimal, weight = _evidence(cell)
            if mark and is_decimal is not None:
                (decimals if is_decimal else groups)[mark] += weight
            if not _GROUPED.fullmatch(cell):
                continue
            if is_large or not is_divisible(str(measure)):
                counted.add(mark)
            if mark == ".":
                open_cells += 1
                groups["."] += LIKELY if is_large else 0.0
            else:
                other_groups += 1
    if other_groups and "," not in counted:
        groups[","] += OF_MEASURES - COMMA_GROUPS
    point = _settle(decimals["."], groups["."])
    is_comma_misread = other_groups and not decimals["."] and counted != {","}  # else weights alone print the point
    if point is None and (not open_cells or is_comma_misread):
        point = False
    margins = [abs(decimals[m] - groups[m]) for m in ".," if any(m in c for cells in rows for c in cells)]
    return Scale(point, _settle(decimals[","], groups[","]), min(margins, default=0.0))


def _settle(decimal: float, grouped: float) -> bool | None:
    if abs(decimal - grouped) < SETTLED:
        return None
    return decimal > grouped


def _evidence(cell: str) -> tuple[str, bool | None, float]:
    """The mark of a cell, whether it parts decimals (None: it may do either), and how much that says."""
    marks = [c for c in cell if c in ".,"]
    if not marks:
        return "", None, 0.0
    last = marks[-1]
    if len(set(marks)) == 2:
        return last, marks.count(last) == 1, SURE
    if len(marks) > 1:
        return last, False, LIKELY
    found = _ONE_MARK.fullmatch(cell)
    if found is None:
        return last, None, 0.0
    whole, _, fraction = found.groups()
    if len(fraction) == 3 and whole != "0":
        padded = len(whole) > 1 and whole[0] == "0"
        return (last, False, SURE) if padded else (last, True if len(whole) > 3 else None, LIKELY)
    return last, True, SURE if whole == "0" else LIKELY
