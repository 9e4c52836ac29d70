"""A backup holds the home as it was and nothing in part, and says what it leaves out."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import Settings
from dagster_project.warehouse.backup.manifest import BackupError
from dagster_project.warehouse.backup.restore import restore
from dagster_project.warehouse.backup.take import take
from dagster_project.warehouse.db.lock import WarehouseBusyError
from dagster_project.warehouse.publish.verify import damages
from tests.support.backups import settings_of


def test_a_backup_comes_back_on_another_path(full: Settings, seeds: Path, tmp_path: Path) -> None:
    """Warehouse, originals, version, records, inbox and decisions; links and rights made anew, times as they were."""
    taken = take(full, tmp_path / "copia")
    assert not taken.left_out
    assert {file.path for file in taken.manifest.files} >= {
        *("warehouse.duckdb", "originals/ab/abcd.pdf", "published/current.json", "inbox/2024/q.txt"),
        *("dagster/dagster.yaml", "dagster/history/runs.db", "seeds/correcciones.csv", "confirmed.json"),
    }
    there = settings_of(tmp_path / "otra" / "casa", seeds)
    shutil.copytree(tmp_path / "copia", tmp_path / "llevada", copy_function=shutil.copyfile)  # loses times and rights
    done = restore(there, tmp_path / "llevada")
    assert (done.aside, done.seeds) == (None, None)
    assert damages(there.published) == []
    assert (there.published / "avance.duckdb").is_symlink()
    assert there.warehouse.read_bytes() == full.warehouse.read_bytes()
    assert there.warehouse.stat().st_mtime_ns == full.warehouse.stat().st_mtime_ns
    with closing(sqlite3.connect(there.dagster_home / "history/runs.db")) as con:
        assert con.execute("select run_id from runs").fetchall() == [("corrida",)]
    paths = [path for path in (there.home, *there.home.rglob("*")) if not path.is_symlink()]
    modes = {path: path.stat().st_mode & 0o777 for path in paths}
    inside = [p for p in modes if not p.is_relative_to(there.published)]
    assert {modes[p] for p in inside} == {0o700, 0o600}
    assert {modes[p] for p in modes if p.is_relative_to(there.published)} == {0o750, 0o640, 0o440}
    assert not (there.home / "logs").exists()


def test_a_log_of_a_killed_run_goes_into_the_copy(full: Settings, tmp_path: Path) -> None:
    """A write-ahead log beside the file holds what was written last."""
    aside = tmp_path / "w"
    with duckdb.connect(str(full.warehouse), config={"checkpoint_threshold": "1TB"}) as con:
        con.execute("pragma disable_checkpoint_on_shutdown; insert into marts.fct_avance values ('dos')")
        shutil.copy2(full.warehouse, aside)
        shutil.copy2(f"{full.warehouse}.wal", f"{aside}.wal")
    shutil.copy2(aside, full.warehouse)
    shutil.copy2(f"{aside}.wal", f"{full.warehouse}.wal")
    take(full, tmp_path / "copia")
    with duckdb.connect(str(tmp_path / "copia" / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute("from marts.fct_avance order by all").fetchall() == [("dos",), ("uno",)]


def test_a_backup_waits_for_nobody_unless_told_to(full: Settings, tmp_path: Path) -> None:
    """The lock of another run is said, and nothing is left of the backup."""
    code = (
        "import sys, pathlib; from dagster_project.warehouse.db.lock import writer_lock\n"
        "with writer_lock(pathlib.Path(sys.argv[1]), what='una corrida'): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(full.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(WarehouseBusyError, match="una corrida"):
        take(full, tmp_path / "copia")
    assert not (tmp_path / "copia").exists()
    assert holder.stdin
    holder.stdin.close()
    take(full, tmp_path / "copia", wait=60)
    assert holder.wait() == 0


@pytest.mark.parametrize("to", ["home/copia", "enlace/copia", "ocupada"], ids=["in the home", "by a link", "not empty"])
def test_a_place_that_cannot_hold_a_backup_is_refused(full: Settings, tmp_path: Path, to: str) -> None:
    """In the home it would go with it; another's files are not mixed with."""
    (tmp_path / "ocupada").mkdir()
    (tmp_path / "ocupada" / "suyo").touch()
    (tmp_path / "enlace").symlink_to(full.home)
    with pytest.raises(BackupError, match="give a folder"):
        take(full, tmp_path / to)
    assert [path.name for path in (tmp_path / "ocupada").iterdir()] == ["suyo"]


def test_damaged_records_are_left_out_and_said(full: Settings, tmp_path: Path) -> None:
    """The figures are worth a backup without them."""
    (full.dagster_home / "history/runs.db").write_bytes(b"no es una base" * 100)
    (said,) = take(full, tmp_path / "copia").left_out
    assert "runs.db cannot be copied" in said


def test_a_damaged_version_or_warehouse_makes_no_backup(full: Settings, tmp_path: Path) -> None:
    """A copy of damage would take a good one's place."""
    (full.published / "current.json").write_text("{}")
    with pytest.raises(BackupError, match="run avance run"):
        take(full, tmp_path / "copia")
    shutil.rmtree(full.published)
    data = bytearray(full.warehouse.read_bytes())
    for place in range(3 * 4096, len(data), 1000):
        data[place] ^= 255
    full.warehouse.write_bytes(data)
    with pytest.raises(duckdb.Error):
        take(full, tmp_path / "copia")
    assert {path.name for path in tmp_path.iterdir()} == {"home", "decisiones"}


def test_without_a_warehouse_there_is_nothing_to_copy(tmp_path: Path, seeds: Path) -> None:
    with pytest.raises(BackupError, match="there is no warehouse"):
        take(settings_of(tmp_path / "home", seeds), tmp_path / "copia")
    assert not (tmp_path / "home").exists()


def test_what_of_the_inbox_cannot_be_read_is_left_out_and_said(
    full: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links, pipes, closed files and folders: none blocks the backup, none is passed over in silence."""
    (full.inbox / "enlace.txt").symlink_to(full.home / "confirmed.json")
    os.mkfifo(full.inbox / "tubo.txt")
    (full.inbox / "cerrado.txt").write_text("a")
    Path(os.fsdecode(bytes(full.inbox) + b"/a\xf1o.txt")).write_text("no es UTF-8")
    (full.inbox / "cerrada").mkdir()
    _close(monkeypatch, full.inbox / "cerrado.txt", full.inbox / "cerrada")
    taken = take(full, tmp_path / "copia")
    assert sorted(Path(said.split()[0]).name for said in taken.left_out) == [
        *("cerrada", "cerrado.txt", "enlace.txt", "tubo.txt")
    ]
    assert not (taken.folder / "inbox/cerrado.txt").exists()
    restore(settings_of(tmp_path / "otra", full.seeds), taken.folder)
    assert len(list((tmp_path / "otra" / "inbox").iterdir())) == 2


def test_originals_that_cannot_be_read_make_no_backup(
    full: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has them again: a backup without them is none."""
    _close(monkeypatch, full.originals / "ab")
    with pytest.raises(PermissionError):
        take(full, tmp_path / "copia")
    assert not (tmp_path / "copia").exists()


def test_a_full_disk_leaves_nothing_out(full: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written is no file that cannot be read."""

    def no_room(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink().name == "q.txt":
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError, match="No space"):
        take(full, tmp_path / "copia")
    assert not (tmp_path / "copia").exists()


def test_decisions_that_are_links_are_copied(full: Settings, seeds: Path, tmp_path: Path) -> None:
    """A seed may be kept elsewhere; the run follows it as well."""
    (tmp_path / "aparte.csv").write_text("aparte")
    (seeds / "vinculos.csv").symlink_to(tmp_path / "aparte.csv")
    copy = take(full, tmp_path / "copia").folder
    assert (copy / "seeds/vinculos.csv").read_text() == "aparte"


def _close(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Refuse these as the system does; root, whom it refuses nothing, may run the tests."""
    opened, scanned = os.open, os.scandir

    def refuse(call, path, *args, **named):
        if not isinstance(path, int) and Path(os.fsdecode(path)) in paths:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return call(path, *args, **named)

    monkeypatch.setattr(os, "open", lambda path, *args, **named: refuse(opened, path, *args, **named))
    monkeypatch.setattr(os, "scandir", lambda path=".": refuse(scanned, path))
