"""Findings about what is no longer there: an action that a correction dropped, a decision on a line that is gone."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.connection import open_warehouse
from tests.support.marts_home import Home

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
LOST = "404. Elaborar reportes"


def findings(home: Home, rule: str) -> list[tuple]:
    """What the marts find under a rule."""
    with duckdb.connect(str(home.settings.warehouse), read_only=True) as con:
        return con.execute(
            "select severidad, unidad_codigo, corte, accion_numero, extracto_id, linea, observado, mensaje "
            "from marts.fct_hallazgo where regla = ? order by all",
            [rule],
        ).fetchall()


@pytest.fixture
def home(tmp_path) -> Home:
    """A home with the real extract."""
    made = Home(tmp_path / "home")
    made.load(uno=EXTRACT.read_text(encoding="utf-8"))
    return made


def test_an_action_that_a_correction_drops_is_an_error(home, monkeypatch) -> None:
    """A new file at the same path lacks an action: the finding points to the line that held it, once."""
    text = EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)
    lost = next(n for n, line in enumerate(text) if LOST in line)
    with open_warehouse(home.settings.warehouse) as con:
        [(before, unit, cut)] = con.execute(
            "select f.extracto_id, unidad_codigo, corte from raw.formatos f where ? between linea_inicio and linea_fin",
            [lost + 1],
        ).fetchall()
    home.load(uno="".join(text[:lost] + text[lost + 1 :]))
    home.marts(monkeypatch)
    [found] = findings(home, "accion_perdida")
    assert found[:6] == ("error", unit, cut, 404, before, lost + 1)
    home.load(uno="".join(text))
    home.marts(monkeypatch)
    assert findings(home, "accion_perdida") == []


def test_a_decision_on_a_line_that_is_gone_is_a_warning(home, monkeypatch) -> None:
    """What a person decided of a line that no report holds is not applied, and said."""
    with open_warehouse(home.settings.warehouse) as con, Path(RAIZ / "seeds" / "correcciones.csv").open() as file:
        names = ",".join(next(csv.reader(file)))
        con.execute("create schema if not exists referencia")
        row = "'0123456789abcdef', 'p4', '136', '126', 'se ve en el original', 'Ana', date '2023-02-01', 'uno.txt', 580"
        con.execute(f"create or replace table referencia.correcciones as select * from (values ({row})) t({names})")
    home.marts(monkeypatch, "--exclude", "correcciones")
    [found] = findings(home, "decision_caduca")
    assert found[0] == "advertencia"
    assert found[6] == "0123456789abcdef"
    assert "uno.txt, línea 580" in found[7]
    assert "Ana" in found[7]
