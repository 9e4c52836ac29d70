"""What a page's rows are known by while pages are compared: numbers, codes, word runs, what cells and remarks tell.

In here: taking these from the rows. Not in here: keeping the rows themselves, which are read again
when their page goes out, so that memory does not grow with the text.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.tmm_f004.model import Renglon
from dagster_project.tmm_f004.numbers import is_blank, parse_number
from dagster_project.tmm_f004.period import read_period, read_years
from dagster_project.tmm_f004.words import plain, words

SHINGLE = 4  # words: long enough that two units seldom share one by chance
MAX_ROW_WORDS = 40  # of a row's text: its beginning tells rows apart
_THIS = re.compile(r"\bESTE\s+(\w+\s+TRIMESTRE)")


@dataclass(frozen=True, slots=True)
class Fila:
    """The key of a row: its line, its codes, its action number and where that comes from."""

    linea: int
    lineas_accion: tuple[str, ...]
    accion: int | None
    accion_inferida: bool = False
    accion_regla: str = "impresa"


@dataclass(frozen=True, slots=True)
class Claves:
    """The rows of a page by their keys.

    ``hundreds`` is the hundreds digit that most printed action numbers share, ``numbers`` are those in
    order of their rows; ``shingles`` int64 hashes, sorted (see ``_shingles``); ``first_quarter_blank`` the
    share of rows whose first-quarter pair is printed blank; ``quarters_closed`` see ``_quarters_closed``;
    ``told_years`` and ``told_quarters`` how many remarks name which year, and which quarter as this one.
    """

    filas: tuple[Fila, ...]
    hundreds: str | None
    numbers: tuple[int, ...]
    shingles: array[int]
    first_quarter_blank: float
    quarters_closed: dict[int, float]
    told_years: dict[int, int]
    told_quarters: dict[int, int]

    def run_on_to(self, after: Claves) -> bool:
        """Whether the numbers of another page go on where these end."""
        return bool(self.numbers and after.numbers) and self.numbers[-1] + 1 == after.numbers[0]


def keys_of(rows: Sequence[Renglon]) -> Claves:
    """The keys of a page's rows."""
    numbers = tuple(r.accion for r in rows if r.accion is not None)
    hundreds = Counter(n // 100 for n in numbers if n >= 100)
    remarks = [r.observaciones for r in rows if r.observaciones]
    return Claves(
        tuple(Fila(r.linea, r.lineas_accion, r.accion) for r in rows),
        str(hundreds.most_common(1)[0][0]) if hundreds else None,
        numbers,
        _shingles(rows),
        _first_quarter_blank(rows),
        _quarters_closed(rows),
        dict(Counter(y for text in remarks for y in set(read_years(text)))),
        dict(Counter(q for text in remarks for q in _named(text))),
    )


def _shingles(rows: Sequence[Renglon]) -> array[int]:
    """Runs of four words of the rows' texts, each with its row's place: what pages of the same actions share.

    The place is the action number within its hundred, which an action keeps when its unit is
    renumbered (608, then 508), else the row's order: units share duties and their wording, but
    seldom in the same place. Hashes, which differ from process to process, stand for the runs.
    """
    runs: set[int] = set()
    for order, row in enumerate(rows):
        place = order if row.accion is None else row.accion % 100
        text = words(row.descripcion)[:MAX_ROW_WORDS]
        runs.update([hash((place, *text[i : i + SHINGLE])) for i in range(len(text) - SHINGLE + 1)])
    return array("q", sorted(runs))


def _first_quarter_blank(rows: Sequence[Renglon]) -> float:
    cells = [r.impreso for r in rows if len(r.impreso) >= 5]
    return sum(is_blank(c[1]) and not is_blank(c[-2]) for c in cells) / len(cells) if cells else 0.0


def _named(remarks: str) -> set[int]:
    """The quarter a remark calls this one: ``en este 1er trimestre``. Others it names are told of, not reported."""
    said = _THIS.search(plain(remarks))
    period = read_period(said.group(1)) if said else None
    return {q for q, (rule, _) in period.trimestres.items() if rule == "trimestre_impreso"} if period else set()


def _quarters_closed(rows: Sequence[Renglon]) -> dict[int, float]:
    """For each quarter q, the share of rows whose absoluto is what A1..Aq add up to, and no less would do.

    Only rows whose four P add up to the meta count, so that P and A are known to stand where
    they are taken from; rows of nothing but zeros tell nothing.
    """
    telling, closed = 0, Counter[int]()
    for row in rows:
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
