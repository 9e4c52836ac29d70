"""``avance read`` on hostile files: a clean message and an exit code, no stack and no command to the terminal."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from dagster_project import settings
from dagster_project.command import read as command
from dagster_project.command.terminal_text import escape, printable
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.text.legible import legible

ROW = "2.3.1\t100.- {}\tApoyo\t10\t1\t1\t2\t0\t3\t0\t4\t0\t1\t10%\n"
PAGE = (
    "PROGRAMA OPERATIVO ANUAL 2022\nAVANCE FISICO PROGRAMATICO\nRAMO: 54 X\nPROGRAMA: 541 Y\nFECHA: ENERO-MARZO 2022\n"
)


@pytest.mark.parametrize(
    "text", ["[bold red]x[/nada]", "[/]", "\x1b[31mrojo\x07", "\u202eadot", "{0}%s", "[link=x]y[/link]"]
)
def test_the_table_shows_a_text_as_it_is(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither markup nor escape sequences of a description do anything; what nobody sees is not read at all."""
    file = tmp_path / "a.txt"
    file.write_text(PAGE + ROW.format(text))
    assert command.read(file, as_json=False) == 0
    said = capsys.readouterr().out
    assert "\x1b[31m" not in said
    assert "\u202e" not in said
    assert escape(legible(text))[:6].replace("\\[", "[") in said


def test_the_name_of_a_refused_file_is_spelled_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also one that is no UTF-8."""
    file = tmp_path / os.fsdecode(b"\x1b[2J\xff.txt")
    file.write_bytes(b"\0")
    assert command.read(file, as_json=True) == 2
    said = capsys.readouterr().err
    assert "\\x1b[2J" in said
    assert "NUL byte" in said


def test_a_damaged_catalogue_is_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line that cannot be used is named."""
    seeds = tmp_path / "seeds"
    shutil.copytree(RAIZ / "seeds", seeds, ignore=shutil.ignore_patterns("extracts"))
    (seeds / "entes.csv").write_text("ente_codigo,ente_nombre,entidad_federativa\n02002\n")
    (tmp_path / "a.txt").write_text(PAGE + ROW.format("x"))
    changed = settings.Settings(tmp_path, tmp_path, tmp_path, own_seeds=seeds)
    monkeypatch.setattr(command, "get_settings", lambda: changed)
    assert command.read(tmp_path / "a.txt", as_json=True) == 2
    assert "entes.csv, line 2" in capsys.readouterr().err


def test_a_defect_of_the_reader_is_said_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads a file is told that it is our failure, and shown no stack."""

    def broken(*_: object) -> object:
        raise RecursionError("deep")

    monkeypatch.setattr(command, "read_lines", broken)
    file = sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0]
    assert command.read(file, as_json=True) == 2
    assert "the reader failed: RecursionError: deep" in capsys.readouterr().err


def test_json_is_printed_where_the_terminal_knows_ascii_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same objects, escaped."""
    (tmp_path / "a.txt").write_text(PAGE + ROW.format("niñez"))
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert command.read(tmp_path / "a.txt", as_json=True) == 0
    out.flush()
    assert json.loads(out.buffer.getvalue())["descripcion"] == "niñez"  # type: ignore[attr-defined]


def test_tabs_and_line_ends_stay_and_lists_stay_lists() -> None:
    """What parts words and lines is no harm, unless the text stands for one line."""
    assert printable("a\tb\nc\x00\x9b") == "a\tb\nc\\x00\\x9b"
    assert escape("a\nb", one_line=True) == "a\\nb"


def test_a_setting_that_cannot_be_used_is_no_failure_of_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, whatever the file."""
    monkeypatch.setenv("AVANCE_WORKERS", "abc")
    file = tmp_path / "a.txt"
    file.write_text(PAGE + ROW.format("Regar"))
    assert command.read(file, as_json=False) == 2
    said = capsys.readouterr().err
    assert said.startswith("AVANCE_WORKERS is 'abc'")
