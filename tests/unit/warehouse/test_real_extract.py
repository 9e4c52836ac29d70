"""The real extract through the real reader into the raw tables."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.quality.check import check
from dagster_project.quality.rule import Suite
from dagster_project.quality.suites.borders import RAW
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.registry import load_registry
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.extracts import rebuild
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.years.load_year import YearLoader

Con = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Con]:
    """A warehouse with the project's extract."""
    settings = get_settings({"AVANCE_HOME": str(tmp_path_factory.mktemp("home"))})
    catalogs = load_catalogs(settings.seeds)
    with open_warehouse(settings.warehouse) as con:
        load_extracts(con, settings.extracts, catalogs, load_registry(settings.seeds))
        for year in YearLoader(con, catalogs).pending():
            YearLoader(con, catalogs).load(year)
        yield con


def test_nothing_of_it_is_lost(loaded: Con) -> None:
    """Eleven pages, sixty-eight rows, five units, two quarters, no refusal; the file byte for byte."""
    extracto_id, ruta = loaded.execute("select extracto_id, ruta from raw.extractos").fetchall()[0]
    assert rebuild(loaded, extracto_id) == (get_settings({}).extracts / ruta).read_bytes()
    assert loaded.execute(
        "select count(*), sum(renglones), count(distinct unidad_codigo), count(distinct corte) from raw.formatos"
    ).fetchone() == (11, 68, 5, 2)
    assert loaded.execute("select distinct situacion from raw.formatos").fetchall() == [("vigente",)]
    assert loaded.execute("select count(*) from raw.rechazos").fetchone() == (0,)
    assert loaded.execute("select count(*), count(distinct accion_id) > 30 from raw.elegidas").fetchone() == (68, True)


@pytest.mark.parametrize("suite", RAW, ids=lambda s: s.name)
def test_it_passes_the_raw_suites(loaded: Con, tmp_path: Path, suite: Suite) -> None:
    """No expectation fails on it, and warnings do not hide behind passing ones."""
    failed = [(r.name, r.observed) for r in check([suite], loaded, tmp_path / "r")[0].outcomes if not r.success]
    assert failed == []
