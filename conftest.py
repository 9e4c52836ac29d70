"""The real command on the real extract: one home loaded once, copied by tests that change it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import RAIZ
from tests.support.scanned_home import put_scan
from tests.support.shared import made_once

ROOT = RAIZ
EXTRACT = ROOT / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"


@dataclass(frozen=True)
class Casa:
    """A home and a folder of extracts, with the command bound to them."""

    home: Path
    extracts: Path
    seeds: Path | None = None
    """Catalogues and decisions; None: those of the checkout."""

    settings: dict[str, str] = field(default_factory=dict)
    """Other variables that the command is given."""

    @property
    def env(self) -> dict[str, str]:
        """The environment of the command, with nothing of this test run in it."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("AVANCE_", "DAGSTER_", "DBT_"))}
        env |= {"AVANCE_HOME": str(self.home), "AVANCE_EXTRACTS": str(self.extracts), "COLUMNS": "200"}
        return env | ({"AVANCE_SEEDS": str(self.seeds)} if self.seeds else {}) | self.settings

    def avance(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Run the installed command, as a user would."""
        command = [str(Path(sys.executable).parent / "avance"), *args]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, cwd=self.home.parent, timeout=300)

    def told(self) -> list[str]:
        """The events that were told, the oldest first."""
        log = self.home / "avisos.jsonl"
        lines = map(json.loads, log.read_text(encoding="utf-8").splitlines() if log.exists() else [])
        return [line["evento"] for line in lines if "evento" in line]

    def query(self, sql: str) -> list[tuple]:
        """Ask the published version."""
        with duckdb.connect(str(self.home / "published" / "avance.duckdb"), read_only=True) as con:
            return con.execute(sql).fetchall()

    def warehouse(self, sql: str) -> list[tuple]:
        """Ask (or change) the pipeline's own file."""
        with duckdb.connect(str(self.home / "warehouse.duckdb")) as con:
            return con.execute(sql).fetchall()


def _made(folder: Path) -> Casa:
    (folder / "extracts" / "2022").mkdir(parents=True)
    shutil.copy2(EXTRACT, folder / "extracts" / "2022")
    return Casa(folder / "home", folder / "extracts")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """A home after the first run on the real extract, with what the run said; not to be changed."""

    def load(folder: Path) -> None:
        done = _made(folder).avance("run")
        assert done.returncode == 0, done.stdout + done.stderr
        (folder / "said.json").write_text(json.dumps([done.args, 0, done.stdout, done.stderr]), encoding="utf-8")

    folder = made_once(tmp_path_factory, "loaded", load)
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    return Casa(folder / "home", folder / "extracts"), subprocess.CompletedProcess(*said)


@pytest.fixture(scope="session")
def scanned(tmp_path_factory):
    """A home whose one extract is a scan, its words read before; not to be changed."""

    def load(folder: Path) -> None:
        home = Casa(folder / "home", folder / "extracts")
        home.home.mkdir(mode=0o700)
        put_scan(home.home, home.extracts)
        done = home.avance("run")
        assert done.returncode == 0, done.stdout + done.stderr

    folder = made_once(tmp_path_factory, "scanned", load)
    return Casa(folder / "home", folder / "extracts")


@pytest.fixture
def casa(loaded, tmp_path):
    """A copy of the loaded home, for a test that changes it."""
    first, _ = loaded
    shutil.copytree(first.home, tmp_path / "home", symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
    shutil.copytree(first.extracts, tmp_path / "extracts")
    return Casa(tmp_path / "home", tmp_path / "extracts")


def pytest_unconfigure() -> None:
    """Let pytest's own closing line be the last.

    DuckDB 2.0 prints "nanobind: leaked …" to standard error while the interpreter is taken
    down; it is cosmetic, and may go from here when it no longer does.
    """
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))


@pytest.fixture
def empty(tmp_path):
    """An empty home and an empty folder of extracts."""
    (tmp_path / "extracts").mkdir()
    return Casa(tmp_path / "home", tmp_path / "extracts")
