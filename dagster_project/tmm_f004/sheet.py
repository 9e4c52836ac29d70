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
    def shingles(self) -> frozenset[str]:
        """Runs of four words of the rows' texts: what pages of the same actions share."""
        runs: set[str] = set()
        for row in self.renglones:
            text = words(row.descripcion)[:MAX_ROW_WORDS]
            runs.update(" ".join(text[i : i + SHINGLE]) for i in range(len(text) - SHINGLE + 1))
        return frozenset(runs)

    @cached_property
    def first_quarter_blank(self) -> float:
        """Share of rows whose first-quarter pair is printed blank."""
        rows = [r.impreso for r in self.renglones if len(r.impreso) >= 5]
        return sum(is_blank(c[1]) and not is_blank(c[-2]) for c in rows) / len(rows) if rows else 0.0

    @cached_property
    def quarters_closed(self) -> dict[int, float]:
        """For each quarter q, the share of rows whose absoluto is what A1..Aq add up to, and no less would do.

        Taken from the cells at their printed places (meta, then P and A by quarter); rows of
        nothing but zeros tell nothing and count for none.
        """
        telling, closed = 0, Counter[int]()
        for row in self.renglones:
            cells = [c for c in row.impreso if not c.endswith("%")]
            filled = [c for c in cells if not is_blank(c)]
            total = _whole(filled[-1]) if len(filled) >= 3 else 0
            if not total:
                continue
            telling += 1
            if len(cells) < 10:  # blanks dropped: only A1, the third figure, has a place
                closed[1] += _whole(filled[2]) == total and not is_blank(cells[1])
                continue
            done = [_whole(c) for c in cells[2:9:2]]
            quarter = next((q for q in range(1, 5) if sum(done[:q]) == total and done[q - 1]), None)
            if quarter:
                closed[quarter] += 1
        return {q: n / telling for q, n in closed.items() if n} if telling else {}


def _whole(cell: str) -> int:
    values = parse_number(cell)
    return int(values[0]) if values else 0
