"""Whose and of which year a page is that its own file leaves open: by what the other files hold for certain.

In here: asking them. Not in here: what a file shows by itself (``municipality``, ``year``), and finding the pages
(``warehouse.years.pages_in_force``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dagster_project.tmm_f004.model import Catalogs
from dagster_project.tmm_f004.page.sheet import evidence_of
from dagster_project.tmm_f004.settle.municipality import municipality_of_unit
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.tmm_f004.settle.unit import unit_alone
from dagster_project.tmm_f004.settle.year import year_of_unit


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What pages that are certain say: each unit's municipalities, and the years of (municipality, unit)."""

    entes: Mapping[str, frozenset[str]]
    anios: Mapping[tuple[str, str], frozenset[int]]


def place_open(page: PlacedPage, elsewhere: Elsewhere, catalogs: Catalogs) -> PlacedPage:
    """The page with municipality and year where its unit's pages in other files all agree on one; else as it was.

    A unit whose pages are of several years says nothing of the year of another page.
    """
    sheet = evidence_of(page.printed)
    if not page.ente.is_sure and page.unidad.is_sure:
        entes = elsewhere.entes.get(str(page.unidad.valor), frozenset())
        if len(entes) == 1 and (found := municipality_of_unit(sheet, min(entes), catalogs)).is_sure:
            page = replace(page, ente=found, unidad=unit_alone(sheet, found.valor, catalogs))
    if not page.anio.is_sure and page.ente.is_sure and page.unidad.is_sure:
        years = elsewhere.anios.get((str(page.ente.valor), str(page.unidad.valor)), frozenset())
        if len(years) == 1 and (found := year_of_unit(sheet, min(years))).is_sure:
            page = replace(page, anio=found)
    return page
