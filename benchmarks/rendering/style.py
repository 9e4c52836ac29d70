"""How a form is printed: paper, grid, font, noughts, percentages, header, columns. Not here: drawing it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.synthetic.header import MONTHS
from benchmarks.synthetic.plans import Fila, Pagina


@dataclass(frozen=True, slots=True)
class Style:
    """What one form looks like."""

    paper: str
    grid: str
    font: str
    size: float
    upper: bool
    zero: str
    future: str
    sep: bool
    pct: str
    header: str
    cols: str
    align: str
    valign: str
    num: str
    obs: float
    title_after: bool
    quarters: tuple[str, ...]
    date: str
    repeat_head: bool
    layout: str = "set"


LAYOUTS = ("free", "unmerged", "boxed")
"""Beside ``set``, with widths of columns and names in their middle: as wide as their print, names at the left; a
quarter's name over the first of its columns; the header in boxes whose rules run on into the table's."""


def draw_style(rng: random.Random) -> Style:
    """A style, each of its choices by itself."""
    one = rng.choice
    return Style(
        paper=one(("legal landscape", "letter landscape", "13in 8.5in")),
        grid=one(("full", "thin", "rows", "none")),
        font=one(("Liberation Sans", "Liberation Serif", "DejaVu Sans", "Liberation Sans Narrow")),
        size=one((6, 6.5, 7, 7.5, 8, 9)),
        upper=rng.random() < 0.3,
        zero=one(("0", "0", "0", "-", "")),
        future=one(("", "", "0", "-")),
        sep=rng.random() < 0.5,
        pct=one(("{:.0f}%", "{:.0f}%", "{:.0f} %", "{:.2f}%")),
        header=one(("split", "inline")),
        cols=one(("std", "std", "no_obs", "to_date")),
        align=one(("center", "center", "right")),
        valign=one(("middle", "top")),
        num=one((".-", ".- ", ". ", ".-")),
        obs=one((0, 0.3, 0.7)),
        title_after=rng.random() < 0.2,
        quarters=one(
            (
                ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"),
                ("Ene-Mar", "Abr-Jun", "Jul-Sep", "Oct-Dic"),
                ("ENERO-MARZO", "ABRIL-JUNIO", "JULIO-SEPTIEMBRE", "OCTUBRE-DICIEMBRE"),
                ("1er Trimestre", "2do Trimestre", "3er Trimestre", "4to Trimestre"),
            )
        ),
        date=one(("{a} - {b} {y}", "{a} A {b} DE {y}", "{c}-{d} {y}", "{a}-{b} {y}")),
        repeat_head=rng.random() < 0.7,
    )


def period(style: Style, page: Pagina) -> str:
    """The quarter as the style writes it."""
    first, last = MONTHS[page.trimestre]
    return style.date.format(a=first, b=last, c=first[:3], d=last[:3], y=page.anio)


def figure(style: Style, value: int | None) -> str:
    """A figure as the style prints it; None is one that is not reported."""
    if value is None:
        return style.future
    if not value:
        return style.zero
    return f"{value:,}" if style.sep else str(value)


def percent(style: Style, row: Fila) -> str:
    """A row's percentage as the style prints it."""
    exact = 100 * row.absoluto / row.meta if row.meta else 0.0
    return style.pct.format(row.relativo_pct if ".0f" in style.pct else exact + 1e-9)


def remark(style: Style, rng: random.Random, remarks: tuple[str, ...]) -> str:
    """What is said of a row: nothing, or one to three sentences."""
    if rng.random() >= style.obs:
        return ""
    return " ".join(rng.choice(remarks) for _ in range(rng.randint(1, 3))).strip()
