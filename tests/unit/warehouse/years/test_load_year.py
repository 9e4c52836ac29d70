"""Loading an ejercicio: whole, repeatable, one vigente reporte for each unit and cut."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.model import Catalogs, Extract
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_ejercicio, load_extracts, pending_ejercicios
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import EjercicioLoad, ExtractLoad, ResultadoEjercicio
from dagster_project.warehouse.years.load_year import StaleExtractsError

Con = duckdb.DuckDBPyConnection
Load = Callable[..., dict[str, ExtractLoad]]
Year = Callable[..., EjercicioLoad]
Dump = Callable[[], dict[str, list[tuple]]]

T1 = "FORMA 54101 2022 1\nACCION 100 10 1 2 3 4 1 . . .\nACCION 101 0.5 0.1 0.4 . . 0.1 . . .\n"
T4 = "FORMA 54101 2022 4\nACCION 500 9 . 2 3 4 . 2 3 4\n"
OTRO_ANIO = "FORMA 54101 2023 1\nACCION 100 4 1 1 1 1 1 . . .\n"


@pytest.fixture
def year(con: Con, catalogs: Catalogs, toy: Reader) -> Year:
    return lambda ejercicio=2022: load_ejercicio(con, ejercicio, catalogs, reader=toy)


def test_every_row_is_written_with_exact_figures(con: Con, load: Load, year: Year) -> None:
    """Rows, candidates, links and choices; decimals stay decimals, blanks stay null."""
    load(a=T1, b=T4)
    done = year()
    assert (done.resultado, done.extractos, done.formatos) == (ResultadoEjercicio.LOADED, 2, 2)
    assert (done.renglones, done.lecturas, done.vinculos, done.elegidas) == (3, 3, 3, 3)
    assert done.cortes == ("2022-T1", "2022-T4")
    assert con.execute(
        "select meta, p1, p3, a1, absoluto, relativo_pct, plan, es_razon, impresos::varchar from raw.elegidas "
        "where accion_numero = 101"
    ).fetchall() == [(Decimal("0.5"), Decimal("0.1"), None, Decimal("0.1"), Decimal("0.1"), 20, "sin_eje", False, "{}")]
    assert con.execute("select impreso, lineas_accion, descripcion from raw.renglones where linea = 3").fetchall() == [
        (["0.5", "0.1", "0.4", ".", ".", "0.1", ".", ".", "."], ["1.1.1"], "Dar, «cosas»")
    ]


def test_loading_again_writes_nothing_and_from_nothing_the_same(load: Load, year: Year, dump: Dump, con: Con) -> None:
    """The same inputs are recognised, and where the rows are gone the same rows come back."""
    load(a=T1, b=T4)
    year()
    before = dump()
    assert year().resultado is ResultadoEjercicio.UNCHANGED
    assert pending_ejercicios(con) == []
    con.execute("delete from raw.ejercicios")
    assert pending_ejercicios(con) == [2022]
    assert year().resultado is ResultadoEjercicio.LOADED
    assert dump() == before


def test_a_year_without_forms_is_empty(con: Con, load: Load, year: Year) -> None:
    """Nothing to materialize; and rows that a replaced file left behind are gone."""
    load(a=T1)
    year()
    assert year(2019).resultado is ResultadoEjercicio.EMPTY
    load(a=OTRO_ANIO)
    assert pending_ejercicios(con) == [2022, 2023]
    assert year(2022).resultado is ResultadoEjercicio.EMPTY
    assert con.execute("select count(*) from raw.renglones").fetchone() == (0,)
    assert pending_ejercicios(con) == [2023]


def test_years_do_not_touch_each_other(con: Con, load: Load, year: Year) -> None:
    """One extract may hold forms of two years; rewriting one leaves the other."""
    load(a=T1 + OTRO_ANIO)
    year(2022)
    year(2023)
    con.execute("delete from raw.ejercicios where ejercicio = 2022")
    year(2022)
    found = con.execute("select ejercicio, count(*) from raw.elegidas group by all order by all").fetchall()
    assert found == [(2022, 2), (2023, 1)]


def test_a_form_that_moved_to_another_year_leaves_no_twin(
    con: Con, folder: Path, load: Load, catalogs: Catalogs, toy: Reader
) -> None:
    """Better rules put a page into another year: its rows move, whichever year is loaded first."""
    load(a=T1)
    load_ejercicio(con, 2022, catalogs, reader=toy)

    def later(lines: Sequence[str], cat: Catalogs) -> Extract:
        return toy.settle([line.replace(" 2022 ", " 2023 ") for line in lines], cat)

    moved, other = replace(toy, settle=later), replace(catalogs, entes={})
    load_extracts(con, folder, other, {}, reader=moved)
    load_ejercicio(con, 2023, other, reader=moved)
    assert con.execute("select ejercicio, count(*) from raw.renglones group by all").fetchall() == [(2023, 2)]


@pytest.mark.parametrize(
    ("dates", "winner"),
    [
        pytest.param({}, "b", id="no-dates-greatest-name"),
        pytest.param({"a": "2022-05-01", "b": "2022-04-30"}, "a", id="published-last"),
        pytest.param({"a": "2022-04-30", "b": "2022-04-30"}, "b", id="same-day-greatest-name"),
        pytest.param({"a": "2022-04-30"}, "a", id="a-date-beats-none"),
    ],
)
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_one_reporte_counts_whatever_the_order_of_loading(
    con: Con, load: Load, year: Year, dates: dict[str, str], winner: str, order: str
) -> None:
    """Two extracts report on one unit and cut: date, then name decides, never the load."""
    register = {f"{n}.txt": RegistroExtracto(None, date.fromisoformat(d)) for n, d in dates.items()}
    contents = {"a": T1, "b": T1 + "\n"}
    ids = {}
    for name in order:
        ids[name] = load(registry=register, **{name: contents[name]})[name].extracto_id
        year()
    assert con.execute("select distinct extracto_id from raw.elegidas").fetchall() == [(ids[winner],)]
    assert con.execute("select count(*) from raw.renglones").fetchone() == (4,)
    done = year()
    assert (done.reportes_superados, done.renglones_superados, done.renglones_sin_reporte) == (1, 2, 0)


@pytest.mark.parametrize("dates", [{}, {"b": "2022-05-01"}], ids=["later-name", "later-date"])
def test_a_cut_copy_outranks_no_complete_reporte(con: Con, load: Load, year: Year, dates: dict[str, str]) -> None:
    """A page that ends before its time takes the place of nothing whole; alone it counts."""
    register = {f"{n}.txt": RegistroExtracto(None, date.fromisoformat(d)) for n, d in dates.items()}
    cut = T1.splitlines()[:2]
    done = load(registry=register, a=T1 + T4, b="\n".join([*cut, "CORTADA", OTRO_ANIO, "CORTADA"]))
    year()
    found = con.execute("select corte, extracto_id, count(*) from raw.elegidas group by all order by all").fetchall()
    assert found == [("2022-T1", done["a"].extracto_id, 2), ("2022-T4", done["a"].extracto_id, 1)]
    assert year(2023).elegidas == 1


@pytest.mark.parametrize("doubt", ["54101? 2022 1", "54101 2022? 1", "54101 2022 1?"], ids=["unit", "year", "quarter"])
def test_an_uncertain_page_outranks_no_certain_one(con: Con, load: Load, year: Year, doubt: str) -> None:
    """What may be another unit's or another quarter's takes the place of nothing, published last as it may be."""
    register = {"b.txt": RegistroExtracto(None, date(2022, 5, 1))}
    done = load(registry=register, a=T1 + "CORTADA\n", b=T1.replace("54101 2022 1", doubt))
    year()
    assert con.execute("select distinct extracto_id from raw.elegidas").fetchall() == [(done["a"].extracto_id,)]


def test_of_two_cut_copies_the_longer_counts(con: Con, load: Load, year: Year) -> None:
    """A shorter piece of a cut page has nothing that the longer one lacks."""
    done = load(a=T1 + "CORTADA\n", b="\n".join([*T1.splitlines()[:2], "CORTADA"]))
    year()
    assert con.execute("select distinct extracto_id from raw.elegidas").fetchall() == [(done["a"].extracto_id,)]


def test_pages_of_one_reporte_are_joined(con: Con, load: Load, year: Year) -> None:
    """A unit whose report takes two pages of one extract has the rows of both."""
    load(a=T1 + "FORMA 54101 2022 1\nACCION 102 4 1 1 1 1 1 . . .\n")
    assert year().elegidas == 3


def test_unsettled_pages_are_kept_but_not_chosen_from(con: Con, load: Load, year: Year) -> None:
    """No unit or no quarter: rows and readings are there, links and choices are not."""
    load(a=T1.replace("54101", "-"), b=T1.replace("2022 1", "2022 -"))
    done = year()
    assert (done.renglones, done.lecturas, done.vinculos, done.elegidas) == (4, 4, 0, 0)
    assert (done.renglones_superados, done.renglones_sin_reporte) == (0, 4)


def test_a_form_that_cannot_be_read_keeps_its_rows_and_the_year_stays_pending(con: Con, load: Load, year: Year) -> None:
    """One form fails: the others are loaded, the failure is named, the next load tries again."""
    load(a=T1, b=T4.replace(" 9 ", " ilegible "))
    done = year()
    assert (done.elegidas, len(done.fallas)) == (2, 1)
    assert "ValueError: no se lee" in done.fallas[0]
    assert con.execute("select count(*) from raw.renglones").fetchone() == (3,)
    assert pending_ejercicios(con) == [2022]


def test_figures_too_large_for_the_table_are_left_out(con: Con, load: Load, year: Year) -> None:
    """Thirty digits in a row cost that row its readings, never the year its rows."""
    load(a=T1.replace(" 10 ", f" {'9' * 30} "))
    done = year()
    assert (done.renglones, done.lecturas, done.elegidas) == (2, 1, 2)
    assert con.execute("select meta, estado from raw.elegidas where accion_numero = 100").fetchall() == [
        (None, "dudosa")
    ]


def test_a_failure_leaves_the_year_as_it_was(
    con: Con, load: Load, year: Year, dump: Dump, catalogs: Catalogs, toy: Reader
) -> None:
    """All or none: an interruption while choosing keeps the rows of the load before."""
    load(a=T1)
    year()
    load(b=T4)
    before = dump()

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_ejercicio(con, 2022, catalogs, reader=replace(toy, reconcile=interrupted))
    assert dump() == before


def test_extracts_settled_with_other_catalogues_are_refused(
    con: Con, load: Load, catalogs: Catalogs, toy: Reader
) -> None:
    """A year must not mix forms settled with old rules and cells read with new ones."""
    load(a=T1)
    with pytest.raises(StaleExtractsError, match=r"a\.txt"):
        load_ejercicio(con, 2022, replace(catalogs, entes={}), reader=toy)


def test_the_order_of_loading_changes_nothing(tmp_path: Path, folder: Path, catalogs: Catalogs, toy: Reader) -> None:
    """Files together, one by one, or backwards: the same rows."""
    contents = {"a": T1, "b": T1.replace("10 1", "11 2"), "c": T4, "d": OTRO_ANIO}
    seen = []
    for number, batches in enumerate([["abcd"], ["a", "b", "c", "d"], ["d", "c", "ba"]]):
        place = tmp_path / f"lote{number}"
        place.mkdir()
        with open_warehouse(tmp_path / f"home{number}" / "warehouse.duckdb") as con:
            for batch in batches:
                for name in batch:
                    (place / f"{name}.txt").write_text(contents[name])
                load_extracts(con, place, catalogs, {}, reader=toy)
                for ejercicio in pending_ejercicios(con):
                    load_ejercicio(con, ejercicio, catalogs, reader=toy)
            tables = ("formatos", "renglones", "lecturas", "vinculos", "elegidas", "ejercicios exclude (cargado_en)")
            seen.append([con.execute(_ordered(t)).fetchall() for t in tables])
    assert seen[0] == seen[1] == seen[2]


def _ordered(table: str) -> str:
    name, _, rest = table.partition(" ")
    return f"select * {rest} from raw.{name} order by all"
