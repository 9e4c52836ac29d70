"""How the search is compiled. Nothing else.

Functions of the search allocate nothing: their arrays come in as arguments. Compiled without
numba's run-time (``_nrt``), no reference is counted when an array passes from one to another, and
the parts of the inner loop are inlined: together 0.44 s instead of 4.4 s for 30,000 rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {"cache": True, "_nrt": False}


def kernel(function: F) -> F:
    """Compile a function that allocates nothing."""
    compiled: F = njit(**_OPTIONS)(function)
    return compiled


def inlined(function: F) -> F:
    """Compile a part of an inner loop: its callers hold a copy of it."""
    compiled: F = njit(**_OPTIONS, inline="always")(function)
    return compiled
