"""A yardstick: an observer who knows each row's layout, every rate and every shape weight.

For each row it weighs every single damage that could have led to the print, by the generator's
own rates, and is as sure as its posterior says. No reader of the text alone can know that much,
so its risk-coverage curve says what to expect of one on the same rows. It is not a strict bound: it
does not undo two damages at once (a row that no single one explains stays flagged), holds all
true figures equally likely beforehand, and does not use total rows or other quarters.

Belongs here: that observer. Does not: the product's reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rich.console import Console

from benchmarks.ambiguity import Cell, Figures, after, closes_known, fits_layout, truth_figures, unknown_column
from benchmarks.baselines.cells import FIELDS, number
from benchmarks.intervals import share_text
from benchmarks.scoring import Row
from benchmarks.synthetic.rates import Rates
from benchmarks.synthetic.shapes import ANY_SHARE, LIKE

Source = tuple[tuple[Cell, ...], str, str, float]
"""Cells before the damage (None where unknown), the kind, what is printed of the unknown, weight."""


def sources(cells: list[str], columns: list[str], rates: Rates) -> Iterator[Source]:
    """Every row that one damage (or none) turns into ``cells``, with the weight of that damage."""
    plain = tuple(number(c) for c in cells)
    last = len(cells) - 1
    full = [i for i in range(1, last - 1) if cells[i] not in ("", "0")]
    void = [i for i in range(1, last - 1) if cells[i] in ("", "0")]
    yield plain, "none", "", 1.0
    seen = set()
    for i in range(1, last):
        source = (*plain[:i], 0, *plain[i:])
        if source not in seen:
            seen.add(source)
            yield source, "vacia_perdida", "", rates.vacia_perdida / (len(void) + 1)
    for i in range(1, last):
        yield (*plain[:i], None, *plain[i:]), "celda_perdida", "", 0.9 * rates.celda_perdida / (len(full) + 1)
    for i in (0, last - 1, last):
        yield (*plain[:i], None, *plain[i:]), "celda_perdida", "", 0.05 * rates.celda_perdida
    for i in void:
        yield _without(plain, i, 1), "vacia_agregada", "", rates.vacia_agregada / (len(cells) - 3)
        if not cells[i]:
            yield _unknown(plain, i), "celda_borrada", "", rates.celda_borrada / (len(full) + 1)
        elif len(cells) == len(columns):
            whole = tuple(unknown_column(plain, columns, i))
            yield whole, "cero_por_digito", "", rates.cero_por_digito / (len(full) + 1)
    for i in range(1, last):
        if cells[i] == cells[i - 1] and cells[i] not in ("", "0"):
            yield _without(plain, i, 1), "celda_repetida", "", rates.celda_repetida / (len(full) + 1)
    yield from _runs(cells, plain, rates)
    yield from _digits(cells, plain, full, rates)


def _without(plain: tuple[Cell, ...], at: int, length: int) -> tuple[Cell, ...]:
    return plain[:at] + plain[at + length :]


def _unknown(plain: tuple[Cell, ...], *at: int) -> tuple[Cell, ...]:
    return tuple(None if i in at else v for i, v in enumerate(plain))


def _runs(cells: list[str], plain: tuple[Cell, ...], rates: Rates) -> Iterator[Source]:
    for length in (2, 3, 4):
        starts = len(cells) - 3 - 2 * length + 1
        for i in range(1, starts + 1):
            if cells[i : i + length] == cells[i + length : i + 2 * length]:
                yield _without(plain, i, length), "tramo_repetido", "", rates.tramo_repetido / 3 / starts


def _digits(cells: list[str], plain: tuple[Cell, ...], full: list[int], rates: Rates) -> Iterator[Source]:
    last = len(cells) - 1
    for i in full:
        yield _unknown(plain, i), "digito", cells[i], 2 / 3 * rates.digito_celda / len(full)
    for i, rate in ((0, rates.digito_meta), (last - 1, rates.digito_absoluto), (last, rates.digito_relativo)):
        yield _unknown(plain, i), "digito", cells[i], rate
    for i in (0, *full, last - 1, last):
        yield _unknown(plain, i), "digito_perdido", cells[i], rates.digito_perdido / (len(full) + 3)
    if cells[last - 1] == "0" and cells[last].startswith("0"):
        yield _unknown(plain, last - 1, last), "total_en_cero", "", rates.total_en_cero
    texts = [cells[i] for i in full]
    if texts:
        common = max(texts, key=texts.count)
        same = [i for i in full if cells[i] == common]
        if len(same) > 1:
            yield _unknown(plain, *same), "digito", common, rates.digito_parejo


def solve(source: tuple[Cell, ...], row: Row) -> tuple[Figures, int] | None:
    """The figures a source gives under the layout and the value of its unknown; None if none closes."""
    if len(source) != len(row["columnas"]):
        return None
    by_field: dict[str, Cell] = {}
    for campo, value in zip(row["columnas"], source, strict=True):
        if campo and not campo.endswith("*"):
            by_field[campo] = value
    known = [0 if after(f, row["trimestre"]) else by_field.get(f, 0) for f in FIELDS]
    value = _force(known)
    figures = [value if v is None else v for v in known]
    if known[9] is None and known[10] is None and figures[0]:
        figures[10] = (200 * figures[9] + figures[0]) // (2 * figures[0])
    done = tuple(figures)
    closed = _pct_closes(done) if row["es_razon"] else closes_known(done)
    return (done, value) if closed and fits_layout(source, row, done) else None


def _pct_closes(figures: Figures) -> bool:
    """A ratio's quarters do not add up; its percentage still follows."""
    meta, total = figures[0], figures[9]
    return meta > 0 and figures[10] == (200 * total + meta) // (2 * meta)


def _force(known: list[Cell]) -> int:
    """The only value the arithmetic leaves for the unknown figures, all equal where several."""
    if known[0] is None:
        return sum(v or 0 for v in known[1:9:2])
    if known[9] is None:
        return sum(v or 0 for v in known[2:9:2])
    if known[10] is None:
        return (200 * known[9] + known[0]) // (2 * known[0]) if known[0] else 0
    for total, part in ((known[0], known[1:9:2]), (known[9], known[2:9:2])):
        holes = part.count(None)
        if holes:
            rest = total - sum(v or 0 for v in part)
            return rest // holes if rest % holes == 0 else -1
    return 0


def likelihood(kind: str, printed: str, value: int) -> float:
    """How likely ``value`` is printed as ``printed`` by this kind of damage."""
    text = "".join(c for c in printed if c.isdigit())
    true = str(value)
    if kind == "cero_por_digito":
        return 1.0 if 0 < value < 10 else 0.0
    if kind in ("celda_perdida", "celda_borrada", "total_en_cero"):
        return 1.0 if value > 0 else 0.0
    if kind == "digito":
        differ = [(a, b) for a, b in zip(true, text, strict=False) if a != b]
        if len(true) != len(text) or len(differ) != 1:
            return 0.0
        (a, b) = differ[0]
        near = LIKE[a].get(b, 0) / sum(LIKE[a].values())
        return (ANY_SHARE / 9 + (1 - ANY_SHARE) * near) / len(true)
    if kind == "digito_perdido":
        ways = sum(true[:i] + true[i + 1 :] == text for i in range(len(true)))
        return ways / len(true) if len(true) > 1 else 0.0
    return 1.0


def best_guess(row: Row, rates: Rates) -> tuple[Figures, float] | None:
    """The likeliest figures of a row and their posterior; None where no single damage explains it."""
    weights: dict[Figures, float] = defaultdict(float)
    for source, kind, printed, weight in sources(row["impreso"], row["columnas"], rates):
        solved = solve(source, row) if kind == "none" or not row["es_razon"] else None
        if solved is not None:
            weights[solved[0]] += weight * likelihood(kind, printed, solved[1])
    total = sum(weights.values())
    if not total:
        return None
    best = max(weights, key=lambda f: weights[f])
    return best, weights[best] / total


def curve(rows: list[Row], rates: Rates) -> list[tuple[float, bool]]:
    """(posterior, right) of every row the observer would venture a reading of, surest first."""
    out = []
    for row in rows:
        guess = best_guess(row, rates)
        if guess is not None:
            out.append((guess[1], guess[0] == truth_figures(row)))
    return sorted(out, reverse=True)


def coverage_at(ventured: list[tuple[float, bool]], rows: int, risk: float) -> int:
    """The most rows the observer can be sure of with at most ``risk`` of all rows wrong."""
    most = wrong = 0
    for taken, (_, right) in enumerate(ventured, start=1):
        wrong += not right
        if wrong <= risk * rows:
            most = taken - wrong
    return most


def show(console: Console, rows: list[Row], rates: Rates) -> None:
    """Print how many rows the observer can be sure and right of, at three levels of risk."""
    ventured = curve(rows, rates)
    n = len(rows)
    for risk in (0.001, 0.002, 0.006):
        most = coverage_at(ventured, n, risk)
        console.print(f"observer told layout and rates: {share_text(most, n)} right at {100 * risk:.1f} % wrong")
