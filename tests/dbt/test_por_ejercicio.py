"""A build of what changed leaves the marts exactly as a build of everything would, whatever changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from tests.support.dbt_parsed import give_parsed
from tests.support.dbt_world import RawWorld
from tests.support.marts_home import different
from tests.support.raw_changes import (
    FIRST,
    SECOND,
    late_cut,
    moved_file,
    new_quarter,
    new_year,
    nothing,
    renamed_linea,
    renamed_measure,
    replaced,
    report,
    set_aside,
    timeless_page,
    year_found,
    year_removed,
)

from dagster_project.defs.dbt_runner import EVERY_MODEL, run_dbt
from dagster_project.settings import RAIZ, Settings
from dagster_project.warehouse.db.connection import open_warehouse

ALL = ["--select", EVERY_MODEL, "--exclude", "resource_type:unit_test", "resource_type:test"]
TESTED = ["--select", EVERY_MODEL, "--exclude", "resource_type:unit_test"]
YEARS = range(2019, 2023)
OF_YEAR = "select coalesce(ejercicio, 0), md5(string_agg(fila, '' order by fila)), now() from (" + " union all ".join(
    f"select ejercicio, t::varchar as fila from raw.{t} t" for t in ("renglones", "lecturas", "vinculos", "elegidas")
) + ") group by ejercicio"
"""What a load would say of each year: other rows, another hash; 0 for the pages of no settled year."""


def settings_of(home: Path, root: Path = RAIZ) -> Settings:
    """A home of its own on the project, or on a copy of it."""
    return Settings(home, home / "extracts", home / "inbox", root=root)


def world_of(settings: Settings) -> RawWorld:
    """The raw tables of a home, to be changed; close its connection."""
    return RawWorld(duckdb.connect(str(settings.warehouse)))


def build(settings: Settings, selection: list[str] = ALL) -> str:
    """Build a home as the load does; what was said of it."""
    if settings.root == RAIZ:
        give_parsed(settings)
    os.environ["AVANCE_WAREHOUSE"] = str(settings.warehouse)
    with open_warehouse(settings.warehouse) as con:
        con.execute(f"create or replace temp view de_anio as {OF_YEAR}")
        con.execute("delete from raw.ejercicios")
        con.execute("insert into raw.ejercicios from de_anio")
    said: list[str] = []
    result = run_dbt(settings, selection, said.append)
    if result.exception:
        raise result.exception
    return said[0]


def held(settings: Settings) -> dict[str, list[tuple]]:
    """Every row that dbt built."""
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        tables = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('intermediate', 'marts')"
        ).fetchall()
        return {table: con.execute(f"from {table} order by all").fetchall() for (table,) in tables}


def made_whole(settings: Settings, folder: Path) -> dict[str, list[tuple]]:
    """What a build of everything makes of the same raw tables."""
    other = settings_of(folder, settings.root)
    folder.mkdir()
    with duckdb.connect(str(other.warehouse)) as con:
        con.execute(f"attach '{settings.warehouse}' as origen (read_only)")
        con.execute("create schema raw")
        for (table,) in con.execute(
            "select table_name from duckdb_tables() where database_name = 'origen' and schema_name = 'raw'"
        ).fetchall():
            con.execute(f"create table raw.{table} as from origen.raw.{table}")
        con.execute("delete from raw.ejercicios_construidos")
    assert build(other) == "every ejercicio is built anew"
    return held(other)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Four years of two quarters, built; not to be changed."""
    settings = settings_of(tmp_path_factory.mktemp("base") / "home")
    with open_warehouse(settings.warehouse):
        pass
    world = world_of(settings)
    for year in YEARS:
        report(world, f"a{year}", f"{year}-T1", FIRST)
        report(world, f"b{year}", f"{year}-T2", SECOND)
        report(world, f"c{year}", f"{year}-T4", FIRST.replace("128", "100"), unidad="54102", linea="APOYO SOCIAL")
    world.extract("u0", "nuevo/u0.txt")
    world.page("u0", 1, "54101", "0000-T3", "con_eje", "511").row(100, FIRST)
    world.con.close()
    assert build(settings) == "every ejercicio is built anew"
    return settings


@pytest.fixture
def home(base: Settings, tmp_path: Path) -> Settings:
    """A copy of the built home."""
    shutil.copytree(base.home, tmp_path / "home")
    return settings_of(tmp_path / "home")


CASES: dict[Callable[[RawWorld], None], str] = {
    new_quarter: "2022",
    late_cut: "2020",
    new_year: "2023",
    year_removed: "2019",
    replaced: "2020",
    renamed_measure: "2019, 2020, 2021, 2022",
    renamed_linea: "2022",
    moved_file: "2021",
    set_aside: "2021",
    timeless_page: "0",
    year_found: "0, 2021",
    nothing: "no ejercicio",
}


IN_TURN = (new_quarter, replaced, late_cut, year_removed)
"""Rows come, are replaced, come late, leave: each built on what the one before left."""

OFTEN = (renamed_measure, set_aside, year_found)
"""One of each other kind: rows change everywhere, are set aside, move. The others are ``long``: two builds each."""


@pytest.mark.parametrize(
    "change", [c if c in OFTEN else pytest.param(c, marks=pytest.mark.long) for c in CASES], ids=lambda c: c.__name__
)
def test_what_changed_built_anew_is_what_everything_would_be(
    home: Settings, tmp_path: Path, change: Callable[[RawWorld], None]
) -> None:
    """Row by row and key by key, in every table; and no more is built than has to be."""
    world = world_of(home)
    change(world)
    world.relinked()
    world.con.close()
    said = build(home)
    assert different(held(home), made_whole(home, tmp_path / "whole")) == []
    everything = CASES[change].count(",") > 1
    assert said == (
        "every ejercicio is built anew" if everything else f"built anew: {CASES[change]}; the rest is as it was"
    )


def test_changes_one_after_the_other_add_up(home: Settings, tmp_path: Path) -> None:
    """Each build stands on the one before, none of them on everything."""
    for change in IN_TURN:
        world = world_of(home)
        change(world)
        world.relinked()
        world.con.close()
        assert build(home) == f"built anew: {CASES[change]}; the rest is as it was"
    assert different(held(home), made_whole(home, tmp_path / "whole")) == []


def test_a_changed_catalogue_builds_everything(home: Settings, tmp_path: Path) -> None:
    """A correction, a link, a rule, a model: what no ejercicio says of itself may change any of them."""
    root = tmp_path / "project"
    for part in ("dbt", "seeds"):
        shutil.copytree(RAIZ / part, root / part, ignore=shutil.ignore_patterns("target", "logs"))
    there = settings_of(home.home, root)
    assert build(there) == "every ejercicio is built anew"
    assert build(there).startswith("built anew: no ejercicio")
    seed = root / "seeds" / "unidades_medida.csv"
    header = seed.read_text(encoding="utf-8").splitlines()[0].split(",")
    values = {"unidad_medida_nombre": "Luminaria", "es_razon": "false"}
    seed.write_text(
        seed.read_text(encoding="utf-8") + ",".join(values.get(c, "") for c in header) + "\n", encoding="utf-8"
    )
    assert build(there) == "every ejercicio is built anew"
    assert different(held(there), made_whole(there, tmp_path / "whole")) == []


def killed_half_way(home: Settings) -> None:
    """Some models are of what is there now, the others of what was there before; no note says so."""
    build(home, ["--select", "int_renglones", "int_avance_corte", "fct_avance_corte"])


def record_lost(home: Settings) -> None:
    """Nothing says what the marts were built from."""
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("delete from raw.ejercicios_construidos")


@pytest.mark.parametrize(
    "trouble", [killed_half_way, pytest.param(record_lost, marks=pytest.mark.long)], ids=lambda t: t.__name__
)
def test_what_is_not_known_is_built_anew(
    home: Settings, tmp_path: Path, trouble: Callable[[Settings], None]
) -> None:
    """Everything is, and comes out as if nothing had happened."""
    world = world_of(home)
    new_quarter(world)
    world.con.close()
    trouble(home)
    assert build(home) == "every ejercicio is built anew"
    assert different(held(home), made_whole(home, tmp_path / "whole")) == []


def test_a_model_that_is_gone_is_made_whole(home: Settings, tmp_path: Path) -> None:
    """The others make only what changed anew."""
    world = world_of(home)
    new_quarter(world)
    world.con.execute("drop table intermediate.int_acumulados; drop table marts.fct_meta")
    world.con.close()
    assert build(home).startswith("built anew: 2022;")
    assert different(held(home), made_whole(home, tmp_path / "whole")) == []


def test_a_gate_that_closed_and_opened_again_leaves_no_trace(home: Settings, tmp_path: Path) -> None:
    """Refused rows stand in the marts until the next build; mended, no row of them is left."""
    world = world_of(home)
    new_quarter(world)
    world.con.execute("update raw.elegidas set p2 = 92 where extracto_id = 'd2022' and linea = 11")
    world.con.close()
    build(home, TESTED)
    with duckdb.connect(str(home.warehouse)) as con:
        assert con.execute("select count(*) from intermediate.int_renglones where p2 = 92").fetchone() == (1,)
        con.execute("update raw.elegidas set p2 = 91 where extracto_id = 'd2022' and linea = 11")
    build(home, TESTED)
    assert different(held(home), made_whole(home, tmp_path / "whole")) == []
