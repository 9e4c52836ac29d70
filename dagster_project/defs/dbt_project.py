"""The dbt project as Dagster sees it: where it is, and a manifest that is never stale.

Dagster needs the manifest before definitions load; ``dbt parse`` writes it, and a hash of
the project's files says when it has to be written again. Not here: the assets (``assets.dbt``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dagster_dbt import DbtProject

from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.state.fingerprint import files_fingerprint

_SUFFIXES = (".sql", ".yml", ".yaml", ".md")
_IGNORED = ("target", "logs")
_parsed: list[Any] = []


def dbt_project() -> DbtProject:
    """The dbt project, with an up-to-date manifest under the home.

    Raises:
        RuntimeError: dbt does not accept the project; the message holds its own.
    """
    settings = get_settings()
    # profiles.yml reads it; dbt runs as a child of this process or within it.
    os.environ["AVANCE_WAREHOUSE"] = str(settings.warehouse)
    project = DbtProject(
        project_dir=settings.dbt_project, target_path=target_path(settings), profiles_dir=settings.dbt_project
    )
    _prepare(project, settings)
    return project


def target_path(settings: Settings) -> Path:
    """Where dbt writes what it compiles: state, so under the home."""
    return settings.home / "dbt"


def _prepare(project: DbtProject, settings: Settings) -> None:
    stamp = target_path(settings) / "manifest.sha256"
    wanted = project_fingerprint(settings)
    if stamp.exists() and stamp.read_text() == wanted and _is_whole(project.manifest_path):
        return
    _parse(settings)
    stamp.write_text(wanted)


def _is_whole(manifest: Path) -> bool:
    """Whether a manifest can be read: every build writes it anew in place, and a killed one leaves half of it."""
    try:
        return isinstance(json.loads(manifest.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        return False


def _parse(settings: Settings) -> None:
    # Imported here: two seconds that a run with a fresh manifest does not pay.
    from dbt.cli.main import dbtRunner

    target_path(settings).mkdir(parents=True, exist_ok=True)
    general, of_command = dbt_options(settings)
    result = dbtRunner().invoke([*general, "parse", *of_command])
    if not result.success:
        raise RuntimeError(f"dbt does not accept the project in {settings.dbt_project}: {result.exception}")
    _parsed.append(result.result)


def parsed_manifest() -> Any | None:
    """The manifest as this process has parsed it, once: a build that is given it need not parse again."""
    return _parsed.pop() if _parsed else None


def dbt_options(settings: Settings) -> tuple[list[str], list[str]]:
    """The options before and after dbt's verb: silent, and every path absolute.

    What dbt would print goes to ``<home>/dbt/logs/dbt.log``; failures come back as results.
    """
    target = target_path(settings)
    return (
        ["--log-level", "none", "--log-path", str(target / "logs"), "--no-use-colors"],
        [
            *("--project-dir", str(settings.dbt_project)),
            *("--profiles-dir", str(settings.dbt_project)),
            *("--target-path", str(target)),
        ],
    )


def project_fingerprint(settings: Settings) -> str:
    """Hash of what the manifest and the models depend on: the project's files, the seeds, the paths it holds."""
    return files_fingerprint((str(path), path) for path in _inputs(settings))


def _inputs(settings: Settings) -> Iterator[Path]:
    root = settings.dbt_project
    for path in sorted(root.rglob("*")):
        if path.suffix in _SUFFIXES and path.relative_to(root).parts[0] not in _IGNORED:
            yield path
    yield from sorted(settings.seeds.glob("*.csv"))
