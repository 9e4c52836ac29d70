"""Linking the loaded years: a function of the actions that are there, whatever was loaded first."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import duckdb
import pytest

from dagster_project.tmm_f004.decisions import DecidedLink, Decisions
from dagster_project.tmm_f004.page.printed_page import line_hash
from dagster_project.warehouse.years.load_series import load_series

Con = duckdb.DuckDBPyConnection

NONE = Decisions()
ROWS = {
    2021: ["ACCION 100 10 1 2 3 4 1 . . .", "ACCION 101 7 1 2 2 2 1 . . ."],
    2022: ["ACCION 500 11 1 3 3 4 1 . . .", "ACCION 501 8 2 2 2 2 1 . . ."],
    2023: ["ACCION 500 12 1 3 4 4 1 . . .", "ACCION 501 9 2 2 3 2 1 . . ."],
}
SERIES = "select accion_id, serie_id, anterior, regla from raw.series order by all"


def _form(year: int) -> str:
    return "\n".join([f"FORMA 54101 {year} 1", *ROWS[year], ""])


def _dated(con: Con) -> None:
    """The toy names actions by unit and number alone, and gives all of them one text: make both the form's."""
    con.execute("update raw.vinculos set accion_id = concat('54101-', corte, '-', right(accion_id, 1))")
    con.execute("update raw.renglones set descripcion = if(accion_numero % 2 = 0, 'Dar apoyos', 'Pintar bardas')")


@pytest.fixture
def three(con: Con, load: Callable, years: Callable) -> Con:
    load(**{f"f{year}": _form(year) for year in ROWS})
    years()
    _dated(con)
    return con


def test_every_action_is_there_with_what_it_continues(three: Con) -> None:
    """Two actions of three years: two series."""
    done = load_series(three, NONE)
    assert (done.unidades, done.acciones, done.vinculos, done.inciertos) == (1, 6, 4, 0)
    assert three.execute("select serie_id, count(*) from raw.series group by all order by all").fetchall() == [
        ("54101-2021-T1-0", 3),
        ("54101-2021-T1-1", 3),
    ]


def test_the_same_years_write_nothing(three: Con) -> None:
    """A second load links no unit again."""
    first = load_series(three, NONE)
    again = load_series(three, NONE)
    assert (again.unidades, again.acciones) == (0, first.acciones)


@pytest.mark.parametrize("order", list(itertools.permutations(ROWS)), ids=lambda order: "-".join(map(str, order)))
def test_the_series_do_not_depend_on_the_order_of_loading(
    order: tuple[int, ...], con: Con, load: Callable, years: Callable
) -> None:
    """One year after the other, linked after each: as if all had been there."""
    for year in order:
        load(**{f"f{year}": _form(year)})
        years()
        _dated(con)
        load_series(con, NONE)
    grown = con.execute(SERIES).fetchall()
    con.execute("delete from raw.series_ejercicios")
    load_series(con, NONE)
    assert con.execute(SERIES).fetchall() == grown
    assert {serie for _, serie, *_ in grown} == {"54101-2021-T1-0", "54101-2021-T1-1"}


def test_a_year_that_goes_takes_its_links_with_it(three: Con) -> None:
    """Without 2022 the actions of 2023 continue those of 2021."""
    load_series(three, NONE)
    three.execute("delete from raw.ejercicios where ejercicio = 2022")
    three.execute("delete from raw.vinculos where ejercicio = 2022")
    load_series(three, NONE)
    found = dict(three.execute("select accion_id, anterior from raw.series where ejercicio = 2023").fetchall())
    assert found == {"54101-2023-T1-0": "54101-2021-T1-0", "54101-2023-T1-1": "54101-2021-T1-1"}


def test_a_person_links_rows_of_two_years_either_way_round(three: Con) -> None:
    """The lines are named by their hashes; the later year's action continues the earlier one's."""
    three.execute("update raw.renglones set descripcion = 'Otra cosa' where ejercicio = 2022 and accion_numero = 500")
    one, other = line_hash(ROWS[2021][0]), line_hash(ROWS[2022][0])
    load_series(three, Decisions(vinculos=(DecidedLink(one, "", other, "", "vinculos.csv, line 2"),)))
    assert three.execute("select anterior, regla from raw.series where accion_id = '54101-2022-T1-0'").fetchall() == [
        ("54101-2021-T1-0", "persona")
    ]
