"""Whose and of which year a page is that its own file leaves open: by what pages of other files hold for certain.

In here: asking them. Not in here: what a file shows by itself (``municipality``, ``year``), and finding the pages
(``warehouse.years.pages_in_force``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from rapidfuzz import fuzz, process

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.page.sheet import evidence_of
from dagster_project.tmm_f004.settle.municipality import municipality_of_unit
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.tmm_f004.settle.unit import units_alone
from dagster_project.tmm_f004.settle.unit_names import ONE_DIGIT
from dagster_project.tmm_f004.settle.year import year_of_unit
from dagster_project.tmm_f004.text.fold import code_closeness, folded, likeness

SAME_FIGURES = 2
"""Figures that two prints of an action have in common where they state one plan: texts recur year after year."""

MAX_DIGITS = 15
"""No figure is longer."""

ALIKE = 0.8
"""How alike the texts of one action are on two pages, at least."""

SAME_ACTIONS = 0.5
"""Share of the lesser page's actions that both print, at least: a stock phrase or two recur in every municipality."""

SAME_PLANS = 0.5
"""Share of the actions that two pages have in common whose plans agree, at least, where both are of one year."""


def place_open(
    page: PlacedPage, entes: Collection[str], same_actions: Sequence[PlacedPage], catalogs: Catalogs
) -> PlacedPage:
    """The page with municipality and year where other pages agree on one; else as it was.

    ``entes`` are the municipalities of the pages that its unit has elsewhere, ``same_actions`` pages that are certain
    and share runs of words; those of them speak that print most of its actions and are no other unit's, of the year
    only those that state the same plans.
    """
    sheet = evidence_of(page.printed)
    same_actions = [other for other in same_actions if _same_actions(page, other)]
    if not page.ente.is_sure:
        said = set(entes) or {str(other.ente.valor) for other in same_actions}
        if len(said) == 1 and (found := municipality_of_unit(sheet, min(said), catalogs)).is_sure:
            page = replace(page, ente=found, unidad=units_alone([sheet], [found], catalogs)[0])
    if not page.anio.is_sure and page.ente.is_sure:
        alike = [o for o in same_actions if o.ente.valor == page.ente.valor and _same_plans(page, o)]
        years = {int(other.anio.valor or 0) for other in alike}
        if len(years) == 1 and (found := year_of_unit(sheet, min(years))).is_sure:
            page = replace(page, anio=found)
    return page


def _same_actions(one: PlacedPage, other: PlacedPage) -> bool:
    """Whether two pages print most actions of the lesser one, and may be one unit's: no code that is misread is known
    for it here."""
    codes = [str(page.unidad.valor) for page in (one, other) if page.unidad.is_sure]
    if len(codes) == 2 and code_closeness(*codes) < ONE_DIGIT:
        return False
    texts = ([folded(r.descripcion) for r in page.printed.renglones if r.descripcion] for page in (one, other))
    lesser, greater = sorted(texts, key=len)
    like = process.cdist(lesser, greater, scorer=fuzz.ratio, score_cutoff=100 * ALIKE)
    return bool(like.any(axis=1).sum() >= SAME_ACTIONS * len(lesser))


def _same_plans(one: PlacedPage, other: PlacedPage) -> bool:
    """Whether most actions that both pages state have figures in common, one of them such as tell a year.

    24 in every quarter is a plan of many years, and so are its 72 of three quarters and 96 of four; 118, 119 and 126
    are those of one.
    """
    shared = []
    for row in one.printed.renglones:
        match = max(other.printed.renglones, key=partial(_alike, row), default=row)
        if _alike(row, match) >= ALIKE and _long(mine := _figures(row)) and _long(theirs := _figures(match)):
            shared.append(mine & theirs)
    agree = [common for common in shared if _long(common).total() >= SAME_FIGURES]
    return len(agree) >= SAME_PLANS * len(shared) and any(_telling(common) >= SAME_FIGURES for common in agree)


def _alike(one: ActionRow, other: ActionRow) -> float:
    return likeness(one.descripcion, other.descripcion) if one.descripcion else 0.0


def _figures(row: ActionRow) -> Counter[int]:
    """The figures that a row prints, without the percentage."""
    cells = ("".join(c for c in cell if c.isascii() and c.isdigit()) for cell in row.impreso if "%" not in cell)
    return Counter(int(cell) for cell in cells if 0 < len(cell) <= MAX_DIGITS)


def _long(figures: Counter[int]) -> Counter[int]:
    """Those of more than one digit: the others say little."""
    return Counter({figure: times for figure, times in figures.items() if figure > 9})


def _telling(figures: Counter[int]) -> int:
    """How many different figures of more than one digit there are that even quarters do not add up to."""
    sums = {figure * quarters for figure in figures if figure for quarters in (2, 3, 4)}
    return len(_long(figures).keys() - sums)
