"""A restore gives the home back where it is looked for, or leaves all as it is."""

from __future__ import annotations

import dataclasses
import errno
import json
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import RAIZ, Settings
from dagster_project.warehouse.backup.manifest import NAME, BackupError, seal
from dagster_project.warehouse.backup.restore import restore
from dagster_project.warehouse.backup.take import take
from dagster_project.warehouse.db.lock import writer_lock
from dagster_project.warehouse.db.migrations import NewerWarehouseError
from dagster_project.warehouse.publish.verify import damages
from tests.support.backups import settings_of


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


def _edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


def _state(home: Path) -> dict[str, bytes]:
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in home.rglob("*") if p.is_file()}


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


KILLED = """
import os, sys
from pathlib import Path
from tests.support.backups import settings_of
from dagster_project.warehouse.backup.restore import restore

left, rename = int(sys.argv[1]), Path.rename

def counted(path, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), 9)
    return rename(path, target)

Path.rename = counted
restore(settings_of(Path(sys.argv[2]), Path(sys.argv[3])), Path(sys.argv[4]), replace=True)
"""


@pytest.mark.parametrize("renames", range(0, 12, 2))
def test_a_restore_that_is_killed_between_two_renames_is_finished_by_the_next_command(
    full: Settings, copy: Path, seeds: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, renames: int
) -> None:
    """Whichever takes the lock: the home is the backup's, what stood there is set aside whole, and that is said."""
    other = settings_of(tmp_path / "otra", seeds)
    restore(other, copy)
    wanted, before = _state(other.home), _state(full.home)
    arguments = [str(renames), str(full.home), str(seeds), str(copy)]
    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=RAIZ, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    (aside,) = full.home.glob("before-restore-*")
    assert "before-restore-" not in caplog.text
    new = not (full.home / "dagster").exists()
    (full.home / "dagster").mkdir(exist_ok=True)  # as a command does that has not come to the lock
    if new:
        (full.home / "dagster" / "dagster.yaml").write_text("nuevo")
    with writer_lock(full.home):
        pass
    assert f"{aside.parent} was ended before it was done; it is done now" in caplog.text
    found = _state(full.home)
    here = {name: data for name, data in found.items() if not name.startswith(aside.name)}
    assert here == wanted
    there = {name.removeprefix(f"{aside.name}/"): data for name, data in found.items() if name not in here}
    assert there.pop("dagster.since/dagster.yaml", b"nuevo") == b"nuevo"
    assert there == {name: data for name, data in before.items() if name != "writer.lock"}


def test_the_folder_of_a_restore_that_was_killed_as_it_copied_goes(full: Settings) -> None:
    """It is as large as the backup, and nobody would come back for it."""
    before = _state(full.home)
    (full.home / ".restoring").mkdir()
    (full.home / ".restoring" / "warehouse.duckdb").write_text("a medias")
    with writer_lock(full.home):
        pass
    assert _state(full.home) == {"writer.lock": b"", **before}


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


def test_an_inbox_is_in_the_home_also_where_the_home_is_a_link(full: Settings, tmp_path: Path) -> None:
    """It goes into the backup and comes back with it."""
    (tmp_path / "enlace").symlink_to(full.home)
    linked = dataclasses.replace(full, home=tmp_path / "enlace")
    copy = take(linked, tmp_path / "copia2").folder
    (full.inbox / "2024/q.txt").unlink()
    restore(linked, copy, replace=True)
    assert (full.inbox / "2024/q.txt").read_text() == "inbox/2024/q.txt"
