"""What people decided of printed lines and pages, as values.

Not in here: the files they stand in (``reference.decisions``), what a decision does (``reconcile.corrections``). Apart
from both, so that who only reads or writes decisions loads no reader and nothing that compiles it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dagster_project.tmm_f004.model import Cifra, Estado, Settled


class ContradictedDecisionError(ValueError):
    """A decision says that something is printed which is not: it was made for another line, or mistyped."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that a person decided; ``valor`` None is a blank, ``origen`` names the file and line for messages."""

    huella: str
    campo: str
    impreso: str
    valor: Cifra | None
    origen: str


@dataclass(frozen=True, slots=True)
class DecidedLink:
    """Two printed lines, of one year or two, that a person says are one action; ``con_huella`` None: one of its own."""

    huella: str
    impreso: str
    con_huella: str | None
    con_impreso: str
    origen: str


@dataclass(frozen=True, slots=True)
class PageDecision:
    """What a person says a page is about: ``campo`` is ente, unidad, ejercicio, trimestre or plan."""

    huella: str
    campo: str
    impreso: str
    valor: str
    origen: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that people decided."""

    correcciones: tuple[Correction, ...] = ()
    vinculos: tuple[DecidedLink, ...] = ()
    paginas: tuple[PageDecision, ...] = ()

    @property
    def of_pages(self) -> dict[str, dict[str, Settled]]:
        """What is decided of each page, by its hash and field."""
        found: dict[str, dict[str, Settled]] = defaultdict(dict)
        for p in self.paginas:
            found[p.huella][p.campo] = Settled(p.valor, Estado.CORREGIDA, "persona", 1.0)
        return dict(found)

    @property
    def line_hashes(self) -> set[str]:
        """The printed lines that any decision speaks of."""
        return {c.huella for c in self.correcciones} | {h for v in self.vinculos for h in (v.huella, v.con_huella) if h}

    def about(self, huellas: set[str]) -> Decisions:
        """The decisions that speak of one of these printed lines."""
        return Decisions(
            tuple(c for c in self.correcciones if c.huella in huellas),
            tuple(v for v in self.vinculos if v.huella in huellas or v.con_huella in huellas),
            tuple(p for p in self.paginas if p.huella in huellas),
        )
