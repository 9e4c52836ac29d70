"""Which programme a form page belongs to: the printed code, the printed name, the unit's programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.text.fold import code_closeness, likeness

EXACT = 4.0
PROGRAMME_NEAR = 1.2
NAME = 3.0
OF_UNIT = 2.5
NEW = 2.0
NEW_NAME = 1.0
NEW_CAP = 0.85  # a programme the catalogue does not know is never surer than this,
ONCE_CAP = 0.79  # and not settled at all while only one page prints it: it may be a misread one
ALIKE = 0.75  # names of one programme, as two pages print them


def repeated_programmes(sheets: Sequence[PageEvidence]) -> frozenset[str]:
    """The codes that more than one page prints, each time with a like name: a misreading seldom happens twice alike."""
    names: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        code, name = sheet.programa
        if code:
            names[code].append(name or "")
    return frozenset(
        code for code, (first, *more) in names.items() if any(not first or likeness(first, n) >= ALIKE for n in more)
    )


def settle_programme(
    sheet: PageEvidence, programmes: Mapping[str, str], of_unit: str | None, repeated: frozenset[str]
) -> Settled:
    """The programme's code; ``programmes`` are its municipality's, code to name, ``of_unit`` the programme of the
    settled unit, None where unknown, ``repeated`` the codes that several pages print."""
    return _settle(*sheet.programa, tuple(programmes.items()), of_unit, sheet.programa[0] in repeated)


@lru_cache(maxsize=2048)  # the pages of a programme mostly print it alike
def _settle(
    code: str | None, name: str | None, known: tuple[tuple[str, str], ...], of_unit: str | None, is_repeated: bool
) -> Settled:
    balance, programmes = Balance(), dict(known)
    known_name = 0.0
    for candidate, called in known:
        if code:
            close = code_closeness(code, candidate)
            balance.add(
                candidate,
                "codigo_impreso" if close == 1 else "codigo_parecido",
                EXACT if close == 1 else PROGRAMME_NEAR * close,
            )
        alike = likeness(name, called) if name else 0.0
        known_name = max(known_name, alike)
        balance.add(candidate, "nombre", NAME * max(0.0, alike - 0.6) / 0.4)
    balance.add(of_unit, "unidad", OF_UNIT)
    cap = {}
    if code and code not in programmes and "." not in code:
        shaped = len(code) == 3
        balance.add(code, "codigo_nuevo", NEW if shaped else 0.5)
        balance.add(code, "nombre_nuevo", NEW_NAME if shaped and name and known_name < 0.6 else 0.0)
        cap[code] = NEW_CAP if is_repeated else ONCE_CAP
    return balance.settle(code, cap)
