"""A page half of whose rows are printed by another layout: from its text to the finding, and to ``avance why``."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.command.why_queries import facts_of
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.marts_home import Home

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
UNIT, CUT = "54201", "2022-T1"
"""A page of the real extract whose eight rows print every column once."""


def torn(text: str) -> tuple[str, list[int]]:
    """The extract with the third quarter's pair set again in the last half of a page's rows; that page's row lines."""
    lines = text.split("\n")
    forms = settle_extract(lines, load_catalogs(RAIZ / "seeds")).formatos
    [form] = [f for f in forms if (f.unidad.valor, f.corte) == (UNIT, CUT)]
    rows = form.renglones
    for row in rows[len(rows) // 2 :]:
        cells = lines[row.linea - 1].split("\t")
        at = next(k for k in range(len(cells)) if tuple(c.strip() for c in cells[k : k + 11]) == row.impreso)
        lines[row.linea - 1] = "\t".join([*cells[: at + 7], *cells[at + 5 :]])
    return "\n".join(lines), [row.linea for row in rows]


def test_the_table_is_named_with_its_rows_and_how_they_depart(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One finding, at the table's first row; the other tables of the extract have none."""
    text, lines = torn(EXTRACT.read_text(encoding="utf-8"))
    home = Home(tmp_path / "home")
    home.load(uno=text)
    home.marts(monkeypatch)
    with duckdb.connect(str(home.settings.warehouse), read_only=True) as con:
        [found] = con.execute(
            "select severidad, unidad_codigo, corte, linea, observado, esperado, mensaje from marts.fct_hallazgo "
            "where regla = 'tabla_discorde'"
        ).fetchall()
        number = con.execute(
            "select accion_numero from marts.fct_renglon where unidad_codigo = ? and corte = ? and linea = ?",
            [UNIT, CUT, lines[-1]],
        ).fetchall()[0][0]
        [why] = facts_of(con, UNIT, number, CUT, None)
    assert found[:4] == ("advertencia", UNIT, CUT, lines[0])
    # The last row's third quarter is empty: nothing shows where its noughts stand again.
    assert found[4] == f"repite un tramo tras a3 (líneas {', '.join(map(str, lines[4:7]))})"
    assert found[5] == "p1 a1 p2 a2 p3 a3 p4 a4 absoluto"
    assert "3 de los 8 renglones" in found[6]
    assert [h[2] for h in why.hallazgos if h[2] == "tabla_discorde"] == ["tabla_discorde"]
