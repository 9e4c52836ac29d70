"""What is derived from a catalogue, once: remembered by identity, since a catalogue holds dicts and has no hash.

Not in here: what is derived.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

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
