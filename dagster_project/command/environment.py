"""What the command makes of the shell's environment before any library reads it.

Belongs here: variables that would change what a load does without anybody having asked for it. Does not belong here:
our own settings (``settings``).
"""

from __future__ import annotations

import os
from pathlib import Path

from dagster_project import tmm_f004
from dagster_project.settings import get_settings


def prepare_environment() -> None:
    """Clear dbt's variables and give compiled code a folder that can be written to.

    ``DBT_EMPTY=true`` of a shell emptied the marts; ``DBT_TARGET``, ``DBT_FULL_REFRESH`` and others reach the build as
    well. What dbt is to do the command says by options.

    Raises:
        ValueError: a path of the settings cannot be used.
    """
    settings = get_settings()
    for name in [name for name in os.environ if name.startswith("DBT_")]:
        del os.environ[name]
    # numba keeps compiled code beside the source or in the user's home. A service user may have neither, and numba
    # then does not compile at all ("no locator available").
    if "NUMBA_CACHE_DIR" not in os.environ and not _is_writable(Path(tmm_f004.__path__[0], "search")):
        os.environ["NUMBA_CACHE_DIR"] = str(settings.home / "compiled")
    # Nothing here multiplies matrices; where its threads get no memory OpenBLAS sends SIGINT, or spins for ever.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _is_writable(folder: Path) -> bool:
    cache = folder / "__pycache__"
    return os.access(cache if cache.is_dir() else folder, os.W_OK)
