"""``make audit``: the locked packages against a file of advisories, with no network.

The file is the export of osv.dev for PyPI (``all.zip``: one JSON advisory a member), which somebody
fetches and carries here; pip-audit asks a service a package instead. Not here: fetching, and judging
what an advisory means for us.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def locked(requirements: Path) -> dict[str, Version]:
    """The packages of a lock file with their versions."""
    found = (_PIN.match(line) for line in requirements.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(m[1]): Version(m[2]) for m in found if m}


def affecting(advisories: Path, packages: dict[str, Version]) -> Iterator[str]:
    """A line for each advisory that speaks of a locked version: package, version, id, summary.

    Raises:
        ValueError: the file holds no advisory: an empty answer must not look like a clean one.
    """
    seen = 0
    with zipfile.ZipFile(advisories) as archive:
        for member in archive.namelist():
            if member.endswith(".json"):
                advisory = json.loads(archive.read(member))
                seen += 1
                if not advisory.get("withdrawn"):
                    yield from _hits(advisory, packages)
    if not seen:
        raise ValueError(f"{advisories} holds no advisory")


def _hits(advisory: dict[str, Any], packages: dict[str, Version]) -> Iterator[str]:
    for affected in advisory.get("affected", ()):
        package = affected.get("package", {})
        version = packages.get(canonicalize_name(package.get("name", "")))
        if version is None or package.get("ecosystem", "PyPI") != "PyPI":
            continue
        if str(version) in affected.get("versions", ()) or any(_within(r, version) for r in affected.get("ranges", ())):
            yield f"{package['name']} {version}: {advisory.get('id')} {advisory.get('summary', '')}".rstrip()


def _within(span: dict[str, Any], version: Version) -> bool:
    """Whether a version lies in a range: introduced at or before it, and neither fixed nor passed by then."""
    if span.get("type") != "ECOSYSTEM":
        return False
    inside = False
    for event in sorted(span.get("events", ()), key=lambda e: _version(next(iter(e.values())))):
        kind, text = next(iter(event.items()))
        at = _version(text)
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def main(requirements: str, advisories: str) -> int:
    """Print what is affected; 1 where anything is."""
    packages = locked(Path(requirements))
    hits = sorted(set(affecting(Path(advisories), packages)))
    for hit in hits:
        print(hit)
    print(f"{len(packages)} locked packages, {len(hits)} advisories on them")
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
