"""One writer a home, with a name."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import TOKEN_VARIABLE, HomeGoneError, WarehouseBusyError, check_home, writer_lock
from dagster_project.warehouse.db.lock_holder import name_holder

_TRY = """
import sys
from pathlib import Path
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import WarehouseBusyError
try:
    with open_warehouse(Path(sys.argv[1]) / "warehouse.duckdb") as con:
        print("wrote", con.execute("select count(*) from raw.extractos").fetchone()[0])
except WarehouseBusyError as error:
    print("busy:", error)
"""


def _other_process(home: Path, **environ: str | None) -> str:
    env = {k: v for k, v in os.environ.items() if k != TOKEN_VARIABLE} | {k: v for k, v in environ.items() if v}
    done = subprocess.run(
        [sys.executable, "-c", _TRY, str(home)], capture_output=True, text=True, env=env, check=True, timeout=60
    )
    return done.stdout


def test_the_second_writer_is_told_who_the_first_is(home: Path) -> None:
    """The error names process and start, so that a person knows what to wait for."""
    with writer_lock(home):
        said = _other_process(home)
    assert said.startswith("busy:")
    assert f"process {os.getpid()} on" in said
    assert "since 20" in said


def test_it_is_free_again_afterwards(home: Path) -> None:
    """The lock ends with its holder, also when that one failed."""

    class BoomError(Exception):
        pass

    with pytest.raises(BoomError), writer_lock(home):
        raise BoomError
    assert _other_process(home) == "wrote 0\n"


def test_a_process_may_take_it_again_and_its_children_write_for_it(home: Path) -> None:
    """A run holds the lock while its steps, and the processes it starts, open the warehouse in turn."""
    with writer_lock(home):
        with writer_lock(home), open_warehouse(home / "warehouse.duckdb"):
            pass
        assert _other_process(home, **{TOKEN_VARIABLE: os.environ[TOKEN_VARIABLE]}) == "wrote 0\n"
        assert _other_process(home).startswith("busy:")
    assert TOKEN_VARIABLE not in os.environ


def test_the_holder_dies_and_the_lock_is_free(home: Path) -> None:
    """kill -9 leaves no lock behind: it belongs to the process, not to the file."""
    code = (
        "import sys, time; from pathlib import Path; from dagster_project.warehouse.db.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])):\n print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusyError, match=str(holder.pid)), writer_lock(home):
            pass
        holder.kill()
        with writer_lock(home, wait=10):
            pass
    finally:
        holder.kill()
        holder.wait()


def test_a_home_is_closed_to_others(home: Path) -> None:
    """Folder, warehouse and lock file give no right to anyone else."""
    with open_warehouse(home / "warehouse.duckdb"):
        pass
    modes = {p.name: p.stat().st_mode & 0o777 for p in (home, *home.iterdir())}
    assert modes == {"home": 0o700, "warehouse.duckdb": 0o600, "writer.lock": 0o600}


def test_reading_needs_a_warehouse_and_no_lock(home: Path) -> None:
    """A reader beside nobody works without the lock; without a warehouse it says so."""
    with (
        pytest.raises(FileNotFoundError, match="nothing was loaded"),
        open_warehouse(home / "w.duckdb", read_only=True),
    ):
        pass
    with open_warehouse(home / "w.duckdb"):
        pass
    with open_warehouse(home / "w.duckdb", read_only=True) as con:
        assert con.execute("select count(*) from raw.lineas").fetchone() == (0,)


def test_a_home_that_was_removed_takes_its_lock_with_it(home: Path) -> None:
    """Whoever removes a home lets another run begin there: the first must not write into that one's."""
    with writer_lock(home):
        shutil.rmtree(home)
        assert _other_process(home) == "wrote 0\n"
        with pytest.raises(HomeGoneError, match="was removed or replaced"), open_warehouse(home / "warehouse.duckdb"):
            pass
        with pytest.raises(HomeGoneError):
            check_home(home)


def test_the_note_of_a_killed_holder_is_not_taken_for_the_holder(home: Path) -> None:
    """Between locking and signing the file still holds the note of the one before; it is not named as the writer."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    home.mkdir()
    note = {"pid": ended.pid, "host": socket.gethostname(), "command": "avance run", "since": "2026-01-01"}
    with (home / "writer.lock").open("w") as file:
        json.dump(note, file)
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        said = f"process {ended.pid} .*, itself ended, has left behind"
        with pytest.raises(WarehouseBusyError, match=said), writer_lock(home):
            pass
    with writer_lock(home):
        assert f"process {os.getpid()} on" in name_holder(home)


def test_a_holder_says_what_it_does(home: Path) -> None:
    """A run of the daemon has no command that a person would know; it gives its own words."""
    with writer_lock(home, what="run 1a2b of Dagster"):
        assert "(run 1a2b of Dagster), since 20" in _other_process(home)


def test_a_program_that_holds_the_file_open_is_not_mistaken_for_a_run(home: Path) -> None:
    """Somebody looks at the warehouse with another tool: DuckDB names that process, we do not name ourselves."""
    with open_warehouse(home / "warehouse.duckdb"):
        pass
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(home / "warehouse.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with (
            writer_lock(home),
            pytest.raises(WarehouseBusyError, match=rf"open in another process: .*PID {other.pid}") as said,
            open_warehouse(home / "warehouse.duckdb"),
        ):
            pass
        assert str(os.getpid()) not in str(said.value).replace(str(other.pid), "")
    finally:
        other.communicate("\n", timeout=60)
