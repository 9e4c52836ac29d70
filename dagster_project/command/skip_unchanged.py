"""What the last good run was made of, so that the same again is confirmed instead of made again.

Belongs here: the fingerprint of everything a run depends on, and the note of it. Does not
belong here: finer reuse (the load knows extracts by their bytes, the publication by its content).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dagster_project.command.run_facts import RunFacts, facts_from_json
from dagster_project.settings import PACKAGE, RAIZ, Settings
from dagster_project.warehouse.files.budget import OF_EXTRACTS, OF_INBOX, folder_state
from dagster_project.warehouse.publish.publication import PointerError, publicacion_vigente
from dagster_project.warehouse.publish.verify import damages
from dagster_project.warehouse.state.fingerprint import (
    PASSED_OVER,
    files_fingerprint,
    fingerprint,
    sources_fingerprint,
    stamp,
)

NOTE = "confirmed.json"


@dataclass(frozen=True, slots=True)
class GoodRun:
    """The last good run: when it ended (ISO 8601), what it did, how long its stages took."""

    at: str
    facts: RunFacts
    seconds: dict[str, float]


def inputs_hash(settings: Settings, year: int | None) -> str:
    """Hash of code, dependencies, dbt project, seeds, extracts and inbox: all that a run reads."""
    folders = [folder_state(settings.extracts, OF_EXTRACTS), folder_state(settings.inbox, OF_INBOX)]
    return fingerprint([year, settings.ente, files_fingerprint(_inputs(settings)), sources_fingerprint(), folders])


def read_stamp(settings: Settings) -> str:
    """Whether anything that a run reads was touched, also where it holds the same again: see ``stamp``."""
    return stamp([settings.seeds, settings.extracts, settings.inbox, settings.dbt_project, PACKAGE])


def last_good_run(settings: Settings, inputs: str) -> GoodRun | None:
    """The last good run, if one of ``inputs`` (``inputs_hash``) would come out the same and all it made is there.

    The published files are read last: of a run that is not the same, not at all.
    """
    try:
        note = json.loads((settings.home / NOTE).read_text(encoding="utf-8"))
        last = GoodRun(note["at"], facts_from_json(note["facts"]), note["seconds"])
        warehouse, wanted = note["warehouse"], note["fingerprint"]
        version = publicacion_vigente(settings.published)
        stamp = _stamp(settings.warehouse)
    except (OSError, ValueError, KeyError, TypeError, PointerError):
        return None
    if version is None or version.version != last.facts.publication.get("version"):
        return None
    if warehouse != stamp or wanted != inputs:
        return None
    return None if damages(settings.published) else last


def remember(settings: Settings, inputs: str, facts: RunFacts, seconds: dict[str, float]) -> None:
    """Note a good run; ``inputs`` is the fingerprint taken before it began."""
    note = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "fingerprint": inputs,
        "warehouse": _stamp(settings.warehouse),
        "facts": asdict(facts),
        "seconds": seconds,
    }
    fresh = settings.home / f"{NOTE}.new"
    fresh.write_text(json.dumps(note, ensure_ascii=False, default=str), encoding="utf-8")
    fresh.replace(settings.home / NOTE)


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


def _stamp(path: Path) -> list[int]:
    """Size and time of the last write: the pipeline's file is large, and only runs write to it."""
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]
