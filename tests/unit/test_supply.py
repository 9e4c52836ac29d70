"""What is installed was locked: every package by hash, from wheels alone, and no lock names a host."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from dagster_project.settings import RAIZ

LOCKS = sorted(RAIZ.glob("requirements*.txt"))
MAKEFILE = (RAIZ / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_every_package_of_a_lock_has_its_version_and_hashes(lock: Path) -> None:
    """And nothing says where it comes from: that is the installer's own setting."""
    text = lock.read_text(encoding="utf-8")
    packages = [part for part in re.split(r"\n(?=\S)", text.strip()) if not part.startswith("#")]
    assert packages
    for package in packages:
        assert re.match(r"[A-Za-z0-9._-]+(\[[^\]]+\])?==\S+", package), package
        assert "--hash=sha256:" in package, package
    assert "://" not in text


def test_whatever_make_installs_goes_through_the_same_flags() -> None:
    """The project itself apart, which fetches nothing."""
    lines = [line for line in MAKEFILE.splitlines() if "pip install" in line and not line.startswith("#")]
    assert len(lines) == 3
    assert all("$(PIP_FLAGS)" in line or "--no-index" in line for line in lines)


def _source_package(folder: Path) -> str:
    """A package of which there is no wheel; returns its hash."""
    path = folder / "sin_rueda-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in {
            "PKG-INFO": "Metadata-Version: 2.1\nName: sin-rueda\nVersion: 1.0\n",
            "setup.py": "raise SystemExit('its code was run')\n",
        }.items():
            entry = tarfile.TarInfo(f"sin_rueda-1.0/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("guarded", [True, False], ids=["as make installs", "without the rule"])
def test_no_code_is_run_to_build_a_package(tmp_path: Path, guarded: bool) -> None:
    """A locked source package is refused unread; without the rule its hash lets it run."""
    found = re.search(r"^PIP_FLAGS := (.*)$", MAKEFILE, re.M)
    assert found
    flags = found[1].split() if guarded else ["--require-hashes"]
    lock = tmp_path / "requirements.txt"
    lock.write_text(f"sin-rueda==1.0 --hash=sha256:{_source_package(tmp_path)}\n")
    where = [
        "--no-index",
        "--find-links",
        str(tmp_path),
        "--no-build-isolation",
        "--dry-run",
        "--target",
        str(tmp_path),
    ]
    command = [sys.executable, "-m", "pip", "install", *flags, *where, "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert ("its code was run" in done.stdout + done.stderr) is not guarded
