"""A unit that no catalogue knows, one quarter a file: another quarter's file is its second witness, a copy is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_ejercicio, load_extracts, pending_ejercicios
from tests.support.made_up_forms import CATALOGS, MadeUpForm, page

Con = duckdb.DuckDBPyConnection
Put = Callable[..., None]

FIELDS = MadeUpForm().fields
RAMO = ("37", FIELDS[0][1])
"""Misread: on the page itself nothing bears out the new code."""
NEW = replace(MadeUpForm(), fields=(RAMO, FIELDS[1], ("31140", "ARCHIVO HISTORICO Y HEMEROTECA"), *FIELDS[3:]))


def text(form: MadeUpForm = NEW, quarter: int = 3, ayuntamiento: str = "TIJUANA") -> str:
    """A page of a quarter of 2023 as a file."""
    months = {2: "ABRIL-JUNIO", 3: "JULIO-SEPTIEMBRE", 4: "OCTUBRE-DICIEMBRE"}[quarter]
    title = (form.title[0].replace("TIJUANA", ayuntamiento), *form.title[1:])
    return "\n".join(page(replace(form, title=title, date=(f"FECHA: {months} 2023",)), quarter=quarter))


class House:
    """A warehouse and its folder of extracts, read by the real reader."""

    def __init__(self, con: Con, folder: Path) -> None:
        self.con, self.folder = con, folder

    def load(self, **files: str) -> None:
        """Put files into the folder and load all of it."""
        for name, content in files.items():
            (self.folder / f"{name}.txt").write_text(content, encoding="utf-8")
        load_extracts(self.con, self.folder, CATALOGS, {})

    def units(self) -> dict[str, tuple[str, str]]:
        """Name of each live file -> unit of its page and how sure."""
        query = (
            "select e.nombre, unidad_codigo, unidad_codigo_estado from raw.formatos join raw.extractos e "
            "using (extracto_id)"
        )
        return {name.removesuffix(".txt"): (unit, state) for name, unit, state in self.con.execute(query).fetchall()}

    def year(self) -> list[tuple]:
        """The choices of 2023, read from what is settled."""
        load_ejercicio(self.con, 2023, CATALOGS)
        return self.con.execute("select * from raw.elegidas order by all").fetchall()

    def settled(self) -> list[list[tuple]]:
        """Every row of the tables that settling writes."""
        tables = ("raw.formatos", "raw.campos", "(select * exclude (cargado_en) from raw.extractos)")
        return [self.con.execute(f"from {t} order by all").fetchall() for t in tables]


@contextmanager
def house(root: Path) -> Iterator[House]:
    (root / "extracts").mkdir(parents=True)
    with open_warehouse(root / "warehouse.duckdb") as con:
        yield House(con, root / "extracts")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "house") as made:
        yield made


def test_alone_a_new_code_stays_open_and_the_next_quarter_settles_both(home: House) -> None:
    """What settles it is said in its rule; the year is read again, and its choices follow."""
    home.load(t3=text())
    assert home.units() == {"t3": ("31140", "dudosa")}
    home.year()
    home.load(t4=text(quarter=4))
    assert home.units() == {"t3": ("31140", "exacta"), "t4": ("31140", "exacta")}
    assert pending_ejercicios(home.con) == [2023]
    assert len(home.year()) == 8
    rules = home.con.execute("select distinct unidad_codigo_regla from raw.formatos").fetchall()
    assert all("codigo_nuevo" in rule for (rule,) in rules)


def test_the_order_of_loading_changes_nothing(tmp_path: Path) -> None:
    """Three quarters in every order, and all at once: the same rows."""
    files = {"t2": text(quarter=2), "t3": text(), "t4": text(quarter=4)}
    made = []
    for n, order in enumerate(permutations(files)):
        with house(tmp_path / str(n)) as one:
            for name in order:
                one.load(**{name: files[name]})
            made.append((one.settled(), one.year()))
    with house(tmp_path / "whole") as one:
        one.load(**files)
        made.append((one.settled(), one.year()))
        before = one.settled()
        one.load()
        assert one.settled() == before
    assert all(m == made[0] for m in made)


@pytest.mark.parametrize(
    "other",
    [
        text() + "\n",
        text(quarter=4, ayuntamiento="ENSENADA"),
        text(replace(NEW, fields=(*NEW.fields[:2], ("31140", "UNIDAD DE PROTECCION CIVIL"), *NEW.fields[3:])), 4),
        text(quarter=4).replace("2023", "2024"),
    ],
    ids=["a copy of the quarter", "another municipality", "another name", "another year"],
)
def test_what_is_no_witness(home: House, other: str) -> None:
    """A copy has the same misreading; the same code elsewhere, or of another name, is another unit's."""
    home.load(t3=text(), otro=other)
    assert home.units()["t3"] == ("31140", "dudosa")


def test_a_witness_that_leaves_takes_its_word_along(home: House) -> None:
    """The other quarter's file is replaced: the first is as it was alone."""
    home.load(t3=text())
    alone = home.settled()
    home.load(t4=text(quarter=4))
    home.load(t4=text(MadeUpForm(), 4))
    assert home.units()["t3"] == ("31140", "dudosa")
    home.con.execute("delete from raw.formatos where unidad_codigo != '31140'")
    assert home.con.execute("from raw.formatos order by all").fetchall() == alone[0]


def test_what_the_catalogue_knows_is_heard_of_nobody(home: House) -> None:
    """A unit of the catalogue settles by itself, and is not settled again for another quarter."""
    home.load(t3=text(MadeUpForm()), t4=text(MadeUpForm(), 4))
    assert set(home.units().values()) == {("31101", "exacta")}
    assert home.con.execute("select count(vistos) from raw.extractos").fetchall() == [(0,)]
