"""``avance init`` writes a folder of one's own, and what reads or writes decisions looks there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project import settings as module
from dagster_project.cli import app
from dagster_project.defs import dbt_project
from dagster_project.settings import RAIZ, get_settings
from dagster_project.warehouse.db.connection import open_warehouse

HOLD = "import sys, time; from pathlib import Path; from dagster_project.warehouse.db.lock import writer_lock\n"
HOLD += "with writer_lock(Path(sys.argv[1])): print(flush=True); time.sleep(60)"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AVANCE_SEEDS", str(tmp_path / "own"))
    return tmp_path / "own"


def avance(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, args, env={"COLUMNS": "300"})
    return done.exit_code, done.output


def test_it_says_what_it_wrote_and_what_a_person_must_do(own: Path) -> None:
    """0 where the folder is whole; 1 where a file that it leaves alone lacks something."""
    code, said = avance("init")
    assert (code, "entes.csv" in said) == (0, True)
    (own / "reglas.csv").write_text("regla,severidad\n")
    code, said = avance("init", str(own))
    assert code == 1
    assert "written: none" in said
    assert "lacks the column(s)" in said


def test_without_a_place_nothing_is_written(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checkout's own folder is no place either."""
    monkeypatch.delenv("AVANCE_SEEDS")
    assert avance("init")[0] == 2
    assert avance("init", str(RAIZ / "seeds"))[0] == 2


def test_what_is_installed_without_a_checkout_has_them_in_the_home(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``avance init`` wrote is what the next command finds, with no setting."""
    monkeypatch.delenv("AVANCE_SEEDS")
    monkeypatch.setattr(module, "IS_CHECKOUT", False)
    home = own.parent / "home"
    assert get_settings().has_shipped_seeds
    code, said = avance("init")
    assert (code, "entes.csv" in said) == (0, True)
    assert "AVANCE_SEEDS" not in said
    assert get_settings().seeds == home / "seeds"
    assert home.stat().st_mode & 0o077 == 0


def test_a_run_or_reading_on_a_folder_that_lacks_files_does_not_begin(own: Path) -> None:
    """In words, before the home is made."""
    code, said = avance("run")
    assert code == 2
    assert "avance init" in said
    assert not (own.parent / "home").exists()
    file = next((RAIZ / "seeds" / "extracts").rglob("*.txt"))
    code, said = avance("read", str(file))
    assert code == 2
    assert "avance init" in said


def test_the_register_is_written_there(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``approve`` and ``retire`` change one's own file, never the checkout's, nor what came with a wheel."""
    avance("init")
    with open_warehouse(get_settings().warehouse) as con:
        con.execute(
            "insert into raw.extractos by name select 'x' as extracto_id, 'q.txt' as ruta, 'q.txt' as nombre, "
            "repeat('0', 64) as sha256, 1 as bytes, 'utf-8' as codificacion, 1 as lineas, now() as cargado_en, "
            "'x' as huella, 'texto' as tipo"
        )
        con.execute("insert into raw.rutas by name select 'x' as extracto_id, 'q.txt' as ruta")
    before = (RAIZ / "seeds" / "extractos.csv").read_bytes()
    code, said = avance("approve", "q.txt", "--date", "2022-06-01")
    assert code == 0, said
    assert str(own / "extractos.csv") in said
    assert (own / "extractos.csv").read_text().splitlines()[1:] == ["q.txt,,2022-06-01,"]
    monkeypatch.delenv("AVANCE_SEEDS")
    monkeypatch.setattr(module, "IS_CHECKOUT", False)
    code, said = avance("approve", "q.txt", "--date", "2022-06-01")
    assert (code, "avance init" in said) == (2, True)
    assert (RAIZ / "seeds" / "extractos.csv").read_bytes() == before


def test_dbt_seeds_that_folder(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named from the project's folder, since dbt takes no absolute path; what is parsed depends on where it is."""
    avance("init")
    parsed: list[str] = []
    monkeypatch.setenv("AVANCE_SEED_PATH", "")
    monkeypatch.setattr(dbt_project, "_parse", lambda settings, wanted: parsed.append(wanted))
    dbt_project.prepare(get_settings())
    named = Path(get_settings().dbt_project, os.environ["AVANCE_SEED_PATH"])
    assert named.resolve() == own.resolve()
    monkeypatch.delenv("AVANCE_SEEDS")
    dbt_project.prepare(get_settings())
    assert os.environ["AVANCE_SEED_PATH"] == "../seeds"
    assert len({*parsed}) == 2


def test_what_was_written_is_said_where_another_file_cannot_be_read(own: Path) -> None:
    """It said that nothing was done, of thirteen files."""
    own.mkdir()
    (own / "reglas.csv").write_bytes((RAIZ / "seeds" / "reglas.csv").read_bytes() + b"\xff\n")
    code, said = avance("init")
    assert code == 1
    assert "entes.csv" in said.partition("left as they were")[0]
    assert "to do: reglas.csv, line" in said


def test_seeds_in_the_home_are_not_written_while_a_run_is_at_work(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would read the folder half-way, or two of them."""
    home = own.parent / "home"
    monkeypatch.setenv("AVANCE_SEEDS", str(home / "seeds"))
    with subprocess.Popen([sys.executable, "-c", HOLD, str(home)], stdout=subprocess.PIPE, cwd=RAIZ) as other:
        assert other.stdout
        other.stdout.readline()
        code, said = avance("init")
        other.kill()
    assert (code, "another run writes" in said, (home / "seeds").exists()) == (2, True, False)
    assert avance("init")[0] == 0
