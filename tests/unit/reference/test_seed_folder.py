"""A folder of one's own begins with the catalogues and no decision; what it lacks is named; nothing is overwritten."""

from __future__ import annotations

import csv
import errno
import os
import re
import shutil
from pathlib import Path

import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.decisions import load_decisions
from dagster_project.reference.registry import load_registry
from dagster_project.reference.seed_folder import SeedsError, check_seeds, lacking, write_templates
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.decisions import Decisions

SHIPPED = RAIZ / "seeds"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    write_templates(tmp_path / "own", SHIPPED)
    return tmp_path / "own"


def test_it_holds_the_catalogues_and_no_decision(own: Path) -> None:
    """The reader knows as much with it as with the checkout's, and nobody's decision came along."""
    assert load_catalogs(own) == load_catalogs(SHIPPED)
    assert load_decisions(own) == Decisions()
    assert load_registry(own) == {}
    assert own.stat().st_mode & 0o777 == 0o700
    check_seeds(own, SHIPPED)


def test_no_file_is_overwritten(own: Path) -> None:
    """A second time writes what is missing alone."""
    (own / "unidades.csv").write_text("mía")
    (own / "vinculos.csv").unlink()
    assert write_templates(own, SHIPPED) == ["vinculos.csv"]
    assert (own / "unidades.csv").read_text() == "mía"


def _without_a_rule(own: Path) -> None:
    with (own / "reglas.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] != "pagina_apartada"]
    with (own / "reglas.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda own: (own / "planes.csv").unlink(), "planes.csv is missing"),
        (lambda own: (own / "planes.csv").write_text("ente_codigo,plan\n"), "lacks the column.* imprime_eje"),
        (_without_a_rule, "lacks the rule.* pagina_apartada"),
        (lambda own: [path.unlink() for path in own.iterdir()] and own.rmdir(), "there is no folder"),
    ],
    ids=["file", "column of a newer release", "rule of a newer release", "folder"],
)
def test_what_it_lacks_is_named(own: Path, harm, words: str) -> None:
    """Before anything is read: dbt would say it in its own words, the reader not at all."""
    harm(own)
    with pytest.raises(SeedsError, match=words):
        check_seeds(own, SHIPPED)


def test_the_checkouts_own_folder_lacks_nothing() -> None:
    assert lacking(SHIPPED, SHIPPED) == []


def test_a_folder_broken_off_holds_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a catalogue would pass for a whole one, here and the next time: what is there is left alone."""

    def killed(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", killed)
        with pytest.raises(OSError, match="No space"):
            write_templates(tmp_path / "own", SHIPPED)
    assert list((tmp_path / "own").iterdir()) == []
    assert write_templates(tmp_path / "own", SHIPPED) == sorted(path.name for path in SHIPPED.glob("*.csv"))
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "own").iterdir()} == {0o600}


def test_a_file_put_there_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a file system knows no hard links."""
    own = tmp_path / "own"

    def none(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    own.mkdir()
    (own / "entes.csv").write_text("mía")
    assert "entes.csv" not in write_templates(own, SHIPPED)
    assert (own / "entes.csv").read_text() == "mía"
    assert (own / "planes.csv").read_bytes() == (SHIPPED / "planes.csv").read_bytes()
    assert not list(own.glob(".*"))


@pytest.mark.parametrize("name", ["respaldo/entes.csv", "a/b/Planes.CSV", "entes (copia).csv", "mia.csv"])
def test_files_that_dbt_would_take_for_seeds_are_named(own: Path, name: str) -> None:
    """dbt looks into every subfolder, where the reader does not: a copy would end every run, or be seeded unread."""
    (own / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(own / "entes.csv", own / name)
    with pytest.raises(SeedsError, match=re.escape(f"{own / name} is no file of this release")):
        check_seeds(own, SHIPPED)
