"""What ``avance run`` refuses to begin with: settings that name nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from dagster_project import settings
from dagster_project.command.run import run
from dagster_project.reference.seed_folder import write_templates
from dagster_project.warehouse.db.exchange import note_moves


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("AVANCE_ENTE", "Tijuana", "is it 02004 (Tijuana, Baja California)?"),
        ("AVANCE_ENTE", "2002", "no key of seeds/entes.csv"),
        ("AVANCE_WORKERS", "0", "no number of processes"),
        ("AVANCE_WORKERS", "dos", "no number of processes"),
        ("AVANCE_CSV", "nein", "neither yes nor no"),
        ("AVANCE_ENGINE", "oracle", "neither duckdb nor spark"),
        ("AVANCE_TIME_ZONE", "Tijuana", "no time zone such as America/Mexico_City"),
        ("AVANCE_EXTRACTS", "/" + "x" * 300, "File name too long"),
    ],
)
def test_a_setting_that_names_nothing_stops_a_run_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    """Said in words with what to do, exit 2, and the home untouched."""
    home = tmp_path / "home"
    monkeypatch.setenv("AVANCE_HOME", str(home))
    monkeypatch.setenv(variable, value)
    out = StringIO()
    assert run(Console(file=out, width=400), year=None, extracts=None, force=False, verbose=False) == 2
    assert said in out.getvalue()
    assert not home.exists()


def test_seeds_that_a_killed_restore_had_set_aside_are_there_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come into their place before they are looked at: what stops this run is asked after them."""
    home = tmp_path / "home"
    (home / ".restoring").mkdir(parents=True)
    home.chmod(0o700)
    write_templates(home / ".restoring" / "seeds", settings.RAIZ / "seeds")
    own = home / "seeds"
    aside = home / "before-restore-1"
    note_moves(home, aside, [(own, aside / "seeds"), (home / ".restoring" / "seeds", own)])
    monkeypatch.setenv("AVANCE_HOME", str(home))
    monkeypatch.setenv("AVANCE_SEEDS", str(own))
    monkeypatch.setenv("AVANCE_WORKERS", "dos")
    out = StringIO()
    assert run(Console(file=out, width=400), year=None, extracts=None, force=False, verbose=False) == 2
    assert "no number of processes" in out.getvalue()


def test_spark_that_is_not_installed_stops_a_run_with_the_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where half of it is."""
    monkeypatch.setattr(settings, "find_spec", lambda name: None if "spark" in name and "." in name else object())
    with pytest.raises(ValueError, match="not installed here: make spark"):
        settings.engine({"AVANCE_ENGINE": "spark"})
    assert settings.engine({}) == settings.engine({"AVANCE_ENGINE": " duckdb "}) == "duckdb"
