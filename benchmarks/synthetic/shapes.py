"""Which digit is misread as which: shapes that OCR confuses.

The pairs and weights are this module's own judgement of printed digits (closed loops, open bows,
single strokes); a fifth of all misreadings are between any two digits.
"""

from __future__ import annotations

import random

LIKE: dict[str, dict[str, int]] = {
    "0": {"8": 3, "6": 3, "9": 2, "3": 1},
    "1": {"7": 4, "4": 2, "2": 1},
    "2": {"7": 3, "3": 3, "1": 1, "4": 1},
    "3": {"8": 4, "5": 3, "2": 2, "9": 1},
    "4": {"9": 3, "1": 3, "5": 1, "2": 1},
    "5": {"6": 3, "3": 3, "8": 2, "4": 1},
    "6": {"8": 4, "5": 3, "0": 3},
    "7": {"1": 4, "2": 3, "9": 1},
    "8": {"3": 4, "6": 3, "0": 3, "9": 2},
    "9": {"4": 3, "8": 3, "7": 2, "0": 1},
}
ANY_SHARE = 0.2
LETTERS = {"0": "O", "1": "l", "5": "S", "8": "B", "2": "Z"}


def misread(rng: random.Random, digit: str) -> str:
    """Another digit that ``digit`` is taken for."""
    if rng.random() < ANY_SHARE:
        return rng.choice([d for d in LIKE if d != digit])
    near = LIKE[digit]
    return rng.choices(list(near), weights=list(near.values()))[0]


def misread_one(rng: random.Random, text: str) -> str | None:
    """``text`` with one digit misread; None where it has no digit, or would start with a 0."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    if not places:
        return None
    at = rng.choice(places)
    out = text[:at] + misread(rng, text[at]) + text[at + 1 :]
    return None if len(places) > 1 and out.startswith("0") else out
