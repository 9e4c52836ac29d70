"""Whether a unit's code is printed more than once alike: a misreading seldom happens twice.

In here: who counts as a second witness, in the extract and outside it. Not in here: what a code that is
repeated weighs (``units``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster_project.tmm_f004.model import Visto
from dagster_project.tmm_f004.page.sheet import Hoja
from dagster_project.tmm_f004.text.fold import likeness

ALIKE = 0.75
"""How alike the names of one unit are on two pages, at least."""

MAX_PRINTINGS = 20
"""Pages of one code that are looked at for a like name."""


def is_repeated(k: int, sheets: Sequence[Hoja], printings: Mapping[str, Sequence[int]]) -> bool:
    """Whether another page of the extract prints the code of page ``k`` with a like name.

    ``printings`` gives the pages that print a code.
    """
    code, name = sheets[k].unidad
    others = (i for i in printings[code or ""] if i != k)
    return any(not name or likeness(sheets[i].unidad[1] or "", name) >= ALIKE for i in others)


def is_seen(sheet: Hoja, seen: Sequence[Visto]) -> bool:
    """Whether a page of another extract prints the same code with a like name in another quarter of the year.

    The same quarter would be a copy of this page, misreading and all; so both must print theirs.
    """
    code, name = sheet.unidad
    if not seen or not name or sheet.printed_cut is None:
        return False
    quarter, year = sheet.printed_cut
    return any(
        v.codigo == code
        and v.corte.startswith(f"{year}-T")
        and v.corte != f"{year}-T{quarter}"
        and likeness(v.nombre, name) >= ALIKE
        for v in seen
    )
