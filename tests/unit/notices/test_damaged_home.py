"""Damage is done to real files, and what DuckDB, SQLite and Dagster then say is told with what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from dagster_project.command.dagster_instance import CONFIG_NAME, ConfigDamagedError, open_instance
from dagster_project.notices.damaged_home import damage
from dagster_project.notices.machine_errors import diagnose, error_chain
from dagster_project.settings import RAIZ, Settings, get_settings
from dagster_project.warehouse.db.connection import open_warehouse


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = get_settings({"AVANCE_HOME": str(tmp_path / "home")})
    with open_warehouse(found.warehouse) as con:
        con.execute("create table raw.mucho as select range as a, range::varchar as b from range(50000)")
    return found


def _flipped(path: Path, start: int) -> None:
    data = bytearray(path.read_bytes())
    for place in range(start, len(data), 500):
        data[place] ^= 255
    path.write_bytes(data)


def _older(warehouse: Path) -> None:
    """An older copy put back beside the log of a newer state."""
    old, log = warehouse.with_name("old"), Path(f"{warehouse}.wal")
    shutil.copy2(warehouse, old)
    with duckdb.connect(str(warehouse)) as con:
        con.execute("insert into raw.mucho values (1, 'x'); checkpoint; insert into raw.mucho values (2, 'y')")
        shutil.copy2(log, old.with_name("log"))
    shutil.copy2(old, warehouse)
    shutil.copy2(old.with_name("log"), log)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: _flipped(path, 0), "is damaged"),
        (lambda path: _flipped(path, 3 * 4096), "is damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "is damaged"),
        (lambda path: path.write_bytes(b""), "is damaged"),
        (lambda path: path.write_text("una carta\n" * 5000), "is damaged"),
        (_older, "of another state"),
    ],
    ids=["head", "blocks", "cut", "empty", "another file", "a newer log"],
)
def test_a_damaged_warehouse(settings: Settings, harm: Callable[[Path], None], words: str) -> None:
    """Whatever DuckDB calls it: which file it is, a backup, or the way without one."""
    harm(settings.warehouse)
    with pytest.raises(duckdb.Error) as failed, open_warehouse(settings.warehouse) as con:
        con.execute("select sum(hash(m)::hugeint) from raw.mucho m").fetchall()
    said = diagnose(settings, error_chain(failed.value))
    assert said is not None
    for wanted in (words, str(settings.warehouse), "avance restore", "run again"):
        assert wanted in said
    assert ("what was read of files that are gone is only in a backup" in said) is ("is damaged" in said)


@pytest.mark.parametrize(
    ("file", "folder"),
    [
        ("history/runs.db", "history"),
        ("history/runs/index.db", "history"),
        ("schedules/schedules.db", "schedules"),
    ],
)
def test_damaged_records_of_dagster_are_named_by_their_folder(settings: Settings, file: str, folder: str) -> None:
    """Only that folder has to be moved away; a whole file beside it is not blamed."""
    for name in ("history/runs.db", "history/runs/index.db", "schedules/schedules.db"):
        (settings.dagster_home / name).parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(settings.dagster_home / name, isolation_level=None)) as con:
            con.execute("create table t as select 1 as a")
    _flipped(settings.dagster_home / file, 0)
    said = damage(settings, "(sqlite3.DatabaseError) file is not a database")
    assert said is not None
    assert f"records in {settings.dagster_home / folder} are damaged" in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a: [b\nc: {", "line 2"),
        (b"- a\n", "a list"),
        (b"\x00\xff", "no text"),
        (b"telemetri:\n  enabled: false\n", "telemetri"),
        (b"concurrency:\n  runs: siete\n", "must be dict"),
    ],
    ids=["no YAML", "a list", "binary", "a setting that is none", "a value of another kind"],
)
def test_a_damaged_configuration(settings: Settings, content: bytes, why: str) -> None:
    """Named with its reason in one sentence, without Dagster's list of all that could stand there."""
    settings.dagster_home.mkdir()
    (settings.dagster_home / CONFIG_NAME).write_bytes(content)
    with pytest.raises(ConfigDamagedError) as failed:
        open_instance(settings)
    said = error_chain(failed.value)
    assert str(settings.dagster_home / CONFIG_NAME) in said
    assert why in said
    assert "move it away and run again" in said
    assert len(said) < 400


@pytest.mark.parametrize(
    "said",
    [
        "MemoryError",
        "Out of Memory Error: Failed to allocate block of 32768 bytes (bad allocation)",
        "dbt could not run: can't start new thread",
        "[Errno 12] Cannot allocate memory",
        "libx.so: failed to map segment from shared object",
        "FATAL Error: Failed: database has been invalidated because of a previous fatal error. The database must be "
        'restarted prior to being used again.\nOriginal error: "Out of Memory Error: failed to allocate data of size"',
        'Failure while replaying WAL file "warehouse.duckdb.wal": Out of Memory Error: could not allocate block',
    ],
)
def test_short_memory(settings: Settings, said: str) -> None:
    """As it was seen in loads with a limit on address space."""
    found = diagnose(settings, said)
    assert found is not None
    assert "Memory or threads did not suffice" in found
    assert "move" not in found, "nothing is damaged: no advice to put state away"


@pytest.mark.parametrize(
    ("original", "is_damage"),
    [
        ("IO Error: Corrupt database file: computed checksum 1 does not match 2", True),
        ("INTERNAL Error: Attempted to access index 3 within vector of size 3", False),
    ],
)
def test_of_an_invalidated_database_the_original_error_says_what_it_is(
    settings: Settings, original: str, is_damage: bool
) -> None:
    """DuckDB says it after any fatal error, also one of its own: that is no reason to put the file away."""
    said = f'database has been invalidated because of a previous fatal error. Original error: "{original}"'
    found = diagnose(settings, said)
    assert ("is damaged" in (found or "")) is is_damage


def test_a_load_that_cannot_end_does_not_begin(tmp_path: Path) -> None:
    """Under a limit in which libraries spin or abort without a word the command says so at once."""
    command = f"ulimit -v 1500000; exec {Path(sys.executable).parent / 'avance'} run"
    env = {**os.environ, "AVANCE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(RAIZ), "COLUMNS": "300"}
    done = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2, done.stderr
    assert "1,464 MiB of address space" in done.stdout
    assert not (tmp_path / "home").exists()
