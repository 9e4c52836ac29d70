"""An input that is swapped while a run reads it, and swapped back: the next run is not confirmed, it looks again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from dagster_project import settings as settings_module
from dagster_project.command import run as command
from dagster_project.notices.run_facts import RunFacts
from dagster_project.settings import RAIZ, Settings, get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.versions import publish

INPUTS = {
    "extract": "extracts/2022/a.txt",
    "inbox": "home/inbox/b.txt",
    "register": "seeds/extractos.csv",
    "decision": "seeds/correcciones.csv",
    "catalogue": "seeds/unidades.csv",
    "model": "dbt/models/m.sql",
}
STAGES = ("stamp", "hash", "load", "end")
"""When the run has looked at the clock of its inputs, has hashed them, is at work, and looks again."""


class Runs:
    """Runs of the command whose load is a publication and nothing else; what is done at each stage of the next."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.loads = root, 0
        self.at: dict[str, Callable[[], object]] = {}
        monkeypatch.setattr(settings_module.Settings.__init__, "__defaults__", (None, root, None, None))
        monkeypatch.setenv("AVANCE_HOME", str(root / "home"))
        monkeypatch.setenv("AVANCE_EXTRACTS", str(root / "extracts"))
        for name in ("read_stamp", "inputs_hash"):
            monkeypatch.setattr(command, name, self._then(getattr(command, name)))
        monkeypatch.setattr(command, "_execute", self._load)
        monkeypatch.setattr(command, "show_summary", lambda *_, **__: None)

    def _then(self, look: Callable) -> Callable:
        def looked(*given):
            if look.__name__ == "read_stamp" and self.loaded:
                self._pass("end")
            found = look(*given)
            self._pass("stamp" if look.__name__ == "read_stamp" else "hash")
            return found

        return looked

    def _pass(self, stage: str) -> None:
        self.at.pop(stage, lambda: None)()

    def _load(self, settings: Settings, progress: object, year: int | None) -> RunFacts:
        self.loads += 1
        self.loaded = True
        self._pass("load")
        with open_warehouse(settings.warehouse) as con:
            con.execute("create schema if not exists marts; create or replace table marts.dim_unidad as select 1 as u")
        version = publish(settings.warehouse, settings.published, "corrida", {})
        return RunFacts("corrida", True, publication={"version": version.version})

    def run(self) -> bool:
        """Run once; whether anything was loaded, and the last run not confirmed."""
        before, self.loaded = self.loads, False
        said = StringIO()
        assert command.run(Console(file=said), year=None, extracts=None, force=False, verbose=False) == 0, (
            said.getvalue()
        )
        return self.loads > before


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """A home after a run, with an input of each kind."""
    shutil.copytree(RAIZ / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("extracts"))
    for place in INPUTS.values():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    (tmp_path / "home").chmod(0o700)
    made = Runs(tmp_path, monkeypatch)
    assert get_settings().seeds == tmp_path / "seeds"
    assert made.run()
    assert not made.run(), "the same again is confirmed"
    return made


@pytest.mark.parametrize("kind", INPUTS)
@pytest.mark.parametrize(("there", "back"), [("stamp", "load"), ("hash", "end"), ("load", "load"), ("stamp", "hash")])
def test_what_was_swapped_and_swapped_back_confirms_nothing(runs: Runs, kind: str, there: str, back: str) -> None:
    """Content and time of writing are what they were when the run began; the run may have read either."""
    file = runs.root / INPUTS[kind]
    held = file.read_bytes()
    aside = runs.root / "aside"

    def swap() -> None:
        shutil.copy2(file, aside)
        file.write_bytes(held + b"\n")

    def swap_back() -> None:
        aside.replace(file)

    (runs.root / "extracts" / "nuevo.txt").write_text(f"{kind} {there} {back}")  # something to load
    at = {there: swap}
    at[back] = (lambda: (swap(), swap_back())) if there == back else swap_back
    runs.at = at
    assert runs.run()
    assert runs.at == {}, "it was swapped and swapped back"
    assert file.read_bytes() == held
    assert runs.run(), "nobody knows which of the two was read"
    assert not runs.run()
