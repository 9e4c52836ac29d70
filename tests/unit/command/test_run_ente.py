"""``avance run --ente``: a key that is none is said before anything is touched."""

from __future__ import annotations

from typer.testing import CliRunner

from dagster_project.cli import app


def test_a_name_in_the_place_of_a_key_does_not_start(monkeypatch, tmp_path):
    """AVANCE_ENTE=Tijuana was accepted in silence; the key that is meant is named."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AVANCE_EXTRACTS", str(tmp_path))
    monkeypatch.setenv("AVANCE_ENTE", "")
    done = CliRunner().invoke(app, ["run", "--ente", "Tijuana"])
    assert done.exit_code == 2
    assert "02004 (Tijuana, Baja California)" in " ".join(done.output.split())
    assert not (tmp_path / "home").exists()
