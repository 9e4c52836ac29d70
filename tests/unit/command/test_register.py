"""``avance approve`` and ``avance retire``: which line of the register a file gets, however it is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project.cli import app
from dagster_project.reference.registry import load_registry
from dagster_project.warehouse.db.connection import open_warehouse

HEAD = "ruta,ente_codigo,publicado_en,fuente\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with an inbox and seeds of its own; the warehouse knows what ``known`` puts into it."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "extractos.csv").write_text(HEAD, encoding="utf-8")
    for name, folder in (("HOME", "."), ("SEEDS", "seeds"), ("EXTRACTS", "seeds")):
        monkeypatch.setenv(f"AVANCE_{name}", str(tmp_path / folder))
    umask = os.umask(0o077)
    yield tmp_path
    os.umask(umask)


def known(home: Path, **extracts: tuple[str, ...]) -> None:
    """Note the paths of some extracts as loaded."""
    with open_warehouse(home / "warehouse.duckdb") as con:
        for key, paths in extracts.items():
            con.executemany("insert into raw.rutas values (?, ?)", [[path, key] for path in paths])


def said(home: Path) -> dict[str, bool]:
    """Each path of the register, and whether it is retired."""
    return {path: entry.rechazado for path, entry in load_registry(home / "seeds").items()}


def typed(*words: str) -> tuple[int, str]:
    """Exit code and output of the command."""
    done = CliRunner().invoke(app, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("name", "ruta", "line"),
    [
        pytest.param(b"e\xcc\x81.txt", "inbox://e\u0301.txt", "inbox://\u00e9.txt", id="accent of its own"),
        pytest.param(b"latin\xe9.txt", r"inbox://latin\xe9.txt", r"inbox://latin\xe9.txt", id="no UTF-8"),
        pytest.param(b"a\\b.txt", r"inbox://a\\b.txt", r"inbox://a\\b.txt", id="backslash"),
        pytest.param(b"~x.txt", "inbox://~x.txt", "inbox://~x.txt", id="tilde"),
    ],
)
def test_a_file_is_found_by_its_path_on_disk(home: Path, name: bytes, ruta: str, line: str, monkeypatch) -> None:
    """What a shell completes is taken, whatever bytes the name has."""
    known(home, uno=(ruta,))
    file = home / "inbox" / os.fsdecode(name)
    file.touch()
    assert typed("retire", str(file), "--reason", "x")[0] == 0
    assert said(home) == {line: True}
    monkeypatch.chdir(home / "inbox")
    assert typed("retire", file.name, "--undo")[0] == 0
    assert said(home) == {line: False}


def test_a_link_goes_by_its_own_name(home: Path) -> None:
    """What it leads to may be no extract."""
    known(home, uno=("inbox://b.txt",))
    (home / "inbox" / ".a.txt").touch()
    (home / "inbox" / "b.txt").symlink_to(".a.txt")
    assert typed("retire", str(home / "inbox" / "b.txt"), "--reason", "x")[0] == 0
    assert said(home) == {"inbox://b.txt": True}


def test_a_retirement_is_taken_back_by_any_path_of_its_bytes(home: Path) -> None:
    """A line on one of them holds for all; of a file that no line speaks of none is written."""
    known(home, uno=("a.txt", "inbox://b.txt"), dos=("c.txt",))
    code, words = typed("retire", "a.txt", "--reason", "x")
    assert (code, "holds for its copies: inbox://b.txt" in words) == (0, True)
    code, words = typed("retire", "c.txt", "--undo")
    assert (code, "says nothing of c.txt" in " ".join(words.split())) == (0, True)
    assert said(home) == {"a.txt": True}
    assert typed("retire", "inbox://b.txt", "--undo")[0] == 0
    assert said(home) == {"a.txt": False}


def test_a_home_of_a_newer_release_is_said_in_a_sentence(home: Path) -> None:
    """It was a traceback."""
    known(home, uno=("a.txt",))
    with open_warehouse(home / "warehouse.duckdb") as con:
        con.execute("insert into raw.migraciones values (999, 'later', current_timestamp)")
    code, words = typed("retire", "a.txt", "--reason", "x")
    assert (code, "newer avance" in words) == (2, True)
    assert said(home) == {}


def test_a_file_is_approved_on_the_day_of_the_municipality(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server keeps the time of Greenwich, where the evening of June is July."""
    known(home, uno=("a.txt",))
    monkeypatch.setattr("dagster_project.settings.today", lambda: date(2022, 6, 30))
    assert typed("approve", "a.txt")[0] == 0
    assert load_registry(home / "seeds")["a.txt"].publicado_en == date(2022, 6, 30)


def test_a_clock_of_no_place_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a date that nobody gave."""
    monkeypatch.setenv("AVANCE_TIME_ZONE", "Tijuana")
    code, words = typed("approve", "a.txt")
    assert (code, "AVANCE_TIME_ZONE is 'Tijuana'" in words) == (2, True)
