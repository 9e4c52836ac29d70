"""Nothing is published that a blocking check has not passed on, exactly as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.publication import publicacion_vigente
from dagster_project.warehouse.publish.verdict import UncheckedError, record, require
from dagster_project.warehouse.publish.versions import publish

GATE = {"extractos": ("archivos:uno",), "ejercicios": ("lecturas:dos",), "marts": ("fct:tres", "prueba_de_dbt")}


@pytest.fixture
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with one mart, all of whose checks passed."""
    with open_warehouse(warehouse) as con:
        con.execute(
            "create schema if not exists marts; create or replace table marts.fct as select 1 as cifra, 'a' as t"
        )
        for border, names in GATE.items():
            record(con, "corrida", border, dict.fromkeys(names, True))
        yield con


def test_what_every_check_passed_on_is_let_through(con) -> None:
    """And stays so however often it is asked for."""
    require(con, GATE)
    require(con, GATE)


@pytest.mark.parametrize("border", [*GATE])
def test_a_check_that_failed_is_named(con, border: str) -> None:
    """Of any border, with the run in which it failed."""
    name = GATE[border][0]
    record(con, "mala", border, {name: False})
    with pytest.raises(UncheckedError, match=rf"1 of 4 .*(.|\n)*{name} failed in run mala"):
        require(con, GATE)


def test_a_check_that_was_never_run_is_named(con) -> None:
    """A new rule asks for a load."""
    with pytest.raises(UncheckedError, match="nueva has not looked"):
        require(con, {**GATE, "marts": ("nueva",)})


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("update marts.fct set cifra = 2", "fct:tres"),
        ("update marts.fct set t = 'b'", "prueba_de_dbt"),
        ("insert into marts.fct from marts.fct", "fct:tres"),
        ("delete from marts.fct", "fct:tres"),
        ("alter table marts.fct add column otra integer", "fct:tres"),
        ("create table marts.dim as select 1 as x", "fct:tres"),
        ("insert into raw.ejercicios (ejercicio, huella, cargado_en) values (2022, 'x', now())", "lecturas:dos"),
        ("insert into raw.lineas values ('x', 1, '', '')", "archivos:uno"),
    ],
    ids=["a figure", "a text", "a row more", "no rows", "a column", "a table", "a year read again", "a line of raw"],
)
def test_what_changed_since_is_not_let_through(con, change: str, named: str) -> None:
    """From whatever door it changed: the verdict speaks of something else."""
    con.execute(change)
    with pytest.raises(UncheckedError, match=f"{named} has not looked at what is there now"):
        require(con, GATE)


def test_marts_of_an_earlier_reading_are_not_let_through(con) -> None:
    """The marts are as they were checked, but what they were made from was read again and passed since."""
    con.execute("insert into raw.ejercicios (ejercicio, huella, cargado_en) values (2022, 'x', now())")
    record(con, "otra", "ejercicios", {"lecturas:dos": True})
    with pytest.raises(UncheckedError, match=r"2 of 4(.|\n)*fct:tres has not looked"):
        require(con, GATE)


def test_many_are_counted_and_some_named(con) -> None:
    """A message stays readable where nothing was checked."""
    with pytest.raises(UncheckedError, match=r"30 of 30(.|\n)*… and 25 more"):
        require(con, {"marts": tuple(f"regla_{n}" for n in range(30))})


def test_a_refused_publication_changes_nothing(con, warehouse: Path, published: Path) -> None:
    """The pointer is byte-identical, no file more is there; after repair it publishes."""
    con.close()
    publish(warehouse, published, "buena", GATE)
    before = {path: path.read_bytes() for path in published.rglob("*") if path.is_file()}
    with open_warehouse(warehouse) as again:
        again.execute("update marts.fct set cifra = 3")
    with pytest.raises(UncheckedError):
        publish(warehouse, published, "mala", GATE)
    assert {path: path.read_bytes() for path in published.rglob("*") if path.is_file()} == before
    with open_warehouse(warehouse) as again:
        record(again, "reparada", "marts", dict.fromkeys(GATE["marts"], True))
    assert publish(warehouse, published, "reparada", GATE).nueva
    assert publicacion_vigente(published) is not None
