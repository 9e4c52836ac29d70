"""The marts follow from what is loaded, never from when or how often it was loaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.connection import open_warehouse
from tests.support.marts_home import Home, Marts, different

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"


@pytest.fixture(scope="module")
def halves(loaded) -> dict[str, str]:
    """The real extract as two: the pages of the first quarter and those of the last."""
    text = EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)
    halves = {"primero": "", "ultimo": ""}
    for corte, first, last in loaded[0].warehouse("select corte, linea_inicio, linea_fin from raw.formatos order by 2"):
        halves["primero" if corte == "2022-T1" else "ultimo"] += "".join(text[first - 1 : last]) + "\n"
    return halves


@pytest.fixture(scope="module")
def together(halves, tmp_path_factory) -> tuple[Path, Marts]:
    """Both halves loaded in the order of the calendar: the folder and the marts."""
    folder = tmp_path_factory.mktemp("calendario") / "home"
    home = Home(folder)
    home.load(primero=halves["primero"])
    home.load(ultimo=halves["ultimo"])
    with pytest.MonkeyPatch.context() as patch:
        return folder, home.marts(patch)


def again(home: Home, halves: dict[str, str]) -> None:
    """The same two files, then the rows of the year written once more."""
    home.load(**halves)
    with open_warehouse(home.settings.warehouse) as con:
        con.execute("delete from raw.ejercicios")
    home.load()


def backwards(home: Home, halves: dict[str, str]) -> None:
    """The last quarter before the first."""
    home.load(ultimo=halves["ultimo"])
    home.load(primero=halves["primero"])


def overwritten(home: Home, halves: dict[str, str]) -> None:
    """The last quarter's file is overwritten with one without forms, which takes nothing away, then comes back."""
    home.load(**halves)
    home.load(ultimo="Sin formatos.\n")
    with duckdb.connect(str(home.settings.warehouse), read_only=True) as con:
        assert con.execute("select distinct corte from raw.elegidas order by 1").fetchall() == [
            ("2022-T1",),
            ("2022-T4",),
        ]
    home.load(ultimo=halves["ultimo"])


@pytest.mark.parametrize("history", [again, backwards, overwritten], ids=lambda h: h.__name__)
def test_the_same_marts_whatever_the_history(
    history: Callable[[Home, dict[str, str]], None], together, halves, tmp_path, monkeypatch
) -> None:
    """Row by row and key by key, in every mart."""
    home = Home(tmp_path / "home")
    history(home, halves)
    expected = together[1]
    assert len(expected["fct_avance_corte"]) > 250
    assert different(home.marts(monkeypatch), expected) == []


def test_building_again_changes_no_row(together, tmp_path, monkeypatch) -> None:
    """Neither loading the same extracts over nor building over changes anything."""
    folder, expected = together
    shutil.copytree(folder, tmp_path / "home")
    home = Home(tmp_path / "home", folder / "extracts")
    home.load()
    assert different(home.marts(monkeypatch), expected) == []


def test_two_files_say_what_one_said(loaded, together) -> None:
    """54201 prints 9400 in January-March and 54204 no year in October-December: the other file tells whose they are."""
    columns = "unidad_codigo, accion_numero, trimestre, corte, programado, avance, estado"
    whole = loaded[0].query(f"select {columns} from marts.fct_avance_corte order by all")
    with duckdb.connect(str(together[0] / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute(f"select {columns} from marts.fct_avance_corte order by all").fetchall() == whole
