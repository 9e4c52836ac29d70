"""How alike two units' names are, and whether a code is printed alike twice: a misreading seldom happens twice.

In here: names, and who counts as a second witness, in the extract and outside it. Not in here: what a code that is
repeated weighs (``unit``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster_project.tmm_f004.model import Visto
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.text.fold import likeness, words

ALIKE = 0.75
"""How alike the names of one unit are on two pages, at least."""

MAX_PRINTINGS = 20
"""Pages of one code that are looked at for a like name."""

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


def is_repeated(k: int, sheets: Sequence[PageEvidence], printings: Mapping[str, Sequence[int]]) -> bool:
    """Whether another page of the extract prints the code of page ``k`` with a like name.

    ``printings`` gives the pages that print a code.
    """
    code, name = sheets[k].unidad
    others = (i for i in printings[code or ""] if i != k)
    return any(not name or likeness(sheets[i].unidad[1] or "", name) >= ALIKE for i in others)


def is_seen(sheet: PageEvidence, seen: Sequence[Visto]) -> bool:
    """Whether a page of another extract prints the same code with a like name in another quarter of the year.

    The same quarter would be a copy of this page, misreading and all; so both must print theirs.
    """
    code, name = sheet.unidad
    if not seen or not name or sheet.printed_corte is None:
        return False
    quarter, year = sheet.printed_corte
    return any(
        v.codigo == code
        and v.corte.startswith(f"{year}-T")
        and v.corte != f"{year}-T{quarter}"
        and likeness(v.nombre, name) >= ALIKE
        for v in seen
    )
