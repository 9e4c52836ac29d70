"""In which files the pages of the real extract come, and in which order they are loaded, changes no figure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import get_settings
from dagster_project.tmm_f004.model import CAMPOS
from dagster_project.tmm_f004.page.header_fields import vocabulary_of
from dagster_project.tmm_f004.page.printed_page import parse
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.years.load_year import YearLoader

SETTINGS = get_settings({})
EXTRACT = SETTINGS.extracts / "2022" / "000_31395e697809fd00.txt"
CATALOGS = load_catalogs(SETTINGS.seeds, SETTINGS.ente)
PAGES = 11

FIGURES = ", ".join(f"e.{f}, e.{f}_estado, e.{f}_min, e.{f}_max" for f in CAMPOS)
STATE = f"""
    select e.accion_id, e.unidad_codigo, e.corte, e.accion_numero, e.plan, e.estado, v.regla, {FIGURES}
    from raw.elegidas e join raw.vinculos v using (extracto_id, linea) order by all
"""

STANDINGS = """
    select situacion, ejercicio, ente_codigo, unidad_codigo, count(*) from raw.formatos group by all order by all
"""

Partition = Sequence[Sequence[int]]


@cache
def texts() -> tuple[str, ...]:
    """The text of each page."""
    lines = EXTRACT.read_text(encoding="utf-8").split("\n")
    printed, _ = parse(lines, vocabulary_of(CATALOGS))
    starts = [1, *(p.linea_inicio for p in printed[1:]), len(lines) + 1]
    return tuple("\n".join(lines[a - 1 : b - 1]) + "\n" for a, b in pairwise(starts))


def random_partition(rng: random.Random) -> Partition:
    """Pages dealt to two to eight files; in each of them they keep their order."""
    files: list[list[int]] = [[] for _ in range(rng.randint(2, 8))]
    for page in range(PAGES):
        rng.choice(files).append(page)
    return [file for file in files if file]


def loaded(home: Path, files: Partition, rng: random.Random) -> tuple[list[tuple], list[tuple]]:
    """The choice and the standings of the pages, once the files were loaded in random order in one to three loads."""
    folder = home / "extracts"
    folder.mkdir()
    names = [f"{n:03}.txt" for n in rng.sample(range(1000), len(files))]
    order = rng.sample(range(len(files)), len(files))
    loads = rng.randint(1, 3)
    with open_warehouse(home / "warehouse.duckdb") as con:
        for turn in range(loads):
            for k in order[turn::loads]:
                (folder / names[k]).write_text("".join(texts()[page] for page in files[k]), encoding="utf-8")
            load_extracts(con, folder, CATALOGS, {})
            loader = YearLoader(con, CATALOGS)
            for year in loader.pending():
                loader.load(year)
        return con.execute(STANDINGS).fetchall(), con.execute(STATE).fetchall()


BY_PAGE = [[page] for page in range(PAGES)]
BY_UNIT = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9, 10]]
BY_QUARTER = [[0, 2, 4, 6, 8, 9], [1, 3, 5, 7, 10]]
RANDOM = [random_partition(random.Random(seed)) for seed in range(6)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple], list[tuple]]:
    """What the extract gives as the one file it is."""
    found = loaded(tmp_path_factory.mktemp("whole"), [range(PAGES)], random.Random(0))
    assert [(what, unit, pages) for what, _, _, unit, pages in found[0]] == [
        ("vigente", "54101", 2), ("vigente", "54102", 2), ("vigente", "54201", 2), ("vigente", "54202", 2),
        ("vigente", "54204", 3),
    ]  # fmt: skip
    assert len(found[1]) == 68
    return found


@pytest.mark.parametrize("files", [BY_PAGE, BY_UNIT, BY_QUARTER, *RANDOM], ids=str)
def test_the_files_that_pages_come_in_change_nothing(
    whole: tuple[list[tuple], list[tuple]], tmp_path: Path, files: Partition
) -> None:
    """Actions, links, figures, states and ranges are those of the whole file, and no page is another unit's."""
    assert sorted(page for file in files for page in file) == list(range(PAGES))
    standings, state = loaded(tmp_path, files, random.Random(str(files)))
    assert standings == whole[0]
    assert state == whole[1]
