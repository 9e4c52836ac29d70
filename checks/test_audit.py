"""The offline audit finds a locked version in an advisory's versions or range, and says nothing of others."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from checks.audit import affecting, locked, main
from dagster_project.settings import RAIZ

LOCKED = {"alfa-beta": Version("1.4")}


def _advisories(folder: Path, *affected: dict[str, Any], **more: Any) -> Path:
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, one in enumerate(affected):
            content = {"id": f"A-{number}", "summary": "s", "affected": [one], **more}
            archive.writestr(f"A-{number}.json", json.dumps(content))
    return path


def _range(*events: tuple[str, str], name: str = "Alfa_Beta") -> dict[str, Any]:
    span = {"type": "ECOSYSTEM", "events": [{kind: at} for kind, at in events]}
    return {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": [span]}


@pytest.mark.parametrize(
    ("affected", "hit"),
    [
        pytest.param(_range(("introduced", "0"), ("fixed", "1.5")), True, id="before the fix"),
        pytest.param(_range(("introduced", "0"), ("fixed", "1.4")), False, id="at the fix"),
        pytest.param(_range(("introduced", "1.4"), ("last_affected", "1.4")), True, id="the last affected"),
        pytest.param(_range(("introduced", "1.5")), False, id="introduced later"),
        pytest.param(_range(("introduced", "0"), ("fixed", "1.1"), ("introduced", "1.3")), True, id="again"),
        pytest.param(_range(("introduced", "0"), name="otro"), False, id="another package"),
        pytest.param({"package": {"name": "alfa.beta", "ecosystem": "PyPI"}, "versions": ["1.4"]}, True, id="listed"),
    ],
)
def test_finds_what_is_affected(tmp_path: Path, affected: dict[str, Any], hit: bool) -> None:
    """Names are compared as the index does, versions as versions."""
    assert bool(list(affecting(_advisories(tmp_path, affected), LOCKED))) is hit


def test_withdrawn_advisories_do_not_count(tmp_path: Path) -> None:
    """Nor does an empty file pass for a clean one."""
    gone = _advisories(tmp_path, _range(("introduced", "0")), withdrawn="2024-01-01T00:00:00Z")
    assert not list(affecting(gone, LOCKED))
    with pytest.raises(ValueError, match="no advisory"):
        list(affecting(_advisories(tmp_path), LOCKED))


def test_reads_every_pin_of_the_lock(tmp_path: Path) -> None:
    """As many packages as the lock file pins, with exit code 1 where one is affected."""
    path = RAIZ / "requirements.txt"
    pins = [line for line in path.read_text(encoding="utf-8").splitlines() if "==" in line and line[0].isalnum()]
    assert len(locked(path)) == len({pin.split("==")[0].split("[")[0] for pin in pins}) > 100
    assert main(str(path), str(_advisories(tmp_path, _range(("introduced", "0"), name="duckdb")))) == 1
    assert main(str(path), str(_advisories(tmp_path, _range(("introduced", "999"), name="duckdb")))) == 0
