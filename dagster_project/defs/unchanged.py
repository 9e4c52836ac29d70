"""Whether a load by the clock would find anything new: what a run reads, hashed, and what the last good one had read.

Belongs here: the hash of everything a run depends on, the note of the command's last good run as far as it says so,
and the same for runs of the daemon. Does not belong here: what else the note holds (``command.skip_unchanged``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.defs.inbox_watch import LEFT_TAG
from dagster_project.settings import PACKAGE, RAIZ, Settings
from dagster_project.warehouse.files.budget import OF_EXTRACTS, OF_INBOX, folder_state
from dagster_project.warehouse.publish.publication import PointerError, publicacion_vigente
from dagster_project.warehouse.publish.verify import damages
from dagster_project.warehouse.state.fingerprint import (
    PASSED_OVER,
    files_fingerprint,
    fingerprint,
    sources_fingerprint,
)

if TYPE_CHECKING:
    from dagster import DagsterInstance  # seconds, and the command asks before it loads Dagster

NOTE = "confirmed.json"
"""What the command notes of its last good run, in the home."""

INPUTS_TAG = "avance/entradas"
"""The tag of a run that the clock asked for: the hash of what it was to read."""


def inputs_hash(settings: Settings, year: int | None) -> str:
    """Hash of code, dependencies, dbt project, seeds, extracts and inbox: all that a run reads."""
    folders = [folder_state(settings.extracts, OF_EXTRACTS), folder_state(settings.inbox, OF_INBOX)]
    return fingerprint([year, settings.ente, files_fingerprint(_inputs(settings)), sources_fingerprint(), folders])


def file_stamp(path: Path) -> list[int]:
    """Size and time of the last write: the pipeline's file is large, and only runs write to it."""
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def why_unchanged(instance: DagsterInstance, settings: Settings, inputs: str, job: str) -> str | None:
    """Why a load of ``inputs`` (``inputs_hash``) would only confirm what is published; None where it might not.

    It would where the command's last good run read the same and nothing wrote to the warehouse since, or where the last
    run of the job was asked for with the same and succeeded; and every published file is as it was written.
    """
    try:
        version = publicacion_vigente(settings.published)
        stamp = file_stamp(settings.warehouse)
    except (OSError, PointerError):
        return None
    if version is None:
        return None
    when = _confirmed_at(settings, inputs, stamp) or _loaded_at(instance, inputs, job)
    if when is None or damages(settings.published):
        return None
    return f"nada cambió desde la carga de {when}: {version.version} sigue en pie"


def _confirmed_at(settings: Settings, inputs: str, stamp: list[int]) -> str | None:
    """When the command's last good run ended, if it was of these inputs and the warehouse is as it left it."""
    try:
        note = json.loads((settings.home / NOTE).read_text(encoding="utf-8"))
        return str(note["at"]) if note["fingerprint"] == inputs and note["warehouse"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _loaded_at(instance: DagsterInstance, inputs: str, job: str) -> str | None:
    """The last run of the job, if it was asked for with these inputs, succeeded and left no file for another."""
    from dagster import RunsFilter

    last = instance.get_run_records(RunsFilter(job_name=job), limit=1)
    for record in last:
        run = record.dagster_run
        if run.is_success and run.tags.get(INPUTS_TAG) == inputs and LEFT_TAG not in run.tags:
            return record.create_timestamp.isoformat(timespec="seconds")
    return None


def _inputs(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Every file of ours that a run reads, with the name it goes by: where the folders lie changes nothing."""
    yield "requirements", RAIZ / "requirements.txt"
    folders = {
        "code": PACKAGE,
        "dbt": settings.dbt_project,
    }
    for kind, folder in folders.items():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            below = path.relative_to(folder)
            if path.is_file() and not PASSED_OVER.intersection(below.parts):
                yield f"{kind}/{below.as_posix()}", path
    for path in sorted(settings.seeds.glob("*.csv")):
        yield f"seeds/{path.name}", path
