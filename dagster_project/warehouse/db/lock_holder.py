"""Who holds the writer lock: what a holder writes into it, and how the others say its name.

Belongs here: the note in the lock file. Does not belong here: the lock (``lock``). The note
outlives a holder that was killed; it binds nobody, the lock itself does.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

LOCK_NAME = "writer.lock"

PATIENCE_SECONDS = 1.0
"""How long to wait for the note of a holder that has locked the file and not yet signed it."""


def write_holder(descriptor: int, token: str, what: str | None) -> None:
    """Sign the lock file: who holds it, since when, for what, and the token its children know."""
    who = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "command": what or " ".join(Path(a).name if i == 0 else a for i, a in enumerate(sys.argv))[:200],
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "token": token,
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(who).encode(), 0)


def token_of(home: Path) -> str | None:
    """The token in the lock file, None where it is not signed."""
    return _read(home / LOCK_NAME).get("token")


def name_holder(home: Path) -> str:
    """Say in one line who holds the writer lock of ``home``: process, host, what it does, since when.

    Between locking the file and signing it a holder cannot be known, and what stands there may
    be the note of one that was killed: such a note is given a moment to change, then doubted.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        who = _read(home / LOCK_NAME)
        if who and _may_live(who):
            return f"process {who.get('pid')} on {who.get('host')} ({who.get('command')}), since {who.get('since')}"
        if time.monotonic() >= deadline:
            break
        time.sleep(0.05)
    if not who:
        return "a process that left no name"
    return f"a process that process {who.get('pid')} ({who.get('command')}), itself ended, has left behind"


def _may_live(who: dict[str, str]) -> bool:
    """Whether the one who signed may still be there; of another machine nothing is known."""
    if who.get("host") != socket.gethostname():
        return True
    try:
        os.kill(int(who.get("pid", 0)), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:  # somebody else's, and alive
        return True
    return True


def _read(path: Path) -> dict[str, str]:
    try:
        who = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return who if isinstance(who, dict) else {}
