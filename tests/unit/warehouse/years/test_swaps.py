"""An input swapped at any stage of a load and swapped back at a later one: the next load is as if it had never been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.years.load_year import StaleExtractsError, YearLoader
from dagster_project.warehouse.years.overwritten import Read, keep_what_stood
from tests.support.places import OTRA, UNA

STAGES = ("listed", "a file loaded", "all loaded", "looked at", "a year read")
KINDS = ("extract", "inbox", "register", "catalogue")
OLDER = "FORMA 54101 2021 1\nACCION 100 10 1 2 3 4 1 . . .\n"
PROPOSED = UNA.replace(" 10 1 ", " 11 2 ")
TABLES = ("paginas", "formatos", "campos", "renglones", "lecturas", "vinculos", "elegidas", "rechazos")


@dataclass
class World:
    """The inputs of a load, each as it is or swapped; ``at`` is told of each stage that the load passes."""

    root: Path
    catalogs: Catalogs
    toy: Reader
    swapped: set[str] = field(default_factory=set)
    at: Callable[[str], None] = lambda stage: None

    def put(self) -> None:
        """Write the files as they are to be."""
        for place, kind, one, other in (
            ("extracts/a.txt", "extract", UNA + OTRA, UNA + OTRA.replace(" 20 2 ", " 21 3 ")),
            ("extracts/b.txt", "", OLDER, ""),
            ("inbox/c.txt", "inbox", PROPOSED, PROPOSED.replace(" 11 2 ", " 12 3 ")),
        ):
            (self.root / place).parent.mkdir(parents=True, exist_ok=True)
            (self.root / place).write_text(other if kind in self.swapped else one)

    def load(self, con: duckdb.DuckDBPyConnection) -> None:
        """A load as the two raw steps make it, each reading the inputs as it finds them."""
        self.put()
        folders = {"": self.root / "extracts", INBOX: self.root / "inbox"}
        catalogs, registry = self._catalogs(), self._registry()
        self.at("listed")
        told = iter([lambda: self.at("a file loaded")])
        done = load_folders(
            con, folders, catalogs, registry, reader=self.toy, on_file=lambda _: next(told, lambda: None)()
        )
        self.at("all loaded")
        keep_what_stood(con, done, Read(catalogs, Decisions(), registry, self.toy))
        self.at("looked at")
        loader = YearLoader(con, self._catalogs(), reader=self.toy)
        for year in loader.known():
            loader.load(year)
            self.at("a year read")

    def _catalogs(self) -> Catalogs:
        return replace(self.catalogs, entes={"02002": "Otra"}) if "catalogue" in self.swapped else self.catalogs

    def _registry(self) -> dict[str, RegistroExtracto]:
        dated = RegistroExtracto(publicado_en=date(2022, 6, 1))
        return {f"{INBOX}c.txt": dated} if "register" in self.swapped else {}


def _content(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    found = {table: con.execute(f"from raw.{table} order by all").fetchall() for table in TABLES}
    live = con.execute("select extracto_id, ruta, publicado_en from raw.extractos where retirado_en is null order by 1")
    return found | {"extractos": live.fetchall()}


@pytest.fixture
def world(tmp_path: Path, catalogs: Catalogs, toy: Reader) -> Iterator[World]:
    return World(tmp_path, catalogs, toy)


PAIRS = list(combinations(STAGES, 2))


@pytest.mark.parametrize(
    "pairs",
    [pytest.param(PAIRS[::3], id="some"), pytest.param(PAIRS, id="all", marks=pytest.mark.long)],
)
@pytest.mark.parametrize("kind", KINDS)
def test_the_next_load_brings_what_the_inputs_say(
    con: duckdb.DuckDBPyConnection, world: World, tmp_path: Path, kind: str, pairs: list[tuple[str, str]]
) -> None:
    """Row by row as a home has it that never saw another; a load may refuse what changed under it, never keep it."""
    with open_warehouse(tmp_path / "fresh" / "warehouse.duckdb") as fresh:
        world.load(fresh)
        wanted = _content(fresh)
    for there, back in pairs:
        seen = []

        def swap(stage: str, there: str = there, back: str = back, seen: list[str] = seen) -> None:
            if stage in (there, back) and stage not in seen:
                seen.append(stage)
                world.swapped ^= {kind}
                world.put()

        world.at = swap
        try:
            world.load(con)
        except StaleExtractsError:
            assert kind in ("catalogue", "register")
        world.at, world.swapped = lambda stage: None, set()
        world.load(con)
        assert _content(con) == wanted, f"{kind}: {there} to {back}"
