"""Which municipality a form page comes from: its title, the register, the other pages, else what the caller supposes.

In here: what weighs how much. Not in here: what a title names (``titles``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.settle.titles import LEAST_ALIKE, Named, gazetteer_of
from dagster_project.tmm_f004.text.fold import likeness

TITLE = 4.0
REGISTERED = 3.5  # a person says whose the file is: against a title that names another, that is in doubt
OTHER_PAGES = 2.5
SUPPOSED = 2.5
AGAINST_TITLE = 1.0  # the title names a municipality, and not this one: no reason by itself
TELLS_WHICH = 4.0  # of several municipalities of the name that is printed: it has the page's unit, or is the setting's
SAME_UNIT = 0.85  # how alike the unit's names are then


def settle_municipalities(sheets: Sequence[PageEvidence], catalogs: Catalogs) -> list[Settled]:
    """The municipality (INEGI key) of each page of a file; None in ``valor`` where nothing at all speaks for one."""
    named_in = gazetteer_of(catalogs).named_in
    titles = [named_in(sheet.titulo) for sheet in sheets]
    clear = [title.clear for title in titles if title.clear]
    shares = {ente: times / len(clear) for ente, times in sorted(Counter(clear).items())}
    return [_settled(sheet, title, shares, catalogs) for sheet, title in zip(sheets, titles, strict=True)]


def municipality_of_unit(sheet: PageEvidence, ente: str, catalogs: Catalogs) -> Settled:
    """The municipality of a page whose unit's pages in other files are all of one municipality."""
    title = gazetteer_of(catalogs).named_in(sheet.titulo)
    balance = _of_title(title)
    balance.add(ente, "otros_archivos", _heard(ente, title, OTHER_PAGES, catalogs))
    return balance.settle(None)


def _settled(sheet: PageEvidence, title: Named, shares: dict[str, float], catalogs: Catalogs) -> Settled:
    balance = _of_title(title)
    balance.add(catalogs.ente_registrado, "registro", REGISTERED)
    if title.clear is None:
        for ente in title.shared:
            balance.add(ente, "unidad", TELLS_WHICH * _has_unit(ente, sheet, catalogs))
        for ente, share in shares.items():
            balance.add(ente, "otras_paginas", _heard(ente, title, OTHER_PAGES, catalogs) * share)
        supposed = catalogs.ente_supuesto
        if supposed and (not shares or supposed in title.shared):  # another page of the file says something
            said = title.words or title.scores or title.perhaps or title.estado not in (None, supposed[:2])
            weight = SUPPOSED if not said or supposed in title.scores else AGAINST_TITLE
            weight = TELLS_WHICH if supposed in title.shared else weight
            balance.add(supposed, "supuesto", weight)
    return balance.settle(title.clear)


def _of_title(title: Named) -> Balance:
    balance = Balance()
    for ente, score in title.scores.items():
        balance.add(ente, "titulo", TITLE * max(0.0, score - LEAST_ALIKE) / (1 - LEAST_ALIKE))
    return balance


def _heard(ente: str, title: Named, weight: float, catalogs: Catalogs) -> float:
    """What other pages weigh: little where the title announces a name that cannot be this one's, misread."""
    return weight if title.may_be(ente, catalogs.entes.get(ente, "")) else min(weight, AGAINST_TITLE)


def _has_unit(ente: str, sheet: PageEvidence, catalogs: Catalogs) -> bool:
    code, name = sheet.unidad
    units = (u for u in catalogs.unidades if (u.ente_codigo, u.unidad_codigo) == (ente, code))
    return any(likeness(name or "", called) >= SAME_UNIT for unit in units for called in (unit.nombre, *unit.alias))
