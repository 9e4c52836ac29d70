"""Whether two prints name one unit: how alike their names are, and whether one code is the other misread.

Not in here: what follows for a page (``unit``) or for a code that no catalogue knows (``new_units``).
"""

from __future__ import annotations

from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.text.fold import code_closeness, likeness, words

SAME_NAME = 0.85
"""From this likeness on two printed names are one unit's."""

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
    core, known_core = (" ".join(w for w in words(t) if w not in _GENERIC) for t in (printed, known))
    return (whole + likeness(core, known_core)) / 2 if core and known_core else whole


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
