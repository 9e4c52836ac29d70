"""Which ejercicios a build makes anew, whatever happened to the builds before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.state.build_plan import BuildPlan, forget_builds, plan_build, record_build

CODE = "this code"


@pytest.fixture
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Three years that were loaded and built, each from inputs named ``A``."""
    with open_warehouse(warehouse) as con:
        con.execute("create schema intermediate")
        con.execute("create table intermediate.int_renglones (ejercicio integer, unidad_medida_nombre varchar)")
        con.execute("create table intermediate.int_unidades_medida (unidad_medida_nombre varchar)")
        con.execute("insert into raw.ejercicios select unnest([2020, 2021, 2022]), 'A', now()")
        record_build(con, plan_build(con, CODE))
        yield con


def load(con: duckdb.DuckDBPyConnection, inputs: str, year: int = 2022) -> None:
    """The load of a year says what its rows follow from."""
    con.execute("update raw.ejercicios set huella = ? where ejercicio = ?", [inputs, year])


def planned(con: duckdb.DuckDBPyConnection, common: str = CODE) -> BuildPlan:
    """A plan, which dbt is told of."""
    plan = plan_build(con, common)
    told = con.execute("select ejercicio from raw.ejercicios_por_rehacer order by all").fetchall()
    assert told == [(year,) for year in plan.changed]
    return plan


def test_nothing_changed_builds_nothing(con: duckdb.DuckDBPyConnection) -> None:
    """Of the years; dimensions are made whole all the same."""
    assert planned(con).changed == ()
    assert not planned(con).whole


def test_a_year_of_other_rows_is_made_anew_once(con: duckdb.DuckDBPyConnection) -> None:
    """And known again when it was built."""
    load(con, "B")
    plan = planned(con)
    assert (plan.changed, plan.whole) == ((2022,), False)
    record_build(con, plan)
    assert planned(con).changed == ()


def test_a_year_that_is_gone_is_made_anew(con: duckdb.DuckDBPyConnection) -> None:
    """Into nothing."""
    con.execute("delete from raw.ejercicios where ejercicio = 2020")
    plan = planned(con)
    assert (plan.changed, plan.whole) == ((2020,), False)
    record_build(con, plan)
    assert planned(con).changed == ()


def test_a_killed_build_is_made_anew_though_its_inputs_changed_back(con: duckdb.DuckDBPyConnection) -> None:
    """Some of its models hold what the inputs were meanwhile."""
    load(con, "B")
    planned(con)
    load(con, "A")
    assert planned(con).changed == (2022,)


def test_a_measure_renamed_by_another_year_is_made_anew(con: duckdb.DuckDBPyConnection) -> None:
    """The year shows a name that nothing goes by any more."""
    con.execute("insert into intermediate.int_renglones values (2021, 'luminaria')")
    assert planned(con).changed == (2021,)


def test_where_nobody_can_tell_what_was_renamed_everything_is_built(con: duckdb.DuckDBPyConnection) -> None:
    """Somebody dropped the table that shows it."""
    con.execute("drop table intermediate.int_renglones")
    assert planned(con).whole


@pytest.mark.parametrize("common", ["other code", CODE], ids=["changed", "forgotten"])
def test_other_code_and_nothing_known_build_everything(con: duckdb.DuckDBPyConnection, common: str) -> None:
    """A catalogue, a model, a version of dbt; or a build of some models alone."""
    if common == CODE:
        forget_builds(con)
    plan = planned(con, common)
    assert plan.whole
    record_build(con, plan)
    assert not planned(con, common).whole


def test_planning_leaves_no_transaction_open(con: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """dbt builds beside that connection: what it drops gives its room back only when nobody reads on."""
    planned(con, "other code")
    with duckdb.connect(str(warehouse)) as other:
        other.execute("create table main.t as select 1 as a; checkpoint")
