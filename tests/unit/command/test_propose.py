"""``avance propose``: what it prints, writes and returns."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace

import duckdb
import pytest
from rich.console import Console

from dagster_project.command import propose as command
from dagster_project.proposals.seen import pages_seen
from dagster_project.proposals.waiting import waiting
from dagster_project.settings import RAIZ, get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from tests.support.seen_pages import seen

WHOLE = seen("2024-T1", ruta="a.txt", measures=("Trámite",))
DAMAGED = seen("2024-T1", ("31107", "JEFATURA DE MUSEOS"), ruta="b.txt", damaged=True)
UNIT = "02004,31101,Coordinación de Bibliotecas,31,311,2024-01-01,"


@pytest.fixture
def home(monkeypatch, tmp_path):
    """Settings of a home with seeds of its own, in which two pages were read."""
    shutil.copytree(RAIZ / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("extracts"))
    settings = replace(get_settings({"AVANCE_HOME": str(tmp_path / "home")}), root=tmp_path)
    monkeypatch.setattr(command, "get_settings", lambda: settings)
    monkeypatch.setattr(command, "pages_seen", lambda con: [WHOLE, DAMAGED])
    with open_warehouse(settings.warehouse):
        return settings


def ask(ente: str | None = None, *, write: bool = False) -> tuple[int, str]:
    """Exit code and words."""
    console = Console(width=80, file=io.StringIO())
    return command.propose_lines(console, ente, write), console.file.getvalue()


def test_lines_are_shown_with_their_evidence_and_nothing_is_written(home):
    """What damaged pages alone say comes commented out."""
    before = {path.name: path.read_bytes() for path in home.seeds.glob("*.csv")}
    code, said = ask()
    assert code == 0
    lines = said.splitlines()
    assert lines[lines.index(UNIT) - 1].startswith("# 1 page, 2024-T1, first a.txt:1")
    assert "#02004,31107,Jefatura de Museos,31,311,2024-01-01," in lines
    assert str(home.seeds / "unidades.csv") in lines
    assert {path.name: path.read_bytes() for path in home.seeds.glob("*.csv")} == before


def test_write_appends_them_and_says_what_is_left_to_a_person(home):
    """The note of what waits forgets them; asked again, only what is in doubt is left."""
    code, said = ask(write=True)
    assert code == 0
    assert (home.seeds / "unidades.csv").read_text("utf-8").endswith(UNIT + "\n")
    assert "31107" not in (home.seeds / "unidades.csv").read_text("utf-8")
    assert "write the plan's name" in said
    assert waiting(home.home) == {}
    assert UNIT not in ask()[1]


def test_a_municipality_of_which_nothing_was_read(home):
    """It is said which there are."""
    code, said = ask("02009")
    assert code == 1
    assert "there are pages of 02004" in said


def test_before_the_first_run(home):
    """There is nothing to propose from."""
    home.warehouse.unlink()
    code, said = ask()
    assert code == 1
    assert "avance run" in " ".join(said.split())


def test_a_seed_file_that_cannot_be_read_writes_nothing(home):
    """Exit code 2 and the line that is wrong."""
    path = home.seeds / "programas.csv"
    path.write_text(path.read_text("utf-8") + "una,coma,de,mas\n", encoding="utf-8")
    units = (home.seeds / "unidades.csv").read_bytes()
    code, said = ask(write=True)
    assert code == 2
    assert "programas.csv, line" in said
    assert (home.seeds / "unidades.csv").read_bytes() == units


def test_what_waits_is_a_sentence():
    """The end of the summary and of ``status``; nothing where nothing does."""
    assert command.waiting_line({}) is None
    assert command.waiting_line({"planes.csv": 1, "unidades.csv": 6}, "02004") == (
        "Not in the catalogues yet: 1 plan, 6 units. avance propose --ente 02004 shows the lines."
    )


def test_a_home_of_another_release_is_told_to_run_first(home, monkeypatch):
    """Its tables are not those that are asked; no stack is printed."""
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("drop table raw.formatos")
    monkeypatch.setattr(command, "pages_seen", pages_seen)
    code, said = ask()
    assert code == 2
    assert "avance run" in " ".join(said.split())


def test_a_home_that_cannot_be_looked_into_is_said(monkeypatch):
    """Closed to this user, or a name that the system does not take: a traceback it was."""
    monkeypatch.setattr(command, "get_settings", lambda: get_settings({"AVANCE_HOME": "/" + "x" * 300}))
    code, said = ask()
    assert (code, "Not done" in said, "File name too long" in said) == (2, True, True)
