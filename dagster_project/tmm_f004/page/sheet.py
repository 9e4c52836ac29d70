"""A form page on its way to ``Form``: its parts read, its rows by their keys.

Nothing here is settled; ``PageEvidence`` is what the modules that weigh evidence look at. Every page of an
extract is held at once, so what only its own output needs is packed, and taken apart when it goes out.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from dagster_project.tmm_f004.model import ActionRow, HeaderField
from dagster_project.tmm_f004.page.header import Header
from dagster_project.tmm_f004.page.page_split import Line, PageLines
from dagster_project.tmm_f004.page.row_keys import RowKeys
from dagster_project.tmm_f004.page.rows import parse_rows
from dagster_project.tmm_f004.text.dates import Period

PrintedField = tuple[str | None, str | None]
"""Code and name of a header field as printed, None where it lacks either."""

PlanHint = tuple[str, str, float]
"""A value, the rule that speaks for it, and its weight."""

_PackedParts = tuple[list[Any], list[Any], list[Any], list[Any]]
_bare = attrgetter(*HeaderField.__slots__)


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """One form page with its parts as read; ``inicio`` and ``fin`` are its first and last line, from 1.

    ``partes`` are its title, fields, dates and signatures as ``pack`` leaves them; ``unidad`` and
    ``programa`` the first printing of those fields, ``periodos`` what each date speaks of, ``anios`` the years of
    the title, ``planes`` what header and table show of the plan. ``tabla`` are the numbers of its
    table's lines in ``fuente``; ``corta`` says where and why the page ends before its time. ``leidos`` are the rows
    where they are kept at all.
    """

    orden: int
    inicio: int
    fin: int
    partes: bytes
    sin_cabecera: bool
    unidad: PrintedField
    programa: PrintedField
    periodos: tuple[Period, ...]
    anios: tuple[int, ...]
    planes: tuple[PlanHint | None, PlanHint | None]
    claves: RowKeys
    tabla: Sequence[int]
    fuente: Sequence[str]
    corta: tuple[int, str, str] | None = None
    leidos: tuple[ActionRow, ...] | None = None

    @property
    def titulo(self) -> tuple[Line, ...]:
        """The lines of its title."""
        return _lines(_unpacked(self.partes)[0])

    @property
    def campos(self) -> tuple[HeaderField, ...]:
        """The fields of its header."""
        return _fields(_unpacked(self.partes)[1])

    def lineas(self) -> set[str]:
        """The códigos of the líneas de acción that its header lists."""
        return {c.codigo_impreso for c in self.campos if c.campo == "linea_accion" and c.codigo_impreso}

    def unpack(self) -> tuple[tuple[Line, ...], tuple[HeaderField, ...], tuple[Line, ...], tuple[HeaderField, ...]]:
        """Its title, the fields of its header, its dates and its signatures."""
        title, fields, dates, signatures = _unpacked(self.partes)
        return _lines(title), _fields(fields), _lines(dates), _fields(signatures)

    @property
    def renglones(self) -> tuple[ActionRow, ...]:
        """The rows as printed: those kept, else read again from the lines."""
        if self.leidos is not None:
            return self.leidos
        return tuple(parse_rows([(n, self.fuente[n - 1]) for n in self.tabla])[0])

    def continues(self, before: PageEvidence) -> bool:
        """Whether this can only be the rest of the table before it: nothing of a header, and the next number."""
        return self.sin_cabecera and before.claves.run_on_to(self.claves)

    @property
    def printed_quarter(self) -> str | None:
        """The quarter its dates print as a period, the first if they print several; None where they print none."""
        return next(self._stated(), None)

    @property
    def printed_quarters(self) -> frozenset[str]:
        """Every quarter that its dates print as a period."""
        return frozenset(self._stated())

    def _stated(self) -> Iterator[str]:
        for period in self.periodos:
            for quarter, (rule, _) in period.trimestres.items():
                if rule in ("fecha_impresa", "trimestre_impreso", "fecha_de_corte"):
                    yield str(quarter)

    @property
    def printed_corte(self) -> tuple[str, int] | None:
        """Quarter and year its dates print, None where either is lost."""
        quarter, years = self.printed_quarter, [*(y for p in self.periodos for y in p.anios), *self.anios]
        return (quarter, years[0]) if quarter and years else None


def pack(page: PageLines, header: Header, signatures: Sequence[HeaderField]) -> bytes:
    """The parts of a page that only its output needs, in a tenth of the memory that objects take."""
    fields, signs = tuple(map(_bare, header.campos)), tuple(map(_bare, signatures))
    parts = json.dumps((page.titulo, fields, header.fechas, signs), ensure_ascii=False)
    return parts.encode("utf-8", "surrogatepass")


def _unpacked(parts: bytes) -> _PackedParts:
    return cast(_PackedParts, json.loads(parts.decode("utf-8", "surrogatepass")))


def _lines(packed: Sequence[Sequence[Any]]) -> tuple[Line, ...]:
    return tuple([(number, text) for number, text in packed])


def _fields(packed: Sequence[Sequence[Any]]) -> tuple[HeaderField, ...]:
    return tuple([HeaderField(*values) for values in packed])


def line_numbers(lines: Sequence[Line]) -> Sequence[int]:
    """The numbers of lines, which mostly follow one another."""
    if not lines:
        return ()
    first, last = lines[0][0], lines[-1][0]
    if last - first + 1 == len(lines):
        return range(first, last + 1)
    return array("q", [n for n, _ in lines])
