"""What a table's percentages are of, and how they are printed: settled for the table, never row by row.

The form's is the total over the meta in whole percent, rounded half up (docs/form.md, fact 1). A table that prints
another one throughout has no misprints in that column: its rows are read with the form's percentage in its place, as
evidence, and keep the one they print; the form's own with decimals, or as a fraction, is the form's. Not in here:
percentages misread in one row (``search.completion``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from dagster_project.tmm_f004.model import Cifra, Estado, Reading, RowReading
from dagster_project.tmm_f004.search.row_sums import Figures, adds_up, figures_of
from dagster_project.tmm_f004.text.numbers import half_up_percent

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)[.,]? ?(%?)")  # a speck behind the figure is no decimal: 47.%

FEWEST = 2
"""Rows of different figures that print another percentage than the form's: where fewer do, all must print the other
one."""

MOST_PLACES = 4
"""Decimals of a percentage: more are none."""

SHARE = 0.9
"""Share of the rows that add up which must print the other one."""


@dataclass(frozen=True, slots=True)
class PercentRule:
    """A way to print the percentage: its name in the data, and whether its value is the form's own, otherwise
    printed."""

    nombre: str
    is_same: bool = False


OF_META = PercentRule("de_la_meta", True)

Ratio = Callable[[Figures, int], Decimal | None]


def _of_meta(f: Figures, _: int) -> Decimal | None:
    return Decimal(100) * Decimal(f.total) / Decimal(f.meta) if f.meta > 0 else None


def _of_plan_to_date(f: Figures, quarter: int) -> Decimal | None:
    due = sum(f.planned[:quarter])
    return Decimal(100) * Decimal(f.total) / Decimal(due) if due > 0 else None


def _capped(ratio: Ratio) -> Ratio:
    def of(f: Figures, quarter: int) -> Decimal | None:
        value = ratio(f, quarter)
        return None if value is None else min(value, Decimal(100))

    return of


_RATIOS: tuple[tuple[str, Ratio], ...] = (
    ("de_la_meta", _of_meta),
    ("de_la_meta_hasta_100", _capped(_of_meta)),
    ("de_lo_programado_a_la_fecha", _of_plan_to_date),
    ("de_lo_programado_a_la_fecha_hasta_100", _capped(_of_plan_to_date)),
)


def percent_rule(cells: Sequence[list[str]], quarter: int) -> tuple[PercentRule, list[list[str]]]:
    """The table's rule, and its rows' cells with the form's percentage where they print another that fits.

    Only a row that closes in place and prints another value tells of another rule: a sign lost from the form's own is
    damage of its row, and so is a percentage that cannot be read. A table most of whose rows do not close so has
    columns of its own, and tells of none.
    """
    full = [(k, f) for k, c in enumerate(cells) if (f := figures_of(c)) and adds_up(f, quarter) and f.meta > 0]
    if 2 * len(full) <= len(cells):
        return OF_META, list(cells)
    plain = [_without_decimals(c, f) for c, f in zip(cells, map(figures_of, cells), strict=True)]
    full = [(k, f) for k, f in full if _printed(f.percent) is not None]
    ours = [_printed(f.percent) == half_up_percent(f.total, f.meta) for _, f in full]
    others = {(f.total, f.meta, f.percent) for (_, f), is_ours in zip(full, ours, strict=True) if not is_ours}
    if others:
        others -= {(f.total, f.meta, f.percent) for _, f in full if _is_tie(f)}
    if not others:
        return OF_META, plain
    for name, ratio, fits in _RULES:
        good = {k for k, f in full if fits(ratio(f, quarter), f)}
        if len(good) >= (SHARE if len(others) >= FEWEST else 1.0) * len(full) and len(good) > sum(ours):
            rule = PercentRule(name, name in _SAME)
            return rule, [_with_ours(c, k in good, rule) for k, c in enumerate(cells)]
    return OF_META, plain


_SAME = frozenset({"de_la_meta_con_decimales", "de_la_meta_en_fraccion"})


def _without_decimals(cells: list[str], figures: Figures | None) -> list[str]:
    """A row's cells with its percentage whole where it prints the form's own with decimals, each of them right."""
    if figures is None or figures.meta <= 0 or not re.search(r"\d[.,]\d", figures.percent):
        return cells
    exact = _of_meta(figures, 0)
    return _with_ours(cells, True, OF_META) if _decimals(exact, figures) else cells


def _is_tie(f: Figures) -> bool:
    """Whether a row prints what it would with its half rounded down: that tells no rule from another."""
    return 200 * f.total % (2 * f.meta) == f.meta and _printed(f.percent) == (100 * f.total) // f.meta


def _printed(cell: str) -> Decimal | None:
    match = _NUMBER.fullmatch(cell.strip())
    return Decimal(match.group(1).replace(",", ".")) if match else None


def _rounded(value: Decimal | None, f: Figures) -> bool:
    printed = _printed(f.percent)
    if value is None:  # nothing was due: whatever is printed is no misprint of it
        return printed in (None, 0, 100)
    return printed == value.quantize(Decimal(1), ROUND_HALF_UP)


def _truncated(value: Decimal | None, f: Figures) -> bool:
    return _rounded(None, f) if value is None else _printed(f.percent) == int(value)


def _decimals(value: Decimal | None, f: Figures) -> bool:
    printed = _printed(f.percent)
    if value is None or printed is None:
        return _rounded(None, f)
    places = max(-int(printed.as_tuple().exponent), 0)
    return places <= MOST_PLACES and printed == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _fraction(value: Decimal | None, f: Figures) -> bool:
    printed = _printed(f.percent)
    if value is None or printed is None or "%" in f.percent:
        return False
    places = max(-int(printed.as_tuple().exponent), 2)
    return printed == (value / 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


_PRINTS = (("", _rounded), ("_truncado", _truncated), ("_con_decimales", _decimals), ("_en_fraccion", _fraction))
_RULES = tuple(
    (name + how, ratio, fits) for name, ratio in _RATIOS for how, fits in _PRINTS if (name, how) != ("de_la_meta", "")
)
"""Every rule but the form's, the nearest to it first: its name, what the percentage is of, and whether a row prints
it."""


def _with_ours(cells: list[str], fits: bool, rule: PercentRule) -> list[str]:
    """A row's cells with the form's percentage in the place of what its table prints; without any where that fits no
    rule."""
    figures = figures_of(cells)
    if figures is None or not cells:
        return cells
    ours = half_up_percent(figures.total, figures.meta)
    if fits and ours is not None:
        return [*cells[:-1], f"{ours}%"]
    printed = _printed(cells[-1])
    if rule.is_same and printed is not None:
        shown = printed * 100 if rule.nombre.endswith("fraccion") else printed
        return [*cells[:-1], f"{int(shown.quantize(Decimal(1), ROUND_HALF_UP))}%"]
    return cells[:-1]


def as_printed_percent(read: RowReading, rule: PercentRule) -> RowReading:
    """The row with the percentage that it prints under its table's rule.

    Where that is not the form's in other print, the row is doubtful in it: the form's arithmetic does not bear it out.
    """
    cell = read.renglon.impreso[-1] if read.renglon.impreso else ""
    shown = _printed(cell)
    if rule.is_same or not read.lecturas or shown is None:
        return read
    value: Cifra = int(shown) if shown == shown.to_integral_value() else shown

    def kept(values: Mapping[str, Cifra | None]) -> dict[str, Cifra | None]:
        return {**values, "relativo_pct": value}

    def told(reading: Reading) -> Reading:
        return replace(
            reading, valores=kept(reading.valores), estados={**reading.estados, "relativo_pct": Estado.DUDOSA},
            impresos={**reading.impresos, "relativo_pct": cell},
        )  # fmt: skip

    readings = tuple(map(told, read.lecturas))
    running = tuple(map(told, read.alternativas)) or readings[:1]
    return replace(
        read, lecturas=readings, alternativas=running, estado=Estado.DUDOSA, valores=kept(read.valores),
        estados={**read.estados, "relativo_pct": Estado.DUDOSA},
    )  # fmt: skip


def signed(cells: list[list[str]]) -> list[list[str]]:
    """The rows of a table whose percentage column prints no sign, with it: where it is the ratio of the totals before
    it."""
    bare = [(k, f) for k, c in enumerate(cells) if c and "%" not in c[-1] and (f := figures_of(c))]
    good = [
        k for k, f in bare if f.meta > 0 and f.percent.isdigit() and int(f.percent) == half_up_percent(f.total, f.meta)
    ]
    if not any(cells[k][-1] != "0" for k in good) or 2 * len(good) < len(bare):
        return cells
    of_table = {k for k, f in bare if f.percent.isdigit()}
    return [[*c[:-1], f"{c[-1]}%"] if k in of_table else c for k, c in enumerate(cells)]
