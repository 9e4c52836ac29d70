"""What the reader weighs evidence against, as frozen dataclasses: units, municipalities, programmes, plans, measures.

Nothing here reads a file: ``dagster_project.reference.catalogs`` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from dagster_project.tmm_f004.text.fold import plain

_RATIO_WORDS = ("PORCENTAJE", "PORCENTAJES", "PORCIENTO", "PROPORCION", "PROMEDIO", "INDICE", "INDICES")
_SHORT_RATIO = re.compile(r"\W*(?:%|(?:TASAS?|RAZON|POR CIENTO)\b)|.*%")
LIKE_RATIO = 85
"""Per cent: a word of six letters or more, with one of them misread, is still that word."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the catalogue ``seeds/unidades.csv``; ``alias`` are spellings seen in print."""

    ente_codigo: str
    unidad_codigo: str
    nombre: str
    programa_codigo: str | None
    alias: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A municipal plan of ``seeds/planes.csv``: each is one municipality's own.

    ``desde`` and ``hasta`` are the first and last quarter (2022-T2) that its forms report, None where open;
    ``imprime_eje`` says whether they print EJE DE GOBIERNO, None where that is not known.
    """

    plan: str
    desde: str | None = None
    hasta: str | None = None
    imprime_eje: bool | None = None

    def is_in_force(self, corte: str) -> bool:
        """Whether forms of a quarter (2022-T4) are of this plan."""
        return (self.desde or corte) <= corte <= (self.hasta or corte)

    def left_out(self, year: str) -> int:
        """How many quarters of a year it leaves out, 0 to 3: those before it begins, where it does within the year."""
        if self.desde is None or self.desde <= f"{year}-T1":
            return 0
        return int(self.desde[-1]) - 1 if self.desde[:4] == year else 3


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Reference data that the reader weighs evidence against: the same CSVs that dbt seeds.

    ``entes`` maps INEGI key to name, ``estados`` the first two digits of it to the state's, ``programas`` a
    municipality's key to its programmes, code to name; ``razones`` holds the normalised measures that are ratios (their
    quarters do not add up), ``aditivas`` those that are none. ``clasificacion`` maps a CONAC code (2.2.2) to the names
    of its finalidad, función and subfunción; ``planes`` are those of each municipality. ``ente_supuesto`` is whose
    pages are that say nothing of it, ``ente_registrado`` whose the register says that the file at hand is.
    """

    entes: dict[str, str]
    unidades: tuple[Unit, ...]
    programas: dict[str, dict[str, str]]
    razones: frozenset[str]
    ente_supuesto: str | None = None
    clasificacion: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    planes: dict[str, tuple[Plan, ...]] = field(default_factory=dict)
    aditivas: frozenset[str] = frozenset()
    estados: dict[str, str] = field(default_factory=dict)
    ente_registrado: str | None = None

    def plans_of(self, ente: str | None) -> tuple[Plan, ...]:
        """The plans of a municipality; none where it lists none, or is not known."""
        return self.planes.get(ente or "", ())

    def left_out(self, ente: str | None, plan: str | None, year: str | None) -> int | None:
        """How many quarters of a year a municipality's plan leaves out (``Plan.left_out``); None where not known."""
        return next((p.left_out(year) for p in self.plans_of(ente) if year and p.plan == plan), None)

    def programmes_of(self, ente: str | None) -> dict[str, str]:
        """A municipality's programmes, code to name: two may give one code to two; everybody's where it is open."""
        if ente is not None:
            return self.programas.get(ente, {})
        return {code: name for of_ente in self.programas.values() for code, name in of_ente.items()}

    def knows(self, measure: str) -> bool:
        """Whether the catalogue has a measure, or its name tells that it is a ratio."""
        name = plain(measure)
        return name in self.razones or name in self.aditivas or is_called_ratio(name)

    def adds_up(self, measure: str) -> bool:
        """Whether the quarters of a measure, as printed, add up to the year (docs/form.md, fact 7).

        As the catalogue says; of one that it lacks, unless its name begins as a ratio's does: those are never added,
        since a sum that happens to close would make wrong figures look proven.
        """
        name = plain(measure)
        return name not in self.razones and (name in self.aditivas or not is_called_ratio(name))


@lru_cache(maxsize=2048)
def is_called_ratio(name: str) -> bool:
    """Whether a folded measure begins with porcentaje, %, tasa, índice, razón, promedio or the like, or has a %."""
    if _SHORT_RATIO.match(name):
        return True
    first: Sequence[str] = re.findall(r"[A-Z]+", name[:40])[:1]
    return any(fuzz.ratio(word, known) >= LIKE_RATIO for word in first for known in _RATIO_WORDS)
