"""The workbooks of a version say what its marts say, all of it: read back by another library than wrote them."""

from __future__ import annotations

import re
from decimal import Decimal

import duckdb
import openpyxl
import pytest

from dagster_project.site.shown import number
from dagster_project.workbooks.books import write_books
from dagster_project.workbooks.pnt import COLUMNS, HEADS_AT

QUARTERS = """
select unidad_codigo, accion_numero, trimestre[-1] as n, estado_programado, programado, programado_min, programado_max,
    estado_avance, avance, avance_min, avance_max
from marts.bi_avance where ejercicio = 2022 order by unidad_codigo, accion_numero, n
"""


@pytest.fixture(scope="module")
def published(loaded):
    return loaded[0].home / "published"


@pytest.fixture(scope="module")
def con(published):
    with duckdb.connect(str(published / "avance.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def books(published):
    """The two workbooks of the version, as a reader opens them."""
    paths = {path.name: path for path in (published / "sitio").resolve().parent.glob("*.xlsx")}
    assert sorted(paths) == ["avance-2022-T4.xlsx", "pnt-2022-T4.xlsx"]
    return {name: openpyxl.load_workbook(path) for name, path in paths.items()}


def table(sheet, head: int = 1) -> list[dict]:
    """The rows of a sheet by the head of their column."""
    names, *rows = sheet.iter_rows(min_row=head, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def said(state: str, value, low, high):
    """What a cell must hold of a figure."""
    if state == "dudosa":
        ends = dict.fromkeys(number(end) for end in (low, high) if end is not None)
        return f"{' a '.join(ends) or '?'} (en duda)"
    return value


def test_every_figure_of_every_action_is_the_marts(books, con):
    shown = {(row["Unidad"], row["Acción"]): row for row in table(books["avance-2022-T4.xlsx"]["Acciones"])}
    found = con.execute(QUARTERS).fetchall()
    assert len(found) == 4 * len(shown) == 140
    for unit, action, n, *cells in found:
        for name, figure in (("P", cells[:4]), ("A", cells[4:])):
            expected, there = said(*figure), shown[unit, action][f"{name}{n}"]
            if expected is None:
                assert there in (None, "aún no", "fuera de plan")
            else:
                assert (there if isinstance(expected, str) else Decimal(str(there))) == expected


def test_the_sheet_like_the_form_holds_each_row_of_the_quarter(books, con):
    rows = [row for row in books["avance-2022-T4.xlsx"]["F004"].iter_rows(values_only=True) if row[3] is not None]
    printed = [row for row in rows if row[3] != "META ANUAL"]
    metas = con.execute(
        "select estado_meta, meta, meta_min, meta_max, estado_absoluto, absoluto, absoluto_min, absoluto_max "
        "from marts.fct_meta where corte = '2022-T4' order by unidad_codigo, extracto_id, linea"
    ).fetchall()
    assert len(printed) == len(metas) == 35
    for row, (*meta, state, value, low, high) in zip(printed, metas, strict=True):
        for there, expected in ((row[3], said(*meta)), (row[12], said(state, value, low, high))):
            assert (there if isinstance(expected, str) else Decimal(str(there))) == expected


def test_the_indicators_stand_in_the_platforms_layout(books, con):
    """Heads in row 7, below them every indicator of the quarter."""
    sheet = books["pnt-2022-T4.xlsx"]["Reporte de Formatos"]
    rows = table(sheet, HEADS_AT + 1)
    assert list(rows[0]) == [column.head for column in COLUMNS]
    names = ", ".join(str(column.value) for column in COLUMNS)
    marts = con.execute(
        f"select {names} from marts.exp_pnt_indicadores where corte = '2022-T4' "
        "order by ente_codigo, unidad_codigo, accion_numero, indicador_key"
    ).fetchall()
    assert [tuple(row.values()) for row in rows] == [
        tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in marts
    ]


def test_codes_are_text_and_no_cell_is_a_formula(books):
    cells = [cell for book in books.values() for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in "fe"]
    assert not [cell for cell in cells if cell.hyperlink]
    units = [row["Unidad"] for row in table(books["avance-2022-T4.xlsx"]["Acciones"])]
    assert {type(unit) for unit in units} == {str}
    assert all(re.fullmatch(r"54\d{3}", unit) for unit in units)


def test_a_text_that_begins_like_a_formula_stays_a_text_and_a_book_is_the_same_again(published, tmp_path):
    """Whatever was printed is shown as it was printed; the same version gives the same bytes."""
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((published / "avance.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("update marts.bi_avance set observaciones = '=1+1', accion_descripcion = '@SUM(A1)'")
        con.execute("update marts.bi_avance set unidad_medida_nombre = 'http://example.org'")
        made = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            made.append(write_books(con, tmp_path / name, "000001", "2026-01-01T00:00:00+00:00"))
    assert [path.read_bytes() for path in made[0]] == [path.read_bytes() for path in made[1]]
    sheet = openpyxl.load_workbook(made[0][0])["Acciones"]
    assert {row["Observaciones"] for row in table(sheet)} == {"=1+1"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_a_municipality_that_lags_has_a_workbook_of_its_own_quarter(published, tmp_path):
    """And another's later figures are not in it."""
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((published / "avance.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute(
            "insert into marts.bi_avance select * replace ('02001' as ente_codigo, 'Ensenada' as ente_nombre) "
            "from marts.bi_avance where corte = '2022-T1'"
        )
        made = write_books(con, tmp_path, "000001", "2026-01-01T00:00:00+00:00")
    assert [path.stem for path in made] == ["avance-2022-T1", "pnt-2022-T1", "avance-2022-T4", "pnt-2022-T4"]
    shown = [{row["Municipio"] for row in table(openpyxl.load_workbook(path)["Acciones"])} for path in made[::2]]
    assert shown == [{"Ensenada"}, {"Mexicali"}]
