"""Small drawings as SVG text: bars of programado and avance by quarter, and of actions by light. Not here: pages.

A drawing repeats what a table beside it says; it is hidden from screen readers, and no meaning hangs on its colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

HIGH, BAR, GAP = 28, 7, 5

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
    """One bar of a hundred parts, a piece a light in the order of ``colours``."""
    total = sum(counts.values())
    x, pieces = 0.0, []
    for light, colour in colours.items():
        if counts.get(light):
            wide = 100 * counts[light] / total
            pieces.append(f'<path fill="{colour}" d="M{x:.1f} 0h{wide:.1f}v10H{x:.1f}z"/>')
            x += wide
    return Markup(
        f'<svg aria-hidden="true" class="luces" viewBox="0 0 100 10" preserveAspectRatio="none">{"".join(pieces)}</svg>'
    )
