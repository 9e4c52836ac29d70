"""What costs a minute to make is made once a test run, by the first worker that asks; the others wait and look at it.

Does not belong here: what is made. Nothing that is shared may be changed by a test.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of that name that ``make`` filled, whichever worker of the run called it.

    Workers' own folders lie side by side in one of the run (pytest-xdist, "Making session-scoped fixtures execute only
    once"); what failed half-way is made again in a new one by who asks next.
    """
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = root / f"{name}.done"
    with FileLock(root / f"{name}.lock"):
        if not done.exists():
            folder = tmp_path_factory.mktemp(name)
            make(folder)
            done.write_text(str(folder), encoding="utf-8")
    return Path(done.read_text(encoding="utf-8"))
