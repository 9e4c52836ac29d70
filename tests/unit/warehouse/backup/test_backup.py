"""A backup holds the home as it was and nothing in part; a restore gives it back, or leaves all as it is."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import Settings, get_settings
from dagster_project.warehouse.backup.manifest import NAME, BackupError, seal
from dagster_project.warehouse.backup.restore import restore
from dagster_project.warehouse.backup.take import take
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import WarehouseBusyError
from dagster_project.warehouse.db.migrations import NewerWarehouseError
from dagster_project.warehouse.publish.verify import damages
from dagster_project.warehouse.publish.versions import publish


def settings_of(home: Path, seeds: Path) -> Settings:
    return get_settings({"AVANCE_HOME": str(home), "AVANCE_SEEDS": str(seeds)})


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "decisiones").mkdir()
    (tmp_path / "decisiones" / "correcciones.csv").write_text("decidido")
    return tmp_path / "decisiones"


@pytest.fixture
def full(home: Path, seeds: Path) -> Settings:
    """A home with one of everything that goes into a backup, and of what does not."""
    settings = settings_of(home, seeds)
    with open_warehouse(settings.warehouse) as con:
        con.execute("create schema marts; create table marts.fct_avance as select 'uno' as texto")
    publish(settings.warehouse, settings.published, "corrida", {})
    for name in ("originals/ab/abcd.pdf", "inbox/2024/q.txt", "confirmed.json", "dagster/dagster.yaml", "logs/x.log"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    (home / "dagster/history").mkdir()
    with closing(sqlite3.connect(home / "dagster/history/runs.db", isolation_level=None)) as con:
        con.execute("pragma journal_mode = wal")
        con.execute("create table runs as select 'corrida' as run_id")
    return settings


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


@pytest.fixture
def copy(full: Settings, tmp_path: Path) -> Path:
    return take(full, tmp_path / "copia").folder


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


def _edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda copy: _flip(copy / "warehouse.duckdb"), "warehouse.duckdb was changed"),
        (lambda copy: (copy / "originals/ab/abcd.pdf").unlink(), "abcd.pdf is gone"),
        (lambda copy: (copy / NAME).unlink(), "is no backup"),
        (lambda copy: (copy / NAME).write_text("{}"), "is no manifest"),
        (lambda copy: _edit(copy / NAME, "inbox/", "../"), "no file below"),
        (lambda copy: _edit(copy / NAME, '"format": 1', '"format": 9'), "newer"),
    ],
    ids=["flipped", "gone", "no manifest", "another's", "outside", "of tomorrow"],
)
def test_a_damaged_backup_touches_nothing(copy: Path, tmp_path: Path, seeds: Path, harm, words: str) -> None:
    """Each file is compared before anything is made."""
    harm(copy)
    with pytest.raises(BackupError, match=words):
        restore(settings_of(tmp_path / "otra", seeds), copy)
    assert not (tmp_path / "otra").exists()


def test_a_home_that_holds_data_is_set_aside_only_when_asked(full: Settings, copy: Path, seeds: Path) -> None:
    """What stood there stays in the home, whole, under a name by date."""
    (full.home / "inbox/2024/q.txt").write_text("más nuevo")
    with pytest.raises(BackupError, match="--replace"):
        restore(full, copy)
    done = restore(full, copy, replace=True)
    assert done.aside is not None
    assert (done.aside / "inbox/2024/q.txt").read_text() == "más nuevo"
    assert (full.inbox / "2024/q.txt").read_text() == "inbox/2024/q.txt"
    assert damages(full.published) == []
    assert restore(full, copy, replace=True).aside != done.aside


def test_decisions_that_differ_are_said_and_put_beside(full: Settings, copy: Path, tmp_path: Path, seeds: Path) -> None:
    """Those in use are never written over."""
    (seeds / "correcciones.csv").write_text("decidido después")
    done = restore(settings_of(tmp_path / "otra", seeds), copy)
    assert done.seeds == tmp_path / "otra" / "seeds"
    assert (done.seeds / "correcciones.csv").read_text() == "decidido"
    assert (seeds / "correcciones.csv").read_text() == "decidido después"


def test_decisions_within_the_home_come_back_with_it(full: Settings, tmp_path: Path) -> None:
    """They are in use where they stood, so nothing has to be chosen."""
    own = settings_of(full.home, full.home / "seeds")
    own.seeds.mkdir()
    (own.seeds / "vinculos.csv").write_text("decidido")
    copy = take(own, tmp_path / "copia").folder
    (own.seeds / "vinculos.csv").write_text("perdido")
    assert restore(own, copy, replace=True).seeds is None
    assert (own.seeds / "vinculos.csv").read_text() == "decidido"


def test_a_backup_of_a_newer_product_is_refused(full: Settings, tmp_path: Path, seeds: Path) -> None:
    """It would be taken for an older one and written over."""
    copy = take(full, tmp_path / "copia").folder
    with duckdb.connect(str(copy / "warehouse.duckdb")) as con:
        con.execute("insert into raw.migraciones values (9999, 'de mañana', current_timestamp)")
    manifest = json.loads((copy / NAME).read_text())
    fresh = seal(copy / "warehouse.duckdb", copy)
    for file in manifest["files"]:
        if file["path"] == fresh.path:
            file.update(bytes=fresh.bytes, sha256=fresh.sha256)
    (copy / NAME).write_text(json.dumps(manifest))
    with pytest.raises(NewerWarehouseError):
        restore(settings_of(tmp_path / "otra", seeds), copy)
    assert [path.name for path in (tmp_path / "otra").iterdir()] == ["writer.lock"]


def _state(home: Path) -> dict[str, bytes]:
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in home.rglob("*") if p.is_file()}


def test_an_empty_folder_in_the_place_of_a_file_gives_way(copy: Path, tmp_path: Path, seeds: Path) -> None:
    """A file cannot be renamed onto it, and it holds nothing."""
    there = settings_of(tmp_path / "otra", seeds)
    there.warehouse.mkdir(parents=True, mode=0o700)
    there.home.chmod(0o700)
    assert restore(there, copy).aside is None
    assert there.warehouse.is_file()
    assert not list(there.home.glob("before-restore-*"))


@pytest.mark.parametrize("name", ["confirmed.json", "warehouse.duckdb"], ids=["the first", "the last"])
def test_a_restore_that_fails_in_its_last_step_leaves_what_stood_there(
    full: Settings, copy: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What was put in its place goes, what was set aside comes back: a mount point cannot be renamed."""
    (full.home / "confirmed.json").write_text("más nuevo")
    before = _state(full.home)
    rename = Path.rename

    def busy(path: Path, target: Path) -> Path:
        if path.name == name and path.parent.name == ".restoring":
            raise OSError(errno.EBUSY, "Device or resource busy", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(OSError, match="busy"):
        restore(full, copy, replace=True)
    assert _state(full.home) == before
    assert not list(full.home.glob("before-restore-*"))


@pytest.mark.parametrize("link", [False, True], ids=["a folder", "a link"])
def test_extracts_in_the_home_are_not_set_aside(full: Settings, copy: Path, tmp_path: Path, *, link: bool) -> None:
    """No backup holds them, so they stay; a home that holds nothing else is an empty one."""
    folder = full.home / "datos" / "extractos"
    folder.parent.mkdir()
    there = tmp_path / "extractos" if link else folder
    there.mkdir()
    if link:
        folder.symlink_to(there)
    (there / "q.txt").write_text("impreso")
    own = dataclasses.replace(full, extracts=folder)
    assert restore(own, copy, replace=True).aside
    assert (folder / "q.txt").read_text() == "impreso"
    bare = dataclasses.replace(own, home=tmp_path / "otra", extracts=tmp_path / "otra" / "datos")
    bare.home.mkdir(mode=0o700)
    bare.extracts.mkdir()
    (bare.extracts / "q.txt").write_text("impreso")
    assert restore(bare, copy).aside is None
    assert (bare.extracts / "q.txt").read_text() == "impreso"


def test_extracts_in_the_way_of_the_backup_are_named(full: Settings, copy: Path) -> None:
    """Where its inbox would go they stand, with and without --replace; nothing is touched."""
    own = dataclasses.replace(full, extracts=full.inbox / "2024")
    before = _state(full.home)
    with pytest.raises(BackupError, match=r"inbox .*hold.*the extracts"):
        restore(own, copy, replace=True)
    assert _state(full.home) == before


def test_seeds_and_inbox_of_a_home_come_back_where_they_are_looked_for(full: Settings, tmp_path: Path) -> None:
    """Not in a folder of the backup's name, beside the one that a run would find missing."""
    own = dataclasses.replace(full, own_seeds=full.home / "mio" / "catalogos", inbox=full.home / "mio" / "entrada")
    for path in (own.seeds / "vinculos.csv", own.inbox / "q.txt"):
        path.parent.mkdir(parents=True, mode=0o700)
        path.write_text("decidido")
    copy = take(own, tmp_path / "copia2").folder
    done = restore(own, copy, replace=True)
    assert done.seeds is None
    assert [path.read_text() for path in (own.seeds / "vinculos.csv", own.inbox / "q.txt")] == ["decidido"] * 2
    assert not (own.home / "seeds").exists()
    assert not (own.home / "inbox").exists()


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
