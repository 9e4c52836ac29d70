"""The real extract, read alone: a smoke test against hand-made truth (tests/data)."""

import json

import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.rows_json import read_text

ROOT = RAIZ
EXTRACT = ROOT / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
TRUTH = ROOT / "tests" / "data" / "truth_31395e697809fd00.jsonl"


@pytest.fixture(scope="module")
def rows():
    """The extract's rows by line."""
    read = read_text(EXTRACT.read_text(encoding="utf-8"), load_catalogs(ROOT / "seeds"))
    return {row["linea"]: row for row in read}


def truths():
    """The hand-made truth, one parameter a row."""
    parsed = (json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines())
    return [pytest.param(t, id=f"{t['linea']}-{t['settled_by']}") for t in parsed]


def same(truth, read):
    """Whether figures agree; a blank and a 0 that OCR made indistinguishable are equal."""
    fields = ("meta", "absoluto", "relativo_pct")
    if any((truth[f] or 0) != (read.get(f) or 0) for f in fields if f in read):
        return False
    return all([v or 0 for v in truth[f]] == [v or 0 for v in read[f]] for f in ("programado", "avance"))


def test_eleven_pages_of_five_units_and_two_quarters(rows):
    """Units and quarters settle on every page, also where misprinted or lost."""
    pages = dict.fromkeys((r["formato"], r["unidad"], r["anio"], r["trimestre"]) for r in rows.values())
    units = ["54101", "54101", "54102", "54102", "54201", "54201", "54202", "54202", "54204", "54204", "54204"]
    quarters = [1, 4, 1, 4, 1, 4, 1, 4, 1, 1, 4]
    assert len(rows) == 68
    assert list(pages) == [(k, u, 2022, q) for k, (u, q) in enumerate(zip(units, quarters, strict=True), start=1)]


@pytest.mark.parametrize("truth", truths())
def test_no_row_is_wrong_and_sure(rows, truth):
    """A row is read right or flagged; what only another report or nothing settles is flagged."""
    read = rows[truth["linea"]]
    assert (read["accion"], read["unidad_medida"]) == (truth["accion"], truth["unidad_medida"])
    assert read["lineas_accion"] == truth["lineas_accion"]
    if truth["settled_by"] in ("cross_report", "not_settled"):
        assert read["estado"] == "dudosa"
    if truth["settled_by"] in ("print", "row", "extract"):
        assert read["estado"] != "dudosa"
    assert read["estado"] == "dudosa" or same(truth, read)


def test_a_doubtful_row_lists_the_acceptable_readings(rows):
    """54201/305 and /306 of October-December: both readings that the truth names are among the alternatives."""
    for param in truths():
        truth = param.values[0]
        for reading in truth.get("lecturas", ()):
            listed = rows[truth["linea"]]["alternativas"]
            assert any(same({**truth, **reading}, {**a, "relativo_pct": truth["relativo_pct"]}) for a in listed)


def test_numbers_that_the_page_does_not_print_are_inferred_and_marked(rows):
    """Page 9 prints no numbers, the last row of page 7 lost its own."""
    inferred = {r["linea"]: r["accion"] for r in rows.values() if r["accion_inferida"]}
    assert list(inferred.values()) == [406, 600, 601, 602, 603, 604]
