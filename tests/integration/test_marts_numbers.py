"""Action numbers misread in print: from the page's text to the findings, and no row displaced by another's number."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.model import Form
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.marts_home import Home

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
UNIT, CUT = "54201", "2022-T1"
"""A page of the real extract whose eight rows are numbered one after another."""


def form_of(text: str) -> Form:
    forms = settle_extract(text.split("\n"), load_catalogs(RAIZ / "seeds")).formatos
    return next(f for f in forms if (f.unidad.valor, f.corte) == (UNIT, CUT))


def test_a_misread_number_is_found_and_displaces_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = EXTRACT.read_text(encoding="utf-8").split("\n")
    rows = form_of("\n".join(lines)).renglones
    numbers = [r.accion or 0 for r in rows]
    assert numbers == list(range(numbers[0], numbers[0] + 8))
    corrected, last = rows[2], rows[-1]
    for row, number in ((corrected, numbers[0] + 77), (last, numbers[5])):
        at = row.linea - 1
        lines[at], changed = re.subn(rf"\b{row.accion}\b", str(number), lines[at], count=1)
        assert changed
    home = Home(tmp_path)
    home.load(extract="\n".join(lines))
    home.marts(monkeypatch)
    with duckdb.connect(str(home.settings.warehouse), read_only=True) as con:
        found = con.execute(
            "select linea, regla, observado, esperado from marts.fct_hallazgo where regla in "
            "('accion_numero_inferido', 'accion_numero_dudoso', 'renglon_repetido') "
            "and unidad_codigo = ? and corte = ? order by linea",
            [UNIT, CUT],
        ).fetchall()
        kept = con.execute(
            "select count(*) from marts.fct_renglon where unidad_codigo = ? and corte = ?", [UNIT, CUT]
        ).fetchall()
    assert found == [
        (corrected.linea, "accion_numero_inferido", str(numbers[0] + 77), str(corrected.accion)),
        (last.linea, "accion_numero_dudoso", str(numbers[5]), None),
    ]
    assert kept == [(len(rows),)]
