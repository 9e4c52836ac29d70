"""A form page on its way to ``Formato``: its parts read, its rows, what its printed cells show.

Nothing here is settled; ``Hoja`` is what the modules that weigh evidence look at.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from dagster_project.tmm_f004.header import Cabecera
from dagster_project.tmm_f004.model import Campo, Renglon
from dagster_project.tmm_f004.numbers import is_blank, parse_number
from dagster_project.tmm_f004.pages import Pagina
from dagster_project.tmm_f004.period import read_period, read_years
from dagster_project.tmm_f004.words import words

SHINGLE = 4  # words: long enough that two units seldom share one by chance
MAX_ROW_WORDS = 40  # of a row's text: its beginning tells rows apart


@dataclass(frozen=True)
class Hoja:
    """One form page with its parts as read."""

    orden: int
    pagina: Pagina
    cabecera: Cabecera
    firmas: tuple[Campo, ...]
    renglones: tuple[Renglon, ...]

    @cached_property
    def hundreds(self) -> str | None:
        """The hundreds digit that most of the page's printed action numbers share."""
        seen = Counter(r.accion // 100 for r in self.renglones if r.accion is not None and r.accion >= 100)
        return str(seen.most_common(1)[0][0]) if seen else None

    @cached_property
    def numbers(self) -> list[int]:
        """The printed action numbers, in order of their rows."""
        return [r.accion for r in self.renglones if r.accion is not None]

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Runs of four words of the rows' texts, each with its row's place: what pages of the same actions share.

        Hashes, which differ from process to process, stand for the runs: they take a tenth of the room.

        The place is the action number within its hundred, which an action keeps when its unit is
        renumbered (608, then 508), else the row's order: units share duties and their wording, but
        seldom in the same place.
        """
        runs: set[int] = set()
        for order, row in enumerate(self.renglones):
            place = order if row.accion is None else row.accion % 100
            text = words(row.descripcion)[:MAX_ROW_WORDS]
            runs.update([hash((place, *text[i : i + SHINGLE])) for i in range(len(text) - SHINGLE + 1)])
        return frozenset(runs)

    @cached_property
    def first_quarter_blank(self) -> float:
        """Share of rows whose first-quarter pair is printed blank."""
        rows = [r.impreso for r in self.renglones if len(r.impreso) >= 5]
        return sum(is_blank(c[1]) and not is_blank(c[-2]) for c in rows) / len(rows) if rows else 0.0

    @cached_property
    def printed_quarter(self) -> str | None:
        """The quarter its dates print as a period, None where they print none."""
        for _, text in self.cabecera.fechas:
            for quarter, (rule, _) in read_period(text).trimestres.items():
                if rule in ("fecha_impresa", "trimestre_impreso", "fecha_de_corte"):
                    return str(quarter)
        return None

    @cached_property
    def printed_cut(self) -> tuple[str, int] | None:
        """Quarter and year its dates print, None where either is lost."""
        years = [y for _, t in (*self.cabecera.fechas, *self.pagina.titulo) for y in read_years(t)]
        return (self.printed_quarter, years[0]) if self.printed_quarter and years else None

    @cached_property
    def quarters_closed(self) -> dict[int, float]:
        """For each quarter q, the share of rows whose absoluto is what A1..Aq add up to, and no less would do.

        Only rows whose four P add up to the meta count, so that P and A are known to stand where
        they are taken from; rows of nothing but zeros tell nothing.
        """
        telling, closed = 0, Counter[int]()
        for row in self.renglones:
            quarter = _closed_quarter([c for c in row.impreso if not c.endswith("%")])
            if quarter is not None:
                telling += 1
                closed[quarter] += 1
        return {q: n / max(2, telling) for q, n in closed.items() if q}


def _closed_quarter(cells: list[str]) -> int | None:
    """The quarter whose A close a row's absoluto, 0 if none does, None if the row cannot tell."""
    filled = [c for c in cells if not is_blank(c)]
    total = _whole(filled[-1]) if len(filled) >= 7 else 0
    if not total or is_blank(cells[0]):
        return None
    if len(cells) == 7:  # meta, P1, A1, P2, P3, P4, absoluto: quarters to come print no A at all
        planned, done = [cells[1], *cells[3:6]], [cells[2]]
    elif len(cells) >= 10:
        planned, done = cells[1:9:2], cells[2:9:2]
    else:
        return None
    if sum(map(_whole, planned)) != _whole(cells[0]) or any(
        is_blank(p) != is_blank(d) and d for p, d in zip(planned, done, strict=False)
    ):
        return None
    amounts = [_whole(d) for d in done]
    quarter = next((q for q in range(1, len(amounts) + 1) if sum(amounts[:q]) == total and amounts[q - 1]), 0)
    # Nothing planned and all achieved in the first quarter: more likely a cell slipped.
    return None if quarter == 1 and not _whole(planned[0]) else quarter


def _whole(cell: str) -> int:
    values = parse_number(cell)
    return int(values[0]) if values else 0
