"""Names that begin with a number, so that what was made later comes later, wherever the clock stood.

Belongs here: the number of the next, and the order. Does not belong here: what is named (versions of ``publish``, logs
and failing rows of runs) and how many are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

DIGITS = 6
A_DATE = 8
"""Digits of the date that names of earlier releases began with."""


def order_of(name: str) -> tuple[int, str]:
    """What names are ordered by: the number they begin with, which no clock moves.

    Those of releases that gave none begin with a date or an id, and come before all others, by name.
    """
    number, _, _ = name.partition("-")
    return (int(number), name) if number.isdecimal() and number.isascii() and len(number) < A_DATE else (0, name)


def next_number(names: Iterable[str]) -> str:
    """The number that follows those that the names begin with."""
    return f"{max((order_of(name)[0] for name in names), default=0) + 1:0{DIGITS}d}"


def numbered_folder(above: Path, name: str) -> Path:
    """The folder of this name below another, by the number it was given; where there is none, the next, not made."""
    there = [path.name for path in above.iterdir() if path.is_dir()] if above.is_dir() else []
    found = next((known for known in there if known.partition("-")[2] == name), None)
    return above / (found or f"{next_number(there)}-{name}")
