"""What a page's rows are known by while pages are compared: numbers, word runs, what cells and remarks tell.

In here: taking these from the rows. Not in here: what they say for or against anything (``settle``).
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.text.dates import read_period, read_years
from dagster_project.tmm_f004.text.fold import plain, words
from dagster_project.tmm_f004.text.numbers import is_blank, parse_number

SHINGLE = 4  # words: long enough that two units seldom share one by chance
MAX_ROW_WORDS = 40  # of a row's text: its beginning tells rows apart
_THIS = re.compile(r"\bESTE\s+(\w+\s+TRIMESTRE)")


_Shares = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The rows of a page by their keys.

    ``numbers`` are the printed action numbers in order of their rows; ``hundreds`` is the hundreds digit that most
    of them share, ``first`` and ``last`` the outermost; ``is_worded`` whether there is any run of words (see
    ``shingles``); ``first_quarter_blank`` the share of rows whose first-quarter pair is printed blank;
    ``quarters_closed`` see ``_quarters_closed``; ``told_years`` and ``told_quarters`` how many remarks name which
    year, and which quarter as this one.
    """

    numbers: tuple[int, ...]
    hundreds: str | None
    is_worded: bool
    first_quarter_blank: float
    quarters_closed: _Shares
    told_years: _Shares
    told_quarters: _Shares

    @property
    def first(self) -> int | None:
        """The first printed number."""
        return self.numbers[0] if self.numbers else None

    @property
    def last(self) -> int | None:
        """The last printed number."""
        return self.numbers[-1] if self.numbers else None

    def run_on_to(self, after: RowKeys) -> bool:
        """Whether the numbers of another page go on where these end."""
        return self.last is not None and after.first is not None and self.last + 1 == after.first


def keys_of(rows: Sequence[ActionRow], is_worded: bool) -> RowKeys:
    """The keys of a page's rows; ``is_worded`` says whether ``shingles`` finds any run of words in them."""
    numbers = tuple(r.accion for r in rows if r.accion is not None)
    hundreds = Counter(n // 100 for n in numbers if n >= 100)
    remarks = [r.observaciones for r in rows if r.observaciones]
    return RowKeys(
        numbers,
        str(hundreds.most_common(1)[0][0]) if hundreds else None,
        is_worded,
        _first_quarter_blank(rows),
        _quarters_closed(rows),
        tuple(Counter(y for text in remarks for y in set(read_years(text))).items()),
        tuple(Counter(q for text in remarks for q in _named(text)).items()),
    )


def shingles(rows: Sequence[ActionRow]) -> array[int]:
    """Runs of four words of the rows' texts, each with its row's place: what pages of the same actions share.

    The place is the action number within its hundred, which an action keeps when its unit is
    renumbered (608, then 508), else the row's order: units share duties and their wording, but
    seldom in the same place. Hashes, which differ from process to process, stand for the runs: int64, sorted.
    """
    runs: set[int] = set()
    for order, row in enumerate(rows):
        place = order if row.accion is None else row.accion % 100
        text = words(row.descripcion)[:MAX_ROW_WORDS]
        runs.update([hash((place, *text[i : i + SHINGLE])) for i in range(len(text) - SHINGLE + 1)])
    return array("q", sorted(runs))


def text_sample(rows: Sequence[ActionRow]) -> list[int]:
    """One in four of the runs of four words of the rows' texts, wherever they stand, as hashes that are kept (CRC-32).

    Pages that say the same have the same ones in common, whatever their files are (sampling by hash: Broder, 1997).
    """
    texts = (words(row.descripcion)[:MAX_ROW_WORDS] for row in rows)
    runs = {crc32(" ".join(t[i : i + SHINGLE]).encode()) for t in texts for i in range(len(t) - SHINGLE + 1)}
    return sorted(run for run in runs if run % 4 == 0)


def _first_quarter_blank(rows: Sequence[ActionRow]) -> float:
    cells = [r.impreso for r in rows if len(r.impreso) >= 5]
    return sum(is_blank(c[1]) and not is_blank(c[-2]) for c in cells) / len(cells) if cells else 0.0


def _named(remarks: str) -> set[int]:
    """The quarter a remark calls this one: ``en este 1er trimestre``. Others it names are told of, not reported."""
    said = _THIS.search(plain(remarks))
    period = read_period(said.group(1)) if said else None
    return {q for q, (rule, _) in period.trimestres.items() if rule == "trimestre_impreso"} if period else set()


def _quarters_closed(rows: Sequence[ActionRow]) -> _Shares:
    """For each quarter q, the share of rows whose absoluto is what A1..Aq add up to, and no less would do.

    A whole row whose four P do not add up to the meta speaks against each: P and A may not stand where they are taken
    from. Rows of nothing but zeros tell nothing, and neither does a table that plans nothing in the last quarter:
    it may be the quarter after's, with the first one left out and two blanks printed behind.
    """
    prints = [[c for c in row.impreso if not c.endswith("%")] for row in rows]
    told = [(q, cells) for cells in prints if (q := _closed_quarter(cells)) is not None]
    if not any(q and _whole(cells[7] if len(cells) >= 10 else cells[5]) for q, cells in told):
        return ()
    closed = Counter(q for q, _ in told if q)
    return tuple((q, n / max(2, len(told))) for q, n in closed.items())


def _closed_quarter(cells: list[str]) -> int | None:
    """The quarter whose A close a row's absoluto, 0 if none does, None if the row cannot tell."""
    filled = [c for c in cells if not is_blank(c)]
    total = _whole(filled[-1]) if len(filled) >= 7 else 0
    if not total or is_blank(cells[0]):
        return None
    if len(cells) == 7:  # meta, P1, A1, P2, P3, P4, absoluto: quarters to come print no A at all
        planned, done = [cells[1], *cells[3:6]], [cells[2]]
        if _closes_from_second(cells):
            return None if sum(map(_whole, planned)) == _whole(cells[0]) else 3
    elif len(cells) >= 10:
        planned, done = cells[1:9:2], cells[2:9:2]
    else:
        return None
    if sum(map(_whole, planned)) != _whole(cells[0]):
        return 0 if len(cells) >= 10 else None
    if any(is_blank(p) != is_blank(d) and d for p, d in zip(planned, done, strict=False)):
        return None
    amounts = [_whole(d) for d in done]
    quarter = next((q for q in range(1, len(amounts) + 1) if sum(amounts[:q]) == total and amounts[q - 1]), 0)
    # Nothing planned and all achieved in the first quarter: more likely a cell slipped.
    return None if quarter == 1 and not _whole(planned[0]) else quarter


def _closes_from_second(cells: Sequence[str]) -> bool:
    """Whether seven cells close as a report of the third quarter that leaves the first out: meta, P2, A2, P3, A3, P4,
    absoluto. As many cells as a report of the first prints that leaves out the A of quarters to come."""
    meta, p2, a2, p3, a3, p4, total = map(_whole, cells)
    return p2 + p3 + p4 == meta and a2 + a3 == total


def _whole(cell: str) -> int:
    values = parse_number(cell)
    return int(values[0]) if values else 0
