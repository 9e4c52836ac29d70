"""Whether two prints name one unit: how alike their names are, and whether one code is the other misread.

Not in here: what follows for a page (``unit``) or for a code that no catalogue knows (``new_units``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from dagster_project.tmm_f004.catalogs import Unit
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.text.fold import code_closeness, folded, likeness, words

SAME_NAME = 0.85
"""From this likeness on two printed names are one unit's."""

MAX_PARTS = 4
"""Pieces of a code with letters: OM-01 has two."""

ONE_DIGIT = 0.5
"""``code_closeness`` of codes that one misread digit parts."""

# fmt: off
_GENERIC = frozenset((
    "DEPARTAMENTO", "DIRECCION", "COORDINACION", "SUBDIRECCION", "JEFATURA", "OFICINA", "UNIDAD", "SECCION", "AREA",
    "CENTRO", "CENTROS", "GENERAL", "MUNICIPAL", "DE", "DEL", "LA", "LAS", "LOS", "EL", "Y", "PARA", "EN", "A",
))
# fmt: on


def name_likeness(printed: str, known: str) -> float:
    """How alike two units' names are, half of it without the words that all units share."""
    whole = likeness(printed, known)
    core, known_core = _core(printed), _core(known)
    return (whole + likeness(core, known_core)) / 2 if core and known_core else whole


class KnownNames:
    """The names of units, to be compared with one printed name after another: ``name_likeness``, all at once."""

    def __init__(self, names: Sequence[str]) -> None:
        self.whole = [folded(name) for name in names]
        self.core = [folded(_core(name)) for name in names]
        self.has_core = np.array([bool(core) for core in self.core])

    def likeness(self, printed: str) -> np.ndarray:
        """How alike each name is, 0..1, in order."""
        whole = process.cdist([folded(printed)], self.whole, scorer=fuzz.ratio, dtype=np.float64)[0] / 100
        if not (core := _core(printed)):
            return whole
        of_core = process.cdist([folded(core)], self.core, scorer=fuzz.ratio, dtype=np.float64)[0] / 100
        return np.where(self.has_core, (whole + of_core) / 2, whole)


@lru_cache(maxsize=32)  # a catalogue's names are the same file after file
def known_names(names: tuple[str, ...]) -> KnownNames:
    """The names to compare others with, made ready once."""
    return KnownNames(names)


def _core(name: str) -> str:
    return " ".join(w for w in words(name) if w not in _GENERIC)


def may_be_misread(sheet: PageEvidence, unit: str) -> bool:
    """Whether the code that a page prints is that of a unit but for one misread digit.

    Ramo and programa are printed apart from the code: where one of them begins it and not the unit's, the digit was
    read right, and two offices of one name (each direction has its "Dirección") stay two.
    """
    code = sheet.unidad[0] or ""
    if code_closeness(code, unit) < ONE_DIGIT or code == unit:
        return False
    apart = (sheet.ramo[0] or "", sheet.programa[0] or "")
    return not any(len(p) >= 2 and code.startswith(p) and not unit.startswith(p) for p in apart)


def with_lettered_codes(sheets: Sequence[PageEvidence], units: Sequence[Unit]) -> tuple[PageEvidence, ...]:
    """The pages with the code parted from the name where it is one of the catalogue that is not made of digits alone.

    OM-01 OFICIALIA MAYOR is printed code and name to who knows that unit; to who does not, it is a name.
    """
    lettered = {folded(u.unidad_codigo): u.unidad_codigo for u in units if not u.unidad_codigo.isdigit()}
    return tuple(_parted(sheet, lettered) for sheet in sheets) if lettered else tuple(sheets)


def _parted(sheet: PageEvidence, lettered: Mapping[str, str]) -> PageEvidence:
    code, name = sheet.unidad
    found = words(name or "")
    for size in range(min(len(found), MAX_PARTS), 0, -1):
        if code is None and (known := lettered.get(" ".join(found[:size]))):
            return replace(sheet, unidad=(known, " ".join(found[size:]) or None))
    return sheet
