"""The marts follow from the set of pages, whatever files they came in."""

from __future__ import annotations

import os
from collections.abc import Mapping

import duckdb
import pytest

from dagster_project.defs.dbt_runner import EVERY_MODEL, run_dbt
from dagster_project.settings import RAIZ
from tests.support.dbt_parsed import give_parsed
from tests.support.marts_home import Home, Marts, different

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
ALL = ["--select", EVERY_MODEL, "--exclude", "resource_type:unit_test", "resource_type:test"]
OF_FILES = {
    *("extracto_id", "linea", "ruta", "fuente_informacion"),
    *("extracto_id_programado", "linea_programado", "extracto_id_antes", "linea_antes"),
}
"""Columns that say where in which file something stands."""

ABOUT_FILES = {"fct_renglon", "fct_lectura", "fct_pagina", "fct_hallazgo"}
"""Tables of what stands in the files, and of how sure it is whose it is."""

Pages = Mapping[int, str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Home:
    """The real extract as the one file that it is."""
    home = Home(tmp_path_factory.mktemp("whole") / "home")
    home.load(uno=EXTRACT.read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        home.marts(patch)
    return home


@pytest.fixture(scope="module")
def pages(whole) -> Pages:
    """The pages of the real extract by their number."""
    lines = EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)
    found = whole.query("select formato, linea_inicio, linea_fin from raw.formatos order by 1")
    return {number: "".join(lines[first - 1 : last]) for number, first, last in found}


def apart(pages: Pages, *numbers: int) -> dict[str, str]:
    """These pages, each as a file of its own."""
    return {f"pagina_{number:02d}": pages[number] for number in numbers}


def held(home: Home, where: str = "true") -> Marts:
    """The rows of every mart, without the files they stand in."""
    with duckdb.connect(str(home.settings.warehouse), read_only=True) as con:
        tables: dict[str, list[str]] = {}
        for table, column in con.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts' order by all"
        ).fetchall():
            if table not in ABOUT_FILES and column not in OF_FILES:
                tables.setdefault(table, []).append(column)
        return {
            table: con.execute(
                f"select {', '.join(columns)} from marts.{table} "
                f"where {where if 'ejercicio' in columns else 'true'} order by all"
            ).fetchall()
            for table, columns in tables.items()
        }


def test_a_file_a_page_says_what_one_file_says(whole, pages, tmp_path, monkeypatch) -> None:
    """Every key and figure: 54204's first quarter comes in two files, and its last one prints no year."""
    home = Home(tmp_path / "home")
    home.load(**apart(pages, *pages))
    home.marts(monkeypatch)
    assert len(held(home)["fct_avance_corte"]) > 250
    assert different(held(home), held(whole)) == []
    rows = (
        "select situacion, unidad_codigo, corte, accion_key, accion_numero, estado from marts.fct_renglon order by all"
    )
    assert home.query(rows) == whole.query(rows)


def test_a_page_waits_for_the_evidence_of_others(whole, pages, tmp_path, monkeypatch) -> None:
    """Pages of no settled unit, or year, are listed and count nowhere, until pages of other files say what they are.

    The other years let the build make only what changed anew.
    """
    home = Home(tmp_path / "home")
    years = {f"de_{year}": pages[3].replace("2022", str(year)) for year in range(2017, 2022)}
    home.load(**years, **apart(pages, 1, 2, 3, 4, 5, 7, 8, 11))
    monkeypatch.setenv("AVANCE_WAREHOUSE", str(home.settings.warehouse))
    assert _built(home) == "every ejercicio is built anew"
    aside = "from marts.fct_renglon where situacion = 'apartada'"
    assert home.query(f"select ruta, ejercicio, corte, count(*) {aside} group by all order by 1") == [
        ("pagina_05.txt", 2022, "2022-T1", 8),
        ("pagina_11.txt", None, None, 10),
    ]
    assert home.query(
        "select mensaje[:41], linea from marts.fct_hallazgo where regla = 'pagina_apartada' order by 1"
    ) == [("Página 1 de pagina_05.txt (8 renglones): ", 1), ("Página 1 de pagina_11.txt (10 renglones):", 1)]
    _nowhere(home, ["pagina_05.txt", "pagina_11.txt"])

    home.load(**apart(pages, 6, 9, 10))
    assert _built(home) == "built anew: 0, 2022; the rest is as it was"
    assert home.query(f"select count(*) {aside}") == [(0,)]
    assert home.query("select distinct ejercicio from marts.fct_renglon where ruta = 'pagina_11.txt'") == [(2022,)]
    step_by_step = held(home)
    assert len(step_by_step["fct_avance_corte"]) > 250
    facts = [t for t in step_by_step if t.startswith("fct_")]
    assert [t for t in facts if held(home, "ejercicio = 2022")[t] != held(whole)[t]] == []
    home.marts(monkeypatch)
    assert different(step_by_step, held(home)) == []


def _built(home: Home) -> str:
    """Build what the load says has changed; what was said of it."""
    give_parsed(home.settings)
    os.environ["AVANCE_WAREHOUSE"] = str(home.settings.warehouse)
    said: list[str] = []
    result = run_dbt(home.settings, ALL, said.append)
    assert not result.exception
    return said[0]


def _nowhere(home: Home, files: list[str]) -> None:
    """No table holds anything of these files but those that list what stands in files."""
    keys = [key for (key,) in home.query(f"select extracto_id from raw.extractos where ruta in {tuple(files)}")]
    assert len(keys) == len(files)
    listed = home.query(
        "select table_name from duckdb_columns() where schema_name = 'marts' and column_name = 'extracto_id'"
    )
    found = {
        table
        for (table,) in listed
        for (count,) in home.query(f"select count(*) from marts.{table} where extracto_id in {tuple(keys)}")
        if count
    }
    assert found <= {"fct_renglon", "fct_hallazgo", "fct_pagina"}
    for table in ("dim_unidad", "dim_corte"):
        units = home.query(f"select distinct unidad_codigo from marts.{table} where unidad_codigo in ('9400', '54204')")
        assert units == ([("54204",)] if table == "dim_unidad" else []), table  # the catalogue has it
