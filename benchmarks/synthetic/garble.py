"""Texts and codes misread: letters and digits swapped, dropped, words replaced.

Belongs here: damage to words and to codes. Does not: damage to figures (``damage``).
"""

from __future__ import annotations

import random

from benchmarks.synthetic.shapes import misread

LIKE = {
    "O": "QD0", "D": "O", "N": "M", "M": "NH", "R": "B", "B": "R8", "E": "F", "F": "EP", "I": "L", "L": "I",
    "U": "V", "V": "UY", "C": "GK", "G": "C", "S": "5", "A": "N", "P": "F", "T": "I", "Z": "2", "Y": "V",
}  # fmt: skip
NOISE_WORDS = ("SERVICIOS", "REPOSICION", "COMUNIDAD", "GENERAL", "MUNICIPAL")


def text(rng: random.Random, words: str, keep_digits: bool = False) -> str:
    """``words`` with about one letter in eight misread, and one word in twelve replaced."""
    out = []
    for word in words.split(" "):
        if len(word) > 4 and word.isalpha() and rng.random() < 1 / 12:
            out.append(rng.choice(NOISE_WORDS))
            continue
        letters = []
        for letter in word:
            if letter.isdigit() and not keep_digits and rng.random() < 0.1:
                letters.append(misread(rng, letter))
            elif letter.upper() in LIKE and rng.random() < 0.12:
                letters.append(rng.choice(LIKE[letter.upper()]))
            elif letter.isalpha() and rng.random() < 0.02:
                continue
            else:
                letters.append(letter)
        out.append("".join(letters))
    return " ".join(out)


def code(rng: random.Random, digits: str) -> str:
    """A code with a digit misread (half), lost (three in ten), or another number altogether."""
    kind = rng.random()
    at = rng.randrange(len(digits))
    if kind < 0.5:
        return digits[:at] + misread(rng, digits[at]) + digits[at + 1 :]
    if kind < 0.8:
        return digits[:at] + digits[at + 1 :]
    return str(rng.randint(1, 99) * 100)
