"""Two municipalities in one home, with a unit code that both have: each one's rows are those of its own home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dagster_project.tmm_f004.catalogs import Unit
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.years.load_year import YearLoader
from tests.support.made_up_forms import CATALOGS, TITLE, MadeUpForm, page

QUARTERS = ("ABRIL-JUNIO", "JULIO-SEPTIEMBRE")
KNOWN = replace(
    CATALOGS, unidades=(*CATALOGS.unidades, Unit("02001", "31101", "Dirección de Pesca", "311")), aditivas=frozenset()
)
TABLES = ("formatos", "campos", "elegidas", "vinculos")


def pages_of(ente: str, title: str, name: str, duties: Sequence[str]) -> dict[str, str]:
    """A file a quarter of one unit."""
    fields = MadeUpForm().fields
    return {
        f"{ente}_{k}.txt": "\n".join(
            page(
                MadeUpForm(
                    title=(title, *TITLE[1:]),
                    fields=(*fields[:2], ("31101", name), *fields[3:]),
                    date=(f"FECHA: {months} 2023",),
                    duties=tuple(duties),
                ),
                quarter=k,
            )
        )
        for k, months in enumerate(QUARTERS, start=2)
    }


TIJUANA = pages_of("02004", TITLE[0], "COORDINACION DE BIBLIOTECAS", MadeUpForm().duties)
ENSENADA = pages_of(
    "02001", "MUNICIPIO DE ENSENADA, BAJA CALIFORNIA", "DIRECCION DE PESCA", [d[::-1] for d in MadeUpForm().duties]
)


def rows_of(home: Path, files: dict[str, str], supposed: str | None = None) -> dict[str, dict[str, list[Any]]]:
    """What a home of some files holds in ``TABLES``, by ente."""
    folder = home / "extracts"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    catalogs = replace(KNOWN, ente_supuesto=supposed)
    with open_warehouse(home / "warehouse.duckdb") as con:
        load_extracts(con, folder, catalogs, {})
        loader = YearLoader(con, catalogs)
        for year in loader.pending():
            loader.load(year)
        found: dict[str, dict[str, list[Any]]] = {}
        for ente, extracts in con.execute(
            "select ente_codigo, list(extracto_id) from raw.formatos group by ente_codigo"
        ).fetchall():
            found[ente] = {
                table: con.execute(
                    f"select * from raw.{table} where extracto_id in (select unnest(?)) order by all", [extracts]
                ).fetchall()
                for table in TABLES
            }
        return found


@pytest.mark.parametrize("supposed", [None, "02004", "02001"])
def test_each_ones_rows_are_those_of_its_own_home(tmp_path: Path, supposed: str | None) -> None:
    """Whatever the setting supposes."""
    together = rows_of(tmp_path / "both", TIJUANA | ENSENADA, supposed)
    assert set(together) == {"02004", "02001"}
    assert together["02004"] == rows_of(tmp_path / "tijuana", TIJUANA)["02004"]
    assert together["02001"] == rows_of(tmp_path / "ensenada", ENSENADA)["02001"]
    assert all(together[ente]["elegidas"] for ente in together)
