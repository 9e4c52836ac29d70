"""The dbt project as Dagster sees it: where it is, and a manifest that is never stale.

Dagster needs the manifest before definitions load; ``dbt parse`` writes it, and a hash of
the project's files says when it has to be written again. Not here: the assets (``assets.dbt``).

A build is given the manifest as dbt itself keeps it, so that it need not ask again what of the project changed (a
tenth of an ``avance run``), nor read all of it anew where only the home is another one (a quarter).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dagster_dbt import DbtProject

from dagster_project.reference.seed_folder import check_seeds
from dagster_project.settings import SPARK, Settings, engine, get_settings
from dagster_project.warehouse.state.fingerprint import files_fingerprint, fingerprint

_SUFFIXES = (".sql", ".yml", ".yaml", ".md")
_IGNORED = ("target", "logs")
DEPTH = 3
"""Folders of ``<home>/dbt/run/avance`` below the home."""
_parsed: dict[str, Any] = {}
"""Manifests that this process has parsed and no build has taken yet, by what they were parsed from."""


def dbt_project() -> DbtProject:
    """The dbt project, with an up-to-date manifest under the home.

    Raises:
        RuntimeError: dbt does not accept the project; the message holds its own.
    """
    settings = get_settings()
    project = DbtProject(
        project_dir=settings.dbt_project, target_path=target_path(settings), profiles_dir=settings.dbt_project
    )
    prepare(settings)
    return project


def target_path(settings: Settings) -> Path:
    """Where dbt writes what it compiles: state, so under the home.

    What it ran for a seed goes to ``run/avance`` and the seed's path, which begins with a ``..`` for each folder
    between the project and what it shares with the seeds: its own folder stands so deep that this ends within the
    home. Else an installed product, whose project lies deep, wrote its SQL over the catalogues themselves (seen).
    """
    ups = Path(seed_path(settings)).parts.count("..")
    return settings.home.joinpath("dbt", *["d"] * max(0, ups - DEPTH))


def seed_path(settings: Settings) -> str:
    """The folder of seeds from the dbt project: dbt takes no absolute path."""
    return os.path.relpath(settings.seeds.resolve(), settings.dbt_project.resolve())


def prepare(settings: Settings) -> None:
    """Parse the project into the home where what stands there is not of it as it is.

    Raises:
        SeedsError: the folder of seeds lacks what the models read.
        RuntimeError: dbt does not accept the project; the message holds its own.
    """
    check_seeds(settings.seeds, settings.shipped_seeds)
    # profiles.yml and dbt_project.yml read them; dbt runs as a child of this process or within it.
    os.environ["AVANCE_WAREHOUSE"] = str(settings.warehouse)
    os.environ["AVANCE_SEED_PATH"] = seed_path(settings)
    wanted = made_from(settings)
    if not (_stamp(settings) == wanted and _is_whole(target_path(settings) / "manifest.json")):
        _parse(settings, wanted)


def _stamp(settings: Settings) -> str | None:
    """What the manifest of the home was parsed from."""
    file = target_path(settings) / "manifest.sha256"
    return file.read_text() if file.exists() else None


def _is_whole(manifest: Path) -> bool:
    """Whether a manifest can be read: every build writes it anew in place, and a killed one leaves half of it."""
    try:
        return isinstance(json.loads(manifest.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        return False


def _parse(settings: Settings, wanted: str) -> None:
    # Imported here: two seconds that a run with a fresh manifest does not pay.
    from dbt.cli.main import dbtRunner

    target_path(settings).mkdir(parents=True, exist_ok=True)
    general, of_command = dbt_options(settings)
    result = dbtRunner().invoke([*general, "parse", *of_command])
    if not result.success:
        raise RuntimeError(f"dbt does not accept the project in {settings.dbt_project}: {result.exception}")
    _parsed[wanted] = result.result
    (target_path(settings) / "manifest.sha256").write_text(wanted)


def parsed_manifest(settings: Settings) -> Any | None:
    """The manifest for one build of the project as it is now; None where only dbt's own parse can tell it.

    As this process has parsed it, once (a build writes into it), else as dbt has kept it in the home.
    """
    wanted = made_from(settings)
    if (parsed := _parsed.pop(wanted, None)) is not None:
        return parsed
    return _kept(target_path(settings) / "partial_parse.msgpack") if _stamp(settings) == wanted else None


def _kept(file: Path) -> Any | None:
    # The decoder is dbt's own for this file; ``tests/unit/defs/test_dbt_project.py`` notices where it goes.
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    try:
        manifest = Manifest.from_msgpack(file.read_bytes(), decoder=extended_mashumuro_decoder)
    except Exception:  # half a file, of a parse that was killed: dbt reads the project
        return None
    manifest.build_flat_graph()
    return manifest


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


def made_from(settings: Settings) -> str:
    """Hash of all that manifest and models are made from besides ``raw``: dbt's project, the seeds, who runs them."""
    files = files_fingerprint((str(path), path) for path in _inputs(settings))
    versions = [version(package) for package in ("dbt-core", "dbt-duckdb", "duckdb")]
    # Another engine has built nothing of what this one has: it begins whole.
    return fingerprint([files, *versions, *([SPARK, version("pyspark")] if engine() == SPARK else [])])


def _inputs(settings: Settings) -> Iterator[Path]:
    root = settings.dbt_project
    for path in sorted(root.rglob("*")):
        if path.suffix in _SUFFIXES and path.relative_to(root).parts[0] not in _IGNORED:
            yield path
    yield from sorted(settings.seeds.glob("*.csv"))
