"""Text as OCR prints it, made comparable: folding, likeness of words, closeness of codes.

Nothing here knows what a word means; the form's vocabulary stands in ``page.line_kinds``, ``page.header_fields``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

SHORT = 160  # characters of a text that may recur: titles, labels, names; rows are longer, and each is its own
MAX_TEXT = 400  # what a header field, a title or a signature never exceeds; longer text is cut before it is compared

_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_MARKS = str.maketrans(dict.fromkeys("*_#`|", " "))
_NO_LETTER = re.compile("[^A-Z]")
_WORD = re.compile(r"[A-Z0-9]+")

# Digits that OCR takes for one another: same strokes, one broken or closed.
_CONFUSABLE = frozenset(
    frozenset(p) for p in ("17", "27", "38", "56", "08", "06", "68", "49", "14", "35", "58", "09", "69")
)


def _plain(text: str) -> str:
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(text.upper().translate(_MARKS).split())


_plain_short = lru_cache(maxsize=2048)(_plain)


def plain(text: str) -> str:
    """Upper case, no accents, no markup, single spaces; at most ``MAX_TEXT`` characters are looked at."""
    return _plain_short(text) if len(text) <= SHORT else _plain(text[:MAX_TEXT])


def words(text: str) -> list[str]:
    """The words of a text, folded: runs of letters and digits."""
    return _WORD.findall(plain(text))


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    return " ".join(words(text))


def folded(text: str) -> str:
    """The words of a text, folded and joined by single spaces: what ``likeness`` compares."""
    return _folded(text[:MAX_TEXT])


def letters(text: str) -> str:
    """A text's letters alone, folded and joined: P.E.R.I.O.D.O and P E R I O D O are PERIODO."""
    return _NO_LETTER.sub("", plain(text))


def best_likeness(text: str, among: Sequence[str], least: float) -> float:
    """The greatest likeness of a text to any of ``among`` (already ``folded``), 0 below ``least``."""
    found = process.extractOne(folded(text), among, scorer=fuzz.ratio, score_cutoff=100 * least)
    return found[1] / 100 if found else 0.0


def likeness(one: str, other: str) -> float:
    """How alike two texts are after folding, 0..1 (share of characters that need no edit)."""
    return fuzz.ratio(folded(one), folded(other)) / 100


@lru_cache(maxsize=2048)
def code_closeness(printed: str, code: str) -> float:
    """How likely OCR made ``printed`` of ``code``: 1 equal, 0.8 one digit of like shape, 0 more than two edits."""
    if printed == code:
        return 1.0
    distance = Levenshtein.distance(printed, code, score_cutoff=2)
    if distance == 1:
        if len(printed) != len(code):
            return 0.65
        pair = next(frozenset((a, b)) for a, b in zip(printed, code, strict=True) if a != b)
        return 0.8 if pair in _CONFUSABLE else 0.5
    return 0.2 if distance == 2 and len(code) >= 5 else 0.0
