"""The pages of all live files by ejercicio: one that its file leaves open is placed by the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.pages_in_force import NO_EJERCICIO, pages_in_force
from tests.support.made_up_forms import CATALOGS, MadeUpForm
from tests.support.planned_forms import BARE, NO_YEAR, OTHERS, PLANS, Plans, of, planned

Con = duckdb.DuckDBPyConnection
Write = Callable[..., dict[int, list[str]]]


def text(form: MadeUpForm, plans: Plans = PLANS) -> str:
    return "\n".join(planned(form, plans)) + "\n"


@pytest.fixture
def write(con: Con, folder: Path) -> Write:
    """Write files, load them and every pending year; gives the files that each ejercicio has pages of."""

    def _write(**files: str) -> dict[int, list[str]]:
        for name, content in files.items():
            (folder / f"{name}.txt").write_text(content)
        load_extracts(con, folder, CATALOGS, {})
        loader = YearLoader(con, CATALOGS)
        for year in loader.pending():
            assert loader.load(year).fallas == ()
        assert YearLoader(con, CATALOGS).pending() == []
        known = pages_in_force(con, CATALOGS, Decisions())
        return {year: sorted(known.files[key].ruta[0] for key, _ in keys) for year, keys in known.of_year.items()}

    return _write


def settled(con: Con, name: str) -> list[tuple]:
    return con.execute(
        "select f.ente_codigo, f.anio, f.anio_estado, f.situacion, f.ejercicio from raw.formatos f "
        "join raw.extractos e using (extracto_id) where e.ruta = ? and e.retirado_en is null",
        [f"{name}.txt"],
    ).fetchall()


@pytest.mark.parametrize("order", ["ab", "ba", "b+a"])
def test_a_page_finds_municipality_and_year_by_another_file(con: Con, write: Write, order: str) -> None:
    """Whichever came first: a later file moves it out of the pages of no settled year."""
    content = {"a": text(of(2023)), "b": text(BARE)}
    if order == "b+a":
        assert write(b=content["b"]) == {NO_EJERCICIO: ["b"]}
        assert [row[3:] for row in settled(con, "b")] == [("apartada", None)]
        assert write(a=content["a"]) == {2023: ["a", "b"]}
    else:
        assert write(**{name: content[name] for name in order}) == {2023: ["a", "b"]}
    assert settled(con, "b") == [("02004", 2023, "reparada", "vigente", 2023)]
    assert con.execute("select corte, count(*) from raw.elegidas group by all order by all").fetchall() == [
        ("2023-T2", 4),
        ("2023-T3", 4),
    ]
    assert con.execute("select count(*) from raw.renglones where ejercicio is null").fetchone() == (0,)


def test_a_page_loses_its_place_with_what_gave_it(con: Con, write: Write) -> None:
    """Of replaced bytes nothing is left, neither what they said of others."""
    write(a=text(of(2023)), b=text(BARE))
    assert write(a="carta\n") == {NO_EJERCICIO: ["b"]}
    assert settled(con, "b") == [(None, None, "dudosa", "apartada", None)]
    assert con.execute("select count(*) from raw.elegidas").fetchone() == (0,)


@pytest.mark.parametrize(
    "others",
    [
        pytest.param({"a": text(of(2022), OTHERS)}, id="other-plans"),
        pytest.param({"a": text(of(2022)), "c": text(of(2023))}, id="two-years-agree"),
    ],
)
def test_a_year_that_others_leave_open_is_not_taken(con: Con, write: Write, others: dict[str, str]) -> None:
    """The page is set aside, and changes nothing in the years that it might be of."""
    before = write(**others)
    rows = con.execute("select * from raw.elegidas order by all").fetchall()
    assert write(b=text(NO_YEAR)) == before | {NO_EJERCICIO: ["b"]}
    assert settled(con, "b") == [("02004", None, "dudosa", "apartada", None)]
    assert con.execute("select * from raw.elegidas order by all").fetchall() == rows


def test_a_second_year_takes_the_place_away_again(con: Con, write: Write) -> None:
    """What was the only year with these plans is one of two: the page is nobody's once more."""
    assert write(a=text(of(2023)), b=text(NO_YEAR)) == {2023: ["a", "b"]}
    assert write(c=text(of(2022))) == {2022: ["c"], 2023: ["a"], NO_EJERCICIO: ["b"]}
    assert con.execute("select count(*) from raw.elegidas where corte = '2023-T3'").fetchone() == (0,)
