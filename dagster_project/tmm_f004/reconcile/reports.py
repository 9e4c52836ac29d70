"""Which pages of a (unidad, corte) make its report, whatever files they came in (docs/glossary.md, vigente).

In here: pages with other actions make one report; a page that repeats actions with the same figures is a copy; one that
repeats them with other figures gives way to the page that stands higher, or is in dispute with it. Not in here: what a
dispute means for a figure (``cell_verdict``), and when a page was published (``reference.registry``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import CAMPOS, Estado, FormRead, RowReading
from dagster_project.tmm_f004.reconcile.renumbered import RowKey, restated
from dagster_project.tmm_f004.text.fold import plain

T = TypeVar("T")

SAME_TEXT = 95.0
"""Texts this alike (0..100) are one action's where a number is lost; with the same number ``LIKE_TEXT`` is enough."""

LIKE_TEXT = 75.0

MAX_COMPARED = 500
"""Rows of one report that a row without a number is compared with."""

MAX_OF_NUMBER = 20
"""Actions of one report under one number that a row with that number is compared with."""

UNDATED = date.min

Rank = tuple[date, bool, bool]
"""How high a page stands: registered publication date (``UNDATED`` without one), then whether it is no inbox's, then
whether its file took no other's place that still counts."""

PageKey = tuple[str, int]
"""(extracto_id, formato)."""


class Situacion(StrEnum):
    """What a page is to its unit's report of the quarter (``raw.formatos.situacion``)."""

    VIGENTE = "vigente"
    EN_DISPUTA = "en_disputa"  # in force beside another page with other figures, and nothing says which counts
    COPIA = "copia"
    SUSTITUIDA = "sustituida"  # by a page published later
    POR_APROBAR = "por_aprobar"  # from the inbox or an overwritten file, with other figures than stand: it waits
    APARTADA = "apartada"  # of no settled municipality, unit, year or quarter


IN_FORCE = (Situacion.VIGENTE, Situacion.EN_DISPUTA)
"""The situations of pages that count."""


@dataclass(frozen=True, slots=True)
class Report:
    """A page of a report as read, corrections applied, with the hash of its lines (``page_hash``) and its rank."""

    extracto_id: str
    leido: FormRead
    huella: str = ""
    rank: Rank = (UNDATED, True, True)

    @property
    def key(self) -> PageKey:
        """Its file and the number of the page in it."""
        return self.extracto_id, self.leido.formato.formato


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a page, and the page it gives way to, repeats or is in dispute with."""

    situacion: Situacion
    cede_ante: PageKey | None = None


def settle_reports(pages: Sequence[Report]) -> dict[PageKey, Standing]:
    """What each page of one unit and year is; the result depends on the set of pages alone.

    Pages without a settled municipality, unit, year or quarter are set aside.
    """
    standings: dict[PageKey, Standing] = {}
    by_corte: dict[str, list[Report]] = defaultdict(list)
    for page in pages:
        form = page.leido.formato
        if form.is_placed:
            by_corte[str(form.corte)].append(page)
        else:
            standings[page.key] = Standing(Situacion.APARTADA)
    for of_corte in by_corte.values():
        standings |= _report(of_corte)
    return standings


def _report(pages: Sequence[Report]) -> dict[PageKey, Standing]:
    """The standing of the pages of one report, those that stand higher first."""
    found: dict[PageKey, Standing] = {}
    prints: dict[str, PageKey] = {}
    pages = sorted(pages, key=_precedence)
    in_force = PrintedBefore[Report](restated([(p.key, p.leido.renglones) for p in pages]))
    for page in pages:
        if page.huella and page.huella in prints:
            found[page.key] = Standing(Situacion.COPIA, prints[page.huella])
            continue
        pairs = [(*match, row) for row in page.leido.renglones if (match := in_force.match(row, page.key))]
        against = {other.key: other for other, first, row in pairs if conflicts(first, row)}
        above = [o for o in against.values() if o.rank > page.rank]
        if above:
            # The inbox proposes, a person disposes: what is of no known date there waits, whatever stands above it.
            waits = page.rank[:2] == (UNDATED, False) or above[0].rank[0] == page.rank[0]
            found[page.key] = Standing(Situacion.POR_APROBAR if waits else Situacion.SUSTITUIDA, above[0].key)
            continue
        if not against and pairs and len(pairs) == len(page.leido.renglones):
            found[page.key] = Standing(Situacion.COPIA, pairs[0][0].key)
            continue
        found[page.key] = Standing(Situacion.VIGENTE)
        if against:
            found[page.key] = Standing(Situacion.EN_DISPUTA, next(iter(against)))
            found |= {key: Standing(Situacion.EN_DISPUTA, page.key) for key in against}
        prints[page.huella] = page.key
        for row in page.leido.renglones:
            in_force.add(row, page.key, page)
    return found


def _precedence(page: Report) -> tuple[object, ...]:
    """The higher page first, then the one that is read with fewer doubts; the rest is an order that no name decides."""
    published, *standing = page.rank
    doubts = sum(r.estado is Estado.DUDOSA for r in page.leido.renglones)
    return -published.toordinal(), *(not s for s in standing), doubts, page.huella, page.key


class PrintedBefore(Generic[T]):
    """The rows of a report met so far, to find the one on another page that states the same action.

    By number (``MAX_OF_NUMBER`` of each), and by text where a number is lost; of the latter ``MAX_COMPARED`` are
    looked at: a report has dozens. First of all as ``same`` says: those that ``restated`` finds over whole pages.
    """

    def __init__(self, same: Mapping[RowKey, Sequence[RowKey]]) -> None:
        self.same = same
        self.restated: dict[RowKey, tuple[RowReading, T]] = {}
        self.numbered: dict[int, list[tuple[RowReading, PageKey, T]]] = defaultdict(list)
        self.some: list[tuple[RowReading, PageKey, T]] = []

    def add(self, row: RowReading, page: PageKey, what: T) -> None:
        """Remember a row with its page and whatever it stands for."""
        if (key := (page, row.renglon.linea)) in self.same:
            self.restated[key] = row, what
        number = _number(row)
        if number is not None and len(self.numbered[number]) < MAX_OF_NUMBER:
            self.numbered[number].append((row, page, what))
        if len(self.some) < MAX_COMPARED:
            self.some.append((row, page, what))

    def match(self, row: RowReading, page: PageKey) -> tuple[T, RowReading] | None:
        """The first row of another page that states this row's action."""
        for key in self.same.get((page, row.renglon.linea), ()):
            if key in self.restated:
                other, what = self.restated[key]
                return what, other
        number = _number(row)
        near = self.some if number is None else self.numbered[number]
        lost = () if number is None else (e for e in self.some if _number(e[0]) is None)
        for other, of_page, what in (*near, *lost):
            if of_page != page and is_same_action(other, row):
                return what, other
        return None


def _number(row: RowReading) -> int | None:
    return None if row.renglon.accion_inferida else row.renglon.accion


def is_same_action(one: RowReading, other: RowReading) -> bool:
    """Whether two rows of one quarter's report state one action: by number and text, by text where a number is lost."""
    a, b = one.renglon, other.renglon
    numbers = _number(one), _number(other)
    texts = plain(a.descripcion), plain(b.descripcion)
    alike = fuzz.ratio(*texts) if all(texts) else None
    if None not in numbers:
        return numbers[0] == numbers[1] and (alike is None or alike >= LIKE_TEXT)
    return alike is not None and alike >= SAME_TEXT


def conflicts(one: RowReading, other: RowReading) -> set[str]:
    """The figures that both rows settle, and differently; a blank is 0."""
    return {
        f
        for f in CAMPOS
        if Estado.DUDOSA not in (one.estados[f], other.estados[f])
        and (one.valores.get(f) or 0) != (other.valores.get(f) or 0)
    }
