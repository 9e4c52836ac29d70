"""Which municipality a form page comes from: its title, the other pages, else what the caller supposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.page.line_kinds import council_end, title_of
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.text.fold import plain, words

TITLE = 4.0
OTHER_PAGES = 2.5
SUPPOSED = 2.5
SUPPOSED_AGAINST_TITLE = 1.0  # the title names a municipality, and no one we know
TITLES = 1024  # that are remembered: most pages print the same one
_STATE = {"DE", "DEL", "LA", "EL", "B", "C", "BC", "BAJA", "CALIFORNIA", "MUNICIPIO", "H"}


def settle_municipalities(sheets: Sequence[PageEvidence], catalogs: Catalogs) -> list[Settled]:
    """The municipality (INEGI key) of each page of a file; None in ``valor`` where nothing at all speaks for one."""
    alike = lru_cache(maxsize=TITLES)(lambda found: _title_evidence(found, catalogs))
    found = [_title_words(sheet.titulo) for sheet in sheets]
    titles = [alike(words_of_it) for words_of_it in found]
    clear = [max(t, key=lambda e: t[e]) for t in titles if t and max(t.values()) >= 0.9]
    shares = {ente: times / len(clear) for ente, times in sorted(Counter(clear).items())}
    settled = []
    for title, likely in zip(found, titles, strict=True):
        balance = Balance()
        for ente, score in likely.items():
            balance.add(ente, "titulo", TITLE * max(0.0, score - 0.6) / 0.4)
        printed = max(likely, key=lambda e: likely[e]) if likely and max(likely.values()) >= 0.9 else None
        if printed is None:
            for ente, share in shares.items():
                balance.add(ente, "otras_paginas", OTHER_PAGES * share)
            unknown = not clear and _named(title)
            balance.add(catalogs.ente_supuesto, "supuesto", SUPPOSED_AGAINST_TITLE if unknown else SUPPOSED)
        settled.append(balance.settle(printed))
    return settled


def municipality_of_unit(sheet: PageEvidence, ente: str, catalogs: Catalogs) -> Settled:
    """The municipality of a page whose unit's pages in other files are all of one municipality."""
    balance = Balance()
    for candidate, score in _title_evidence(_title_words(sheet.titulo), catalogs).items():
        balance.add(candidate, "titulo", TITLE * max(0.0, score - 0.6) / 0.4)
    balance.add(ente, "otros_archivos", OTHER_PAGES)
    return balance.settle(None)


def _title_evidence(found: Sequence[str], catalogs: Catalogs) -> dict[str, float]:
    """How like the words of the title each municipality's name is, 0..1."""
    scores: dict[str, float] = {}
    for ente, name in catalogs.entes.items():
        wanted = " ".join(words(name))
        size = wanted.count(" ") + 1
        windows = (" ".join(found[i : i + size]) for i in range(len(found) - size + 1))
        best = max((fuzz.ratio(wanted, w) / 100 for w in windows), default=0.0)
        if best > 0.6:
            scores[ente] = best
    return scores


@lru_cache(maxsize=TITLES)
def _title_words(title: tuple[str, ...]) -> tuple[str, ...]:
    """The words after AYUNTAMIENTO, or what else the council is called, in the title."""
    for text in title:
        if title_of(text) == "ayuntamiento":
            found = words(plain(text))
            return tuple(found[council_end(found) or 0 :])
    return ()


def _named(title: Sequence[str]) -> bool:
    return any(len(w) >= 4 and w not in _STATE for w in title)
