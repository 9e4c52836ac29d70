"""One object for what comes again and again: what is derived from a catalogue, what pages print alike.

In here: remembering by identity, since a catalogue holds dicts and has no hash, and by equality. Not in
here: what is derived or printed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

PRINTED_ALIKE = 4096  # prints that are remembered: pages of one unit stand near one another
MOST = 4  # catalogues at a time: one, or one with and one without a supposed municipality


def cached_by_identity(derive: Callable[[K], V]) -> Callable[[K], V]:
    """Remember what ``derive`` makes of the last few catalogues; the very same object must come back."""
    seen: list[tuple[K, V]] = []

    @wraps(derive)
    def derived(catalog: K) -> V:
        for known, value in seen:
            if known is catalog:
                return value
        value = derive(catalog)
        seen.insert(0, (catalog, value))  # holding on to the catalogue keeps its identity its own
        del seen[MOST:]
        return value

    return derived


@lru_cache(maxsize=PRINTED_ALIKE)
def _first(value: V) -> V:
    return value


def interned(value: V) -> V:
    """The first object equal to ``value`` that was lately seen: pages that print alike hold one between them."""
    return _first(value)
