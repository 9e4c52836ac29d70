"""What ``avance backup`` and ``avance restore`` say of what the machine or the backup does to them."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dagster_project import settings
from dagster_project.cli import app
from dagster_project.warehouse.backup import take as taking
from dagster_project.warehouse.backup.manifest import NAME, seal
from dagster_project.warehouse.db.connection import open_warehouse


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a warehouse, and nothing else."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir(mode=0o700)
    with open_warehouse(tmp_path / "home" / "warehouse.duckdb"):
        pass
    return tmp_path


def avance(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, args, env={"COLUMNS": "300"})
    return done.exit_code, " ".join(done.output.split())


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no room left to write in {0}/copia ("),
        (duckdb.IOException("Could not write: No space left on device"), "no room left to write in {0}/home ("),
        (duckdb.IOException("Corrupt database file"), "The warehouse {0}/home/warehouse.duckdb is damaged"),
    ],
    ids=["where the backup goes", "in the home", "damaged"],
)
def test_a_full_disk_is_no_warehouse_that_cannot_be_read(
    loaded: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    """Each is said with the folder that it is of."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(taking, "copy_file", fail)
    code, said = avance("backup", str(loaded / "copia"))
    assert code == 2
    assert words.format(loaded) in said


def test_a_damaged_warehouse_of_a_backup_is_not_told_as_the_homes(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its manifest may have been written of a damaged file: the backup is to be changed, not the home."""
    copy = loaded / "copia"
    assert avance("backup", str(copy))[0] == 0
    (copy / "warehouse.duckdb").write_bytes(b"no es una base" * 1000)
    manifest, fresh = json.loads((copy / NAME).read_text()), seal(copy / "warehouse.duckdb", copy)
    for file in manifest["files"]:
        if file["path"] == fresh.path:
            file.update(bytes=fresh.bytes, sha256=fresh.sha256)
    (copy / NAME).write_text(json.dumps(manifest))
    monkeypatch.setenv("AVANCE_HOME", str(loaded / "otra"))
    code, said = avance("restore", str(copy))
    assert code == 1
    assert f"{copy}/warehouse.duckdb cannot be opened" in said
    assert "use another backup" in said
    assert f"{loaded}/otra/warehouse.duckdb" not in said


def test_a_home_that_is_refused_is_said_once(loaded: Path) -> None:
    """With no words of what stood where added to its own."""
    (loaded / "home").chmod(0o770)
    code, said = avance("backup", str(loaded / "copia"))
    assert code == 2
    assert said.endswith("Nothing was touched.")


def test_decisions_that_are_in_use_where_they_came_back_are_no_choice(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an installed wheel, whose seeds are looked for in the home: into an empty one, and in the place of others."""
    monkeypatch.setattr(settings, "IS_CHECKOUT", False)
    own = loaded / "home" / "seeds"
    assert avance("init")[0] == 0
    with (own / "correcciones.csv").open("a") as file:
        file.write("57c70fbc87124224,p2,4,2,se ve,A. Pérez,2022-05-01,a.txt,5\n")
    assert avance("backup", str(loaded / "copia"))[0] == 0
    for home, more in ((loaded / "otra", ()), (loaded / "home", ("--replace",))):
        monkeypatch.setenv("AVANCE_HOME", str(home))
        code, said = avance("restore", str(loaded / "copia"), *more)
        assert (code, "differ" in said) == (0, False)
        assert "se ve" in (settings.get_settings().seeds / "correcciones.csv").read_text()


def test_rights_of_an_inbox_are_said_to_be_gone(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group that hands files in could not any more, and nobody would know why."""
    (loaded / "home/inbox").mkdir(mode=0o770)
    (loaded / "home/inbox/q.txt").write_text("impreso")
    avance("backup", str(loaded / "copia"))
    monkeypatch.setenv("AVANCE_HOME", str(loaded / "otra"))
    code, said = avance("restore", str(loaded / "copia"))
    assert code == 0
    assert f"{loaded}/otra/inbox is closed to others" in said
