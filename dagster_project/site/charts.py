"""Small drawings as SVG text: bars of programado and avance by quarter, and of actions by light. Not here: pages.

A drawing repeats what a table beside it says; it is hidden from screen readers, and no meaning hangs on its colour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

HIGH, BAR, GAP = 28, 7, 5
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}")

Pair = tuple[Decimal | None, Decimal | None]


def quarters(pairs: Sequence[Pair]) -> Markup:
    """Four pairs of bars, what was programmed and what was reached; a figure that is not known has none."""
    top = max((value for pair in pairs for value in pair if value is not None), default=Decimal(0))
    bars = []
    for k, pair in enumerate(pairs):
        for j, value in enumerate(pair):
            if value is not None and top:
                high = round(float(value / top) * HIGH, 1)
                x = k * (2 * BAR + GAP) + j * BAR
                place = f'x="{x}" y="{HIGH - high:g}" width="{BAR - 1}" height="{high:g}"'
                bars.append(f'<rect class="{"pa"[j]}" {place}/>')
    wide = 4 * (2 * BAR + GAP) - GAP
    return Markup(
        f'<svg aria-hidden="true" class="barras" viewBox="0 0 {wide} {HIGH + 1}" width="{wide}" height="{HIGH + 1}">'
        f'<path d="M0 {HIGH + 0.5}H{wide}"/>{"".join(bars)}</svg>'
    )


def lights(counts: Mapping[str, int], colours: Mapping[str, str]) -> Markup:
    """One bar, a piece a light in the order of ``colours``: where each ends, in per cent, as a variable of its style.

    Short, since 500 units stand on a page: a light that no action shows ends where the one before it does, unnamed.
    """
    total, sofar = sum(counts.values()), 0
    ends = []
    for place, light in enumerate(colours):
        if counts.get(light):
            sofar += counts[light]
            ends.append(f"--{place}:{100 * sofar / total:.3g}%")
    return Markup(f"<i style={';'.join(ends)}></i>")


def light_bar(colours: Mapping[str, str]) -> Markup:
    """What paints the bars of ``lights``, for a style sheet; what is no colour such as ``#27AE60`` is not painted."""
    known = [colour if COLOUR.fullmatch(colour or "") else "transparent" for colour in colours.values()]
    stops = ",".join(f"{colour} 0 var(--{place},0)" for place, colour in enumerate(known))
    return Markup(f"linear-gradient(90deg,{stops or 'transparent,transparent'})")
