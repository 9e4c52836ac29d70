"""Which pages count for an ejercicio: dates and places decide, or nothing does; no name, no order of loading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import EjercicioLoad, ExtractLoad
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.pages_in_force import NO_EJERCICIO

Con = duckdb.DuckDBPyConnection
Load = Callable[..., dict[str, ExtractLoad]]
Year = Callable[..., EjercicioLoad]

T1 = "FORMA 54101 2022 1\nACCION 100 10 1 2 3 4 1 . . .\nACCION 101 0.5 0.1 0.4 . . 0.1 . . .\n"
T4 = "FORMA 54101 2022 4\nACCION 500 9 . 2 3 4 . 2 3 4\n"
OTRO_ANIO = "FORMA 54101 2023 1\nACCION 100 4 1 1 1 1 1 . . .\n"
OTHER_FIGURES = T1.replace("100 10 1 2", "100 11 2 2")
DATED = {"a": date(2022, 4, 30), "b": date(2022, 5, 1)}


@pytest.fixture
def year(con: Con, catalogs: Catalogs, toy: Reader) -> Year:
    return lambda ejercicio=2022: YearLoader(con, catalogs, reader=toy).load(ejercicio)


def _register(dates: dict[str, date]) -> dict[str, RegistroExtracto]:
    return {f"{name}.txt": RegistroExtracto(None, day) for name, day in dates.items()}


@pytest.mark.parametrize(
    ("dates", "pages"),
    [
        pytest.param({}, {"a": "en_disputa", "b": "en_disputa"}, id="no-dates"),
        pytest.param(DATED, {"a": "sustituida", "b": "vigente"}, id="later-date"),
        pytest.param({"a": DATED["a"]}, {"a": "vigente", "b": "sustituida"}, id="a-date-beats-none"),
        pytest.param({"a": DATED["a"], "b": DATED["a"]}, {"a": "en_disputa", "b": "en_disputa"}, id="same-day"),
    ],
)
@pytest.mark.parametrize("names", ["ab", "ba"])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_which_of_two_reports_counts_neither_name_nor_order_says(
    con: Con, load: Load, year: Year, dates: dict[str, date], pages: dict[str, str], order: str, names: str
) -> None:
    """Two extracts report on one unit and cut with other figures: the register's date decides, or nothing does."""
    name_of = dict(zip("ab", names, strict=True))
    register = _register({name_of[k]: day for k, day in dates.items()})
    contents = {"a": T1, "b": OTHER_FIGURES}
    ids = {}
    for k in order:
        ids[load(registry=register, **{name_of[k]: contents[k]})[name_of[k]].extracto_id] = k
        year()
    found = con.execute("select extracto_id, situacion from raw.formatos").fetchall()
    assert {ids[key]: situacion for key, situacion in found} == pages
    counting = {k for k, situacion in pages.items() if situacion != "sustituida"}
    assert {ids[key] for (key,) in con.execute("select extracto_id from raw.elegidas").fetchall()} == counting
    assert con.execute("select count(*) from raw.renglones").fetchone() == (4,)
    assert year().renglones_apartados == 4 - 2 * len(counting)


def test_a_date_registered_later_settles_a_dispute(con: Con, load: Load, year: Year, catalogs: Catalogs) -> None:
    """The year is pending for it, and which page it gives way to is told."""
    load(a=T1, b=OTHER_FIGURES)
    assert year().paginas == {"en_disputa": 2}
    done = load(registry=_register(DATED))
    assert YearLoader(con, catalogs).pending() == [2022]
    assert year().paginas == {"sustituida": 1, "vigente": 1}
    told = con.execute("select cede_ante from raw.formatos where situacion = 'sustituida'").fetchall()
    assert told == [(f"{done['b'].extracto_id}:1",)]


def test_the_same_page_in_two_files_counts_once(con: Con, load: Load, year: Year) -> None:
    """A copy is noted, with the page that it repeats."""
    load(a=T1, b="carta\n" + T1)
    done = year()
    assert (done.paginas, done.elegidas, done.renglones_apartados) == ({"copia": 1, "vigente": 1}, 2, 2)
    copy, other = con.execute("select cede_ante, extracto_id from raw.formatos order by situacion").fetchall()
    assert (copy[0], other[0]) == (f"{other[1]}:1", None)


def test_a_file_in_the_inbox_waits_until_it_is_dated(
    con: Con, folder: Path, catalogs: Catalogs, toy: Reader, year: Year
) -> None:
    """Its figures change nothing where the extracts folder has others; alone it counts."""
    inbox = folder.parent / "inbox"
    inbox.mkdir()
    (folder / "a.txt").write_text(T1)
    (inbox / "b.txt").write_text(OTHER_FIGURES + T4)
    places = {"": folder, INBOX: inbox}
    load_folders(con, places, catalogs, {}, reader=toy)
    assert year().paginas == {"por_aprobar": 1, "vigente": 2}
    assert con.execute("select meta from raw.elegidas where accion_numero = 100").fetchall() == [(10,)]
    load_folders(con, places, catalogs, {"inbox://b.txt": RegistroExtracto(None, date(2022, 5, 1))}, reader=toy)
    assert year().paginas == {"sustituida": 1, "vigente": 2}
    assert con.execute("select meta from raw.elegidas where accion_numero = 100").fetchall() == [(11,)]


@pytest.mark.parametrize("dates", [{}, {"b": date(2022, 5, 1)}], ids=["no-dates", "later-date"])
def test_a_cut_copy_takes_the_place_of_nothing(con: Con, load: Load, year: Year, dates: dict[str, date]) -> None:
    """A page that ends before its time loses no row of a whole one, published later as it may be; alone it counts."""
    cut = T1.splitlines()[:2]
    load(registry=_register(dates), a=T1 + T4, b="\n".join([*cut, "CORTADA", OTRO_ANIO, "CORTADA"]))
    year()
    found = con.execute(
        "select corte, accion_numero, count(distinct meta) from raw.elegidas group by all order by all"
    ).fetchall()
    assert found == [("2022-T1", 100, 1), ("2022-T1", 101, 1), ("2022-T4", 500, 1)]
    assert year(2023).elegidas == 1
    cuts = con.execute("select ejercicio, linea, regla from raw.rechazos order by all").fetchall()
    assert cuts == [(2022, 3, "forma_cortada"), (2023, 7, "forma_cortada")]


@pytest.mark.parametrize("doubt", ["54101? 2022 1", "54101 2022? 1", "54101 2022 1?"], ids=["unit", "year", "quarter"])
def test_an_uncertain_page_is_set_aside(con: Con, load: Load, year: Year, doubt: str) -> None:
    """What may be another unit's or another quarter's counts for nothing, published last as it may be."""
    done = load(registry=_register({"b": DATED["b"]}), a=T1, b=OTHER_FIGURES.replace("54101 2022 1", doubt))
    year()
    year(NO_EJERCICIO)
    found = con.execute("select extracto_id, situacion from raw.formatos order by situacion").fetchall()
    assert found == [(done["b"].extracto_id, "apartada"), (done["a"].extracto_id, "vigente")]
    for table in ("vinculos", "elegidas"):
        rows = con.execute(f"select distinct extracto_id from raw.{table}").fetchall()
        assert rows == [(done["a"].extracto_id,)]
    assert con.execute("select count(*) from raw.renglones").fetchone() == (4,)
