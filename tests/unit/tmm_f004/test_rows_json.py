"""The JSON contract of ``avance read``, and that no text makes the reader raise."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.rows_json import read_text

ROOT = RAIZ
TEXT = (ROOT / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt").read_text(encoding="utf-8")
CATALOGS = load_catalogs(ROOT / "seeds")
FIELDS = [
    "formato",
    "linea",
    "ente",
    "unidad",
    "anio",
    "trimestre",
    "accion",
    "accion_inferida",
    "lineas_accion",
    "descripcion",
    "unidad_medida",
    "meta",
    "programado",
    "avance",
    "absoluto",
    "relativo_pct",
    "impreso",
    "estado",
    "costo",
    "margen",
    "operaciones",
    "alternativas",
    "rango",
    "unidad_estado",
    "corte_estado",
    "observaciones",
]


@pytest.fixture(scope="module")
def rows():
    """The rows of the real extract, through JSON and back."""
    return [json.loads(json.dumps(row)) for row in read_text(TEXT, CATALOGS)]


def test_every_row_holds_exactly_the_fields_of_the_contract(rows):
    """Other programs read these fields (docs/architecture.md)."""
    assert {frozenset(r) for r in rows} == {frozenset(FIELDS)}


def test_a_doubtful_row_is_null_where_its_readings_differ(rows):
    """Null and range agree with the alternatives listed; a sure row has neither."""
    for row in rows:
        if row["estado"] != "dudosa":
            assert (row["alternativas"], row["rango"]) == ([], {})
            continue
        for q in range(4):
            listed = {a["programado"][q] or 0 for a in row["alternativas"]}
            assert (row["programado"][q] is None) or listed == {row["programado"][q]}
            if len(listed) > 1:
                assert row["rango"][f"p{q + 1}"] == [min(listed), max(listed)]


def test_achievement_after_the_report_is_unknown_whatever_is_printed(rows):
    """A report of the first quarter knows no A of the others (docs/form.md, fact 2)."""
    assert all(r["avance"][r["trimestre"] :] == [None] * (4 - r["trimestre"]) for r in rows)


def test_line_ends_make_no_difference(rows):
    """CRLF is how some of the tools in use save text."""
    assert list(read_text(TEXT.replace("\n", "\r\n"), CATALOGS))[30] == rows[30]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 9000),
    edits=st.lists(st.tuples(st.integers(0, 8999), st.sampled_from("\t\n 0123456789.,%-Aá\x00|")), max_size=60),
)
def test_no_piece_of_an_extract_makes_the_reader_raise(start, length, edits):
    """Any stretch of the real extract with characters changed is read or refused."""
    piece = list(TEXT[start : start + length])
    for at, character in edits:
        if at < len(piece):
            piece[at] = character
    for row in read_text("".join(piece), CATALOGS):
        assert json.dumps(row)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_no_text_makes_the_reader_raise(text):
    """What is no form yields no rows."""
    assert isinstance(list(read_text(text, CATALOGS)), list)


def test_absurd_rows_are_flagged_in_bounded_time():
    """A row of two hundred equal cells, and one of figures with forty digits."""
    head = TEXT[: TEXT.index("2.3.1 2.2.3\t")]
    ones = "2.1.1\t100.-Dar\tApoyo\t" + "\t".join(["1"] * 200) + "\t25%"
    long = "2.1.1\t101.-Dar\tApoyo\t" + "\t".join(["9" * 40] * 9) + "\t25%"
    fine = "2.1.1\t102.-Dar\tApoyo\t40\t10\t10\t10\t0\t10\t0\t10\t0\t10\t25%"
    rows = list(read_text(head + "\n".join([ones, long, fine]), CATALOGS))
    assert [r["estado"] for r in rows if r["accion"] in (100, 101)] in (["dudosa"], ["dudosa", "dudosa"])
    assert next(r for r in rows if r["accion"] == 102)["programado"] == [10, 10, 10, 10]
