"""dbt's parse of the project, made once a test process: a third of each build that would make its own.

A home is given it as a copy of a home has it; a build by ``parsed_manifest`` finds it there. Does not belong here:
running dbt (``dbt_built``, ``marts_home``).
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from dagster_project.defs.dbt_project import prepare, target_path
from dagster_project.settings import Settings, get_settings


def give_parsed(settings: Settings) -> None:
    """Leave in a home what dbt has parsed of the project; of use where the home is on the same project and seeds."""
    target_path(settings).mkdir(parents=True, exist_ok=True)
    for name in ("manifest.sha256", "partial_parse.msgpack"):
        shutil.copy2(_parsed() / name, target_path(settings))


@cache
def _parsed() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="avance-parsed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = get_settings({"AVANCE_HOME": str(folder)})
    prepare(settings)
    return target_path(settings)
