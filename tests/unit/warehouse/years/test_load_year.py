"""Loading an ejercicio: whole, repeatable, one vigente reporte for each unit and cut."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Refusal
from dagster_project.tmm_f004.page.printed_page import PrintedPage
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import EjercicioLoad, ExtractLoad, ResultadoEjercicio
from dagster_project.warehouse.years.load_year import StaleExtractsError, YearLoader
from dagster_project.warehouse.years.pages_in_force import NO_EJERCICIO

Con = duckdb.DuckDBPyConnection
Load = Callable[..., dict[str, ExtractLoad]]
Year = Callable[..., EjercicioLoad]
Pending = Callable[[], list[int]]
Dump = Callable[[], dict[str, list[tuple]]]

T1 = "FORMA 54101 2022 1\nACCION 100 10 1 2 3 4 1 . . .\nACCION 101 0.5 0.1 0.4 . . 0.1 . . .\n"
T4 = "FORMA 54101 2022 4\nACCION 500 9 . 2 3 4 . 2 3 4\n"
OTRO_ANIO = "FORMA 54101 2023 1\nACCION 100 4 1 1 1 1 1 . . .\n"


@pytest.fixture
def year(con: Con, catalogs: Catalogs, toy: Reader) -> Year:
    return lambda ejercicio=2022: YearLoader(con, catalogs, reader=toy).load(ejercicio)


@pytest.fixture
def pending(con: Con, catalogs: Catalogs) -> Pending:
    return lambda: YearLoader(con, catalogs).pending()


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


def test_loading_again_writes_nothing_and_from_nothing_the_same(
    load: Load, year: Year, pending: Pending, dump: Dump, con: Con
) -> None:
    """The same inputs are recognised, and where the rows are gone the same rows come back."""
    load(a=T1, b=T4)
    year()
    before = dump()
    assert year().resultado is ResultadoEjercicio.UNCHANGED
    assert pending() == []
    con.execute("delete from raw.ejercicios")
    assert pending() == [2022]
    assert year().resultado is ResultadoEjercicio.LOADED
    assert dump() == before


def test_a_year_without_forms_is_empty(con: Con, load: Load, year: Year, pending: Pending) -> None:
    """Nothing to materialize; and rows that a replaced file left behind are gone."""
    load(a=T1)
    year()
    assert year(2019).resultado is ResultadoEjercicio.EMPTY
    load(a=OTRO_ANIO)
    assert pending() == [2022, 2023]
    assert year(2022).resultado is ResultadoEjercicio.EMPTY
    assert con.execute("select count(*) from raw.renglones").fetchone() == (0,)
    assert pending() == [2023]


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
    YearLoader(con, catalogs, reader=toy).load(2022)

    def later(lines: Sequence[str], cat: Catalogs, typed: Container[int]) -> tuple[list[PrintedPage], list[Refusal]]:
        return toy.parse([line.replace(" 2022 ", " 2023 ") for line in lines], cat, typed)

    moved, other = replace(toy, parse=later), replace(catalogs, entes={})
    load_extracts(con, folder, other, {}, reader=moved)
    YearLoader(con, other, reader=moved).load(2023)
    assert con.execute("select ejercicio, count(*) from raw.renglones group by all").fetchall() == [(2023, 2)]


@pytest.mark.parametrize("files", ["aa", "ab"], ids=["one-file", "two-files"])
def test_pages_of_one_reporte_are_joined(load: Load, year: Year, files: str) -> None:
    """A unit whose report takes two pages has the rows of both, in whatever files they came."""
    first, second = files
    pages = {first: T1}
    pages[second] = pages.get(second, "") + "FORMA 54101 2022 1\nACCION 102 4 1 1 1 1 1 . . .\n"
    load(**pages)
    done = year()
    assert (done.elegidas, done.paginas) == (3, {"vigente": 2})


def test_unsettled_pages_are_kept_but_not_chosen_from(con: Con, load: Load, year: Year) -> None:
    """No unit or no quarter: rows and readings are there, links and choices are not."""
    load(a=T1.replace("54101", "-"), b=T1.replace("2022 1", "2022 -"))
    done = year()
    assert (done.renglones, done.lecturas, done.vinculos, done.elegidas) == (4, 4, 0, 0)
    assert (done.paginas, done.renglones_apartados) == ({"apartada": 2}, 4)


def test_pages_of_no_settled_year_are_kept_with_year_null(con: Con, load: Load, year: Year) -> None:
    """They are loaded as a year of their own, and go when their page finds its year."""
    load(a=T1.replace("2022", "-"))
    done = year(NO_EJERCICIO)
    assert (done.ejercicio, done.renglones, done.elegidas, done.paginas) == (0, 2, 0, {"apartada": 1})
    assert con.execute("select ejercicio, corte from raw.formatos").fetchall() == [(None, None)]
    assert con.execute("select distinct ejercicio from raw.renglones").fetchall() == [(None,)]
    load(a=T1)
    year(2022)
    assert year(NO_EJERCICIO).resultado is ResultadoEjercicio.EMPTY
    assert con.execute("select ejercicio, count(*) from raw.renglones group by all").fetchall() == [(2022, 2)]


def test_a_form_that_cannot_be_read_keeps_its_rows_and_the_year_stays_pending(
    con: Con, load: Load, year: Year, pending: Pending
) -> None:
    """One form fails: the others are loaded, the failure is named, the next load tries again."""
    load(a=T1, b=T4.replace(" 9 ", " ilegible "))
    done = year()
    assert (done.elegidas, len(done.fallas)) == (2, 1)
    assert "ValueError: no se lee" in done.fallas[0]
    assert con.execute("select count(*) from raw.renglones").fetchone() == (3,)
    assert pending() == [2022]
    load(b=OTRO_ANIO)
    assert pending() == [2022, 2023]
    year()
    assert pending() == [2023]
    load(a=OTRO_ANIO)
    assert year().resultado is ResultadoEjercicio.EMPTY
    assert con.execute("select count(*) from raw.renglones").fetchone() == (0,), "nor do the failed form's rows stay"


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

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        YearLoader(con, catalogs, reader=replace(toy, reconcile=interrupted)).load(2022)
    assert dump() == before


def test_extracts_settled_with_other_catalogues_are_refused(
    con: Con, load: Load, catalogs: Catalogs, toy: Reader
) -> None:
    """A year must not mix forms settled with old rules and cells read with new ones."""
    load(a=T1)
    with pytest.raises(StaleExtractsError, match=r"a\.txt"):
        YearLoader(con, replace(catalogs, entes={}), reader=toy).load(2022)


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
                loader = YearLoader(con, catalogs, reader=toy)
                for ejercicio in loader.pending():
                    loader.load(ejercicio)
            tables = ("formatos", "renglones", "lecturas", "vinculos", "elegidas", "ejercicios exclude (cargado_en)")
            seen.append([con.execute(_ordered(t)).fetchall() for t in tables])
    assert seen[0] == seen[1] == seen[2]


def _ordered(table: str) -> str:
    name, _, rest = table.partition(" ")
    return f"select * {rest} from raw.{name} order by all"
