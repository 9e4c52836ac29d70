"""``avance read`` of a scan: looked at once, however often it is read, by a real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.command.read import print_words
from dagster_project.settings import RAIZ
from dagster_project.sources import reading
from dagster_project.warehouse.files.looked_pages import FOLDER

SCAN = RAIZ / "tests" / "data" / "documents" / "scanned_row.pdf"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_scan_that_is_read_again_is_not_looked_at_again(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a home that nothing was loaded into, closed to others; the words are the same."""
    pytest.importorskip("rapidocr", reason="what reads images comes with the extra (make ocr)")
    looked: list[int] = []
    look = reading.looked_at
    monkeypatch.setattr(reading, "looked_at", lambda *given: (looked.append(1), look(*given))[1])
    said = set()
    for _ in range(6):
        assert print_words(SCAN) == 0
        said.add(capsys.readouterr().out)
    assert (len(said), len(looked)) == (1, 1)
    assert said.pop().count("\n") == 8
    assert home.stat().st_mode & 0o077 == 0
    assert len(list((home / "originals" / FOLDER).iterdir())) == 1


def test_without_the_engine_the_command_to_type_is_said_and_no_home_is_made(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a checkout, and of an installed wheel, which has no make."""
    monkeypatch.setattr(reading.ocr.importlib.util, "find_spec", lambda name: None)
    assert print_words(SCAN) == 2
    said = capsys.readouterr().err
    assert "`make ocr`" in said
    assert "pip install 'avance[ocr]'" in said
    assert not home.exists()


def test_a_home_that_cannot_be_written_to_keeps_nobody_from_reading(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands in its place; the scan is looked at each time."""
    pytest.importorskip("rapidocr", reason="what reads images comes with the extra (make ocr)")
    home.write_text("")
    assert print_words(SCAN) == 0
