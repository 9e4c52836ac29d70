"""Importing Great Expectations: late, quiet, and without what no rule of ours uses.

Belongs here: the import and what it needs before it. Does not belong here: using it (``validate``).
"""

from __future__ import annotations

import importlib.util
import os
import sys
from typing import Any


def import_gx() -> Any:
    """The module ``great_expectations``; the first call takes some four seconds, later ones none.

    Its analytics are off before the import, as they report on import.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # One expectation (divergence of distributions) needs scipy.stats: 1.4 of 4.2 s of the import.
    _defer("scipy", "stats")
    import great_expectations

    return great_expectations


def _defer(package: str, name: str) -> None:
    """Put off running a submodule until something looks into it."""
    full = f"{package}.{name}"
    if full in sys.modules or (spec := importlib.util.find_spec(full)) is None or spec.loader is None:
        return
    loader = importlib.util.LazyLoader(spec.loader)
    spec.loader = loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    loader.exec_module(module)
    setattr(sys.modules[package], name, module)
