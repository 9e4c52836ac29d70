"""Migrations of the warehouse file: each once, whole or not at all, and never by an older product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.settings import RAIZ, get_settings
from dagster_project.warehouse.db import migrations
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.migrations import NewerWarehouseError, known_migrations, migrate
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.results import Resultado
from dagster_project.warehouse.years.load_year import YearLoader

BEFORE = RAIZ / "tests" / "data" / "home_before_migrations.sql"
SHAPE = """
    select table_name, column_name, data_type, is_nullable from duckdb_columns() where schema_name = 'raw'
    order by table_name, column_name
"""


def _applied(con: duckdb.DuckDBPyConnection) -> list[int]:
    return [version for (version,) in con.execute("select version from raw.migraciones order by all").fetchall()]


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A product with one migration more, which is yet to be written."""
    for path in known_migrations().values():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)
    known_migrations.cache_clear()
    yield tmp_path / f"{len(known_migrations()) + 1:04}_otra.sql"
    known_migrations.cache_clear()


def test_a_new_file_gets_every_migration_once(tmp_path: Path) -> None:
    """The second opening finds nothing to do."""
    for _ in range(2):
        with open_warehouse(tmp_path / "warehouse.duckdb") as con:
            assert _applied(con) == list(known_migrations())


def test_a_home_from_before_migrations_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its rows are still there, and its tables are those of a new file."""
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as con:
        con.execute(BEFORE.read_text(encoding="utf-8"))
        lines = con.execute("select linea, texto, fin from raw.lineas order by linea").fetchall()
    with open_warehouse(tmp_path / "warehouse.duckdb") as con, open_warehouse(tmp_path / "new.duckdb") as new:
        assert _applied(con) == list(known_migrations())
        assert con.execute("select linea, texto, fin from raw.lineas order by linea").fetchall() == lines
        assert len(lines) > 20
        assert con.execute(SHAPE).fetchall() == new.execute(SHAPE).fetchall()


def test_a_home_of_before_pages_went_by_file_is_read_anew_from_its_lines(tmp_path: Path) -> None:
    """Pages and rows are made anew by the next load, without the file; what it knew of files stays."""
    settings = get_settings({"AVANCE_HOME": str(tmp_path)})
    catalogs = load_catalogs(settings.seeds, settings.ente)
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute(BEFORE.read_text(encoding="utf-8"))
        extracts = con.execute("select extracto_id, ruta, sha256, cargado_en from raw.extractos").fetchall()
        paths = con.execute("select * from raw.rutas order by all").fetchall()
        rows = con.execute("select linea, meta, estado from raw.elegidas order by linea").fetchall()
    (tmp_path / "extracts").mkdir()
    with open_warehouse(settings.warehouse) as con:
        for table in ("paginas", "formatos", "renglones", "elegidas", "ejercicios", "rechazos"):
            assert con.execute(f"select count(*) from raw.{table}").fetchone() == (0,)
        done = load_extracts(con, tmp_path / "extracts", catalogs, {})
        assert [(r.resultado, r.ausente) for r in done] == [(Resultado.RESETTLED, True)]
        assert [YearLoader(con, catalogs).load(year).fallas for year in YearLoader(con, catalogs).pending()] == [()]
        found = con.execute("select extracto_id, ruta, sha256, cargado_en from raw.extractos").fetchall()
        assert (found, con.execute("select * from raw.rutas order by all").fetchall()) == (extracts, paths)
        assert con.execute("select linea, meta, estado from raw.elegidas order by linea").fetchall() == rows
        assert rows


def test_a_migration_that_fails_leaves_the_file_as_it_was(later: Path) -> None:
    """Its first statement is undone with its second; the next try begins from there."""
    with duckdb.connect() as con:
        migrate(con)
        later.write_text("alter table raw.rutas add column otra integer; create table raw.rutas (x integer);")
        known_migrations.cache_clear()
        before = con.execute(SHAPE).fetchall()
        with pytest.raises(duckdb.CatalogException):
            migrate(con)
        assert con.execute(SHAPE).fetchall() == before
        later.write_text("alter table raw.rutas add column otra integer;")
        migrate(con)
        assert _applied(con) == list(known_migrations())
        assert len(con.execute(SHAPE).fetchall()) == len(before) + 1


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_an_older_product_refuses_a_newer_home(tmp_path: Path, later: Path, read_only: bool) -> None:
    """It names the migration it does not know, and says what to do."""
    later.write_text("create table raw.nueva (x integer);")
    known_migrations.cache_clear()
    with open_warehouse(tmp_path / "warehouse.duckdb"):
        pass
    later.unlink()
    known_migrations.cache_clear()
    with (
        pytest.raises(NewerWarehouseError, match=r"at migration \d+ \(otra\).*AVANCE_HOME"),
        open_warehouse(tmp_path / "warehouse.duckdb", read_only=read_only),
    ):
        pass
