"""What waits for the catalogues, as the last load left it: a note in the home, so that who only looks need not ask the
pipeline's file, which a run may hold.

In here: the note, by municipality and file. Not in here: the lines (``propose``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dagster_project.proposals.proposal import FILES, Proposal

NOTE = "por_catalogar.json"

SHARED = ""
"""The key of what belongs to no municipality: measures."""


def note_waiting(home: Path, proposals: Sequence[Proposal]) -> None:
    """Write how many lines that may be written wait, by municipality and file.

    Raises:
        OSError: the note cannot be written.
    """
    found: dict[str, Counter[str]] = {}
    for proposal in proposals:
        if not proposal.doubt:
            found.setdefault(proposal.ente or SHARED, Counter())[proposal.file] += 1
    fresh = home / f"{NOTE}.new"
    fresh.write_text(json.dumps(found, sort_keys=True), encoding="utf-8")
    fresh.replace(home / NOTE)


def waiting(home: Path, ente: str | None = None) -> dict[str, int]:
    """How many lines wait, by file in the order of the files; of one ``ente`` and of all that share, or of everybody.

    A home without a note, or with one that cannot be read, says that nothing is known to wait.
    """
    try:
        noted = json.loads((home / NOTE).read_text(encoding="utf-8"))
        found: Counter[str] = Counter()
        for its_ente, files in noted.items():
            if ente is None or its_ente in (ente, SHARED):
                found.update(files)
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    return {name: found[name] for name in FILES if found[name]}
