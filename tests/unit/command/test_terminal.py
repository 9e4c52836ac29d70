"""No output ends a command, and no name of a file speaks to the terminal."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from dagster_project.cli import app
from dagster_project.command import progress
from dagster_project.command.progress import Progress, log_to_file
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.connection import open_warehouse

SAYS = """
from dagster_project.command.terminal import make_unbreakable
make_unbreakable()
import sys
from rich.console import Console
from typer.testing import CliRunner
for n in range(6000):
    Console().print(f"… ★ línea {n}")
sys.stderr.write("hasta el final\\n")
"""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_an_encoding_that_lacks_a_character_ends_nothing(encoding: str) -> None:
    """What it lacks is spelled out."""
    done = subprocess.run(
        [sys.executable, "-c", SAYS.replace("6000", "1")],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"hasta el final\n")
    assert done.stdout.decode(encoding).endswith("línea 0\n" if encoding != "ascii" else "l\\xednea 0\n")


@pytest.mark.parametrize("reader", ["| head -n 1", "> /dev/full"], ids=["head", "full disk"])
def test_a_reader_that_goes_and_a_full_disk_end_nothing(reader: str) -> None:
    """The command goes on to its end, and its exit code is its own."""
    command = f'"{sys.executable}" -c "$SAYS" {reader}; echo "${{PIPESTATUS[0]}}" >&2'
    env = {**os.environ, "SAYS": SAYS, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(["bash", "-c", command], env=env, capture_output=True, check=False)
    assert done.stderr == b"hasta el final\n0\n"


NAME = "[/b] [bold]\x1b]0;titulo\x07\x1b[2J\nERROR de otro.txt"


MARKUP = "[/x]"
COMMANDS = {
    "no home": ["status", "propose", "run", "verify", f"why {MARKUP} 100 {MARKUP}", "approve x.txt"],
    "no folder": [f"run --extracts /{MARKUP}"],
    "no port": [f"ui --host {MARKUP}"],
}


@pytest.mark.parametrize(("kind", "command"), [(kind, line) for kind, lines in COMMANDS.items() for line in lines])
def test_what_a_person_names_is_printed_literally(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, command: str
) -> None:
    """A home, folder, unit or host that looks like markup ended five commands in a traceback."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / (MARKUP if kind == "no home" else "home")))
    monkeypatch.setenv("AVANCE_EXTRACTS", str(tmp_path))
    done = CliRunner().invoke(app, command.split())
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in (1, 2, 3)
    assert MARKUP in "".join(done.output.split())


def test_a_file_that_was_loaded_forges_no_line_where_it_is_named(tmp_path: Path, monkeypatch) -> None:
    """The files that are there, where one is asked for that is not."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path))
    with open_warehouse(tmp_path / "warehouse.duckdb") as con:
        con.execute("insert into raw.rutas values (?, 'x')", [NAME])
    done = CliRunner().invoke(app, ["retire", "otro.txt", "--reason", "y"])
    assert r"\nERROR de otro.txt" in "".join(done.output.split("\n"))
    assert not [line for line in done.output.splitlines() if line.startswith("ERROR")]


def test_a_name_is_printed_literally_where_a_line_moves(capsys) -> None:
    """Markup in it is no markup (it ended every run that had a terminal), escapes do not reach the terminal."""
    console = Console(force_terminal=True, width=200, color_system=None)
    progress = Progress(console)
    with progress.drawn():
        progress.begin_stage("raw_extractos", NAME)
        progress.emit(logging.LogRecord("avance", logging.INFO, "", 0, NAME, None, None))
    shown = capsys.readouterr().out
    assert "\x1b]0" not in shown
    assert "\x1b[2J" not in shown


@pytest.mark.parametrize(
    "step",
    [sign * step for step in (timedelta(seconds=1), timedelta(days=1), timedelta(days=3650)) for sign in (1, -1)],
    ids=str,
)
def test_a_clock_that_is_set_removes_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: timedelta) -> None:
    """The last ones stay, those of a release that named them by the time before them."""

    class Clock(datetime):
        at = datetime(2026, 11, 27)

        @classmethod
        def now(cls, tz=None):
            cls.at += timedelta(milliseconds=1)
            return cls.at

    monkeypatch.setattr(progress, "datetime", Clock)
    monkeypatch.setattr(progress, "LOGS_KEPT", 3)
    settings = get_settings({"AVANCE_HOME": str(tmp_path)})
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "run-20991231-235959-000000.log").touch()
    made = []
    for n in range(6):
        Clock.at += step if n == 3 else timedelta(0)
        logger = logging.Logger("prueba")
        made.append(log_to_file(settings, logger, verbose=False))
        for handler in logger.handlers:
            handler.close()
        assert set((tmp_path / "logs").iterdir()) >= set(made[-3:])
    assert set((tmp_path / "logs").iterdir()) == set(made[-3:])


def test_a_name_forges_no_line_of_the_log(tmp_path: Path) -> None:
    """What follows its line end is indented; its control characters are spelled out."""
    settings = get_settings({"AVANCE_HOME": str(tmp_path)})
    logger = logging.Logger("prueba")
    path = log_to_file(settings, logger, verbose=False)
    logger.warning("loaded %s", NAME)
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert first.endswith(r"loaded [/b] [bold]\x1b]0;titulo\x07\x1b[2J")
    assert second == "    | ERROR de otro.txt"
