"""What the last good run was made of, so that the same again is confirmed instead of made again.

Belongs here: the note of the last good run. Does not belong here: the hash of everything a run depends on
(``defs.unchanged``), and finer reuse (the load knows extracts by their bytes, the publication by its content).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from dagster_project.defs.unchanged import NOTE, file_stamp
from dagster_project.notices.run_facts import RunFacts, facts_from_json
from dagster_project.settings import PACKAGE, Settings
from dagster_project.warehouse.publish.publication import PointerError, publicacion_vigente
from dagster_project.warehouse.publish.verify import damages
from dagster_project.warehouse.state.fingerprint import stamp


@dataclass(frozen=True, slots=True)
class GoodRun:
    """The last good run: when it ended (ISO 8601), what it did, how long its stages took."""

    at: str
    facts: RunFacts
    seconds: dict[str, float]


def read_stamp(settings: Settings) -> str:
    """Whether anything that a run reads was touched, also where it holds the same again: see ``stamp``."""
    return stamp([settings.seeds, settings.extracts, settings.inbox], code=[settings.dbt_project, PACKAGE])


def last_good_run(settings: Settings, inputs: str) -> GoodRun | None:
    """The last good run, if one of ``inputs`` (``inputs_hash``) would come out the same and all it made is there.

    The published files are read last: of a run that is not the same, not at all.
    """
    try:
        note = json.loads((settings.home / NOTE).read_text(encoding="utf-8"))
        last = GoodRun(note["at"], facts_from_json(note["facts"]), note["seconds"])
        warehouse, wanted = note["warehouse"], note["fingerprint"]
        version = publicacion_vigente(settings.published)
        left = file_stamp(settings.warehouse)
    except (OSError, ValueError, KeyError, TypeError, PointerError):
        return None
    if version is None or version.version != last.facts.publication.get("version"):
        return None
    if warehouse != left or wanted != inputs:
        return None
    return None if damages(settings.published) else last


def remember(settings: Settings, inputs: str, facts: RunFacts, seconds: dict[str, float]) -> None:
    """Note a good run; ``inputs`` is the fingerprint taken before it began."""
    note = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "fingerprint": inputs,
        "warehouse": file_stamp(settings.warehouse),
        "facts": asdict(facts),
        "seconds": seconds,
    }
    fresh = settings.home / f"{NOTE}.new"
    fresh.write_text(json.dumps(note, ensure_ascii=False, default=str), encoding="utf-8")
    fresh.replace(settings.home / NOTE)
