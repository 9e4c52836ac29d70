"""What the baselines share: printed cells as numbers, a reading, the arithmetic it must close.

Belongs here: arithmetic of one row. Does not: any way of repairing it.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.scoring import Row
from benchmarks.synthetic.table import QUARTERS

FIELDS = ("meta", *QUARTERS, "absoluto", "relativo_pct")


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures in the order of ``FIELDS``, and whether the baseline is sure of them."""

    cifras: tuple[int, ...]
    segura: bool

    def as_row(self, corte: int) -> Row:
        """The reading in the field names of ``avance read``; nothing is known after the corte."""
        done = [a if q < corte else None for q, a in enumerate(self.cifras[2:9:2])]
        return {
            "meta": self.cifras[0],
            "programado": list(self.cifras[1:9:2]),
            "avance": done,
            "absoluto": self.cifras[9],
            "relativo_pct": self.cifras[10],
        }


def number(text: str) -> int | None:
    """A cell as a number: blank is 0, thousands may be parted; None where it is none."""
    plain = text.strip().rstrip("%").replace(",", "").replace(" ", "").replace(".", "")
    return int(plain or 0) if plain.isdigit() or not plain else None


def closes(figures: tuple[int, ...], corte: int) -> bool:
    """Whether meta, total and percentage follow from the quarters (halves rounded up)."""
    meta, total, pct = figures[0], figures[9], figures[10]
    known = figures[2 : 2 + 2 * corte : 2]
    adds_up = meta == sum(figures[1:9:2]) and total == sum(known)
    return adds_up and meta > 0 and pct == (200 * total + meta) // (2 * meta)
