"""Printed names made fit for a catalogue: the spelling that most pages print, in Spanish title case. Nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from dagster_project.tmm_f004.text.fold import folded

# fmt: off
_SMALL = frozenset((
    "a", "al", "ante", "con", "de", "del", "e", "el", "en", "entre", "la", "las", "lo", "los", "o", "para", "por",
    "que", "sin", "sobre", "su", "sus", "tu", "u", "un", "una", "y",
))
# fmt: on
_ROMAN = re.compile(r"[IVX]{2,}")


def best_name(spellings: Iterable[str | None]) -> str:
    """Of several prints the one that most pages agree on, but for accents and case, best accented; '' where none."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in spellings:
        if name and (key := folded(name)):
            groups[key].append(" ".join(name.split()))
    if not groups:
        return ""
    names = max(groups.items(), key=lambda g: (len(g[1]), len(g[0]), g[0]))[1]
    return as_written(max(sorted(set(names)), key=_care))


def as_written(name: str) -> str:
    """A name printed in capitals as one writes it: Departamento de Administración y Finanzas; another as it stands."""
    if name != name.upper():
        return name
    words = name.split()
    return " ".join(_word(word, first=place == 0) for place, word in enumerate(words))


def sentence_case(name: str) -> str:
    """A measure printed in capitals as one writes it: Dictamen técnico; another as it stands."""
    return name.capitalize() if name == name.upper() else name


def _word(word: str, first: bool) -> str:
    if word.lower() in _SMALL and not first:
        return word.lower()
    # What stands in brackets or has points is an abbreviation; which other words are, nobody can tell by their letters.
    kept = _ROMAN.fullmatch(word) or "." in word or word.startswith("(")
    return word if kept else word.capitalize()


def _care(name: str) -> tuple[int, bool]:
    """How carefully a name is printed: its accents, and that it is not in capitals."""
    return sum(not char.isascii() for char in name), name != name.upper()
