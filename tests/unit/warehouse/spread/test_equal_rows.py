"""A load over processes leaves the rows that a load by itself leaves, in every raw table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from benchmarks.spread import shuffled
from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.decisions import Correction, Decisions
from dagster_project.tmm_f004.page.printed_page import line_hash
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files import load_files, parse_ahead
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.spread.seam import Lost, Spread
from dagster_project.warehouse.spread.workers import Workers
from dagster_project.warehouse.years import pools_ahead
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.pools_ahead import LostPoolError
from tests.unit.warehouse.test_two_municipalities import ENSENADA, KNOWN, TIJUANA

TIMES = {"extractos": "exclude (cargado_en, retirado_en)", "ejercicios": "exclude (cargado_en)"}

FILES = {
    **TIJUANA,
    **ENSENADA,
    "otra_vez.txt": TIJUANA["02004_2.txt"].replace("FECHA", "\nFECHA"),  # another file on one report
    "cortada.txt": ENSENADA["02001_3.txt"][:700],
    "sin_forma.txt": "nada\n",
    "sin_casa.txt": "\n".join(TIJUANA["02004_2.txt"].splitlines()[2:]),
}
LATER = {"02004_3.txt": TIJUANA["02004_3.txt"] + "\nmás\n", "02001_2.txt": FILES["sin_forma.txt"]}
ROW = next(line for line in TIJUANA["02004_2.txt"].splitlines() if "701.-" in line)
DECIDED = Decisions((Correction(line_hash(ROW), "p1", "", 7, "correcciones.csv:2"),))
REGISTRY = {"otra_vez.txt": RegistroExtracto("02004", date(2024, 2, 1))}


def load(home: Path, spread: Spread | None) -> Path:
    """Load the files, then the later ones over them; returns the warehouse."""
    folder = home / "extracts"
    folder.mkdir(parents=True)
    catalogs = replace(KNOWN, ente_supuesto="02004")
    for files in (FILES, LATER):
        write(folder, files)
        with open_warehouse(home / "warehouse.duckdb") as con:
            load_folders(con, {"": folder}, catalogs, REGISTRY, spread=spread)
            loader = YearLoader(con, catalogs, DECIDED)
            if spread:
                loader.read_ahead(loader.known(), spread)
            for year in loader.known():
                loader.load(year)
    return home / "warehouse.duckdb"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def differences(one: Path, other: Path) -> dict[str, int]:
    """By raw table the rows that only one of two warehouses holds."""
    with duckdb.connect() as con:
        con.execute(f"attach '{one}' as a (read_only); attach '{other}' as b (read_only)")
        names = con.execute(
            "select table_name from duckdb_tables() where database_name = 'a' and schema_name = 'raw' "
            "and table_name <> 'migraciones'"
        ).fetchall()
        return {
            table: len(con.execute(
                f"(from (from a.raw.{table} select * {TIMES.get(table, '')}) except all "
                f"from (from b.raw.{table} select * {TIMES.get(table, '')})) union all "
                f"(from (from b.raw.{table} select * {TIMES.get(table, '')}) except all "
                f"from (from a.raw.{table} select * {TIMES.get(table, '')}))"
            ).fetchall())
            for (table,) in names
        }  # fmt: skip


def test_every_raw_table_is_equal_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two municipalities, two files on one report, a decision, a replaced file, a page cut short, one of nobody; in
    batches of 1, 7 and 50 files, each a handful that chance put together."""
    plain = load(tmp_path / "plain", None)
    with duckdb.connect(str(plain), read_only=True) as con:
        assert len(con.execute("from raw.elegidas").fetchall()) > 8
        assert con.execute("from raw.rechazos").fetchall()
        assert con.execute("from raw.elegidas where p1_estado = 'corregida'").fetchall()
    for batch, workers in ((1, Workers(2)), (7, None), (50, None)):
        monkeypatch.setattr(parse_ahead, "A_BATCH", batch)
        monkeypatch.setattr(load_files, "ParsedAhead", shuffled(batch))
        spread = Spread(workers or map, tmp_path / f"tasks{batch}")
        other = load(tmp_path / f"batches{batch}", spread)
        assert any(spread.folder.glob("*/elegidas-*.parquet")), "it went by way of tasks"
        if workers:
            workers.close()
        assert {table: n for table, n in differences(plain, other).items() if n} == {}


def lost(function: object, tasks: Sequence[object]):
    return (Lost("3 processes ended while they did it") for _ in tasks)


def test_a_file_that_ends_its_process_is_refused_and_a_year_that_does_is_left_as_it_was(
    tmp_path: Path, con: duckdb.DuckDBPyConnection
) -> None:
    """Each says what happened and what to do."""
    write(tmp_path, TIJUANA)
    done = load_folders(con, {"": tmp_path}, KNOWN, {}, spread=Spread(lost, tmp_path / "tasks"))
    assert {r.rechazos[0].regla for r in done if r.rechazos} == {"falla_del_lector"}
    assert con.execute("from raw.paginas").fetchall() == []
    again = load_folders(con, {"": tmp_path}, KNOWN, {})
    assert not any(r.rechazos and r.rechazos[0].regla == "falla_del_lector" for r in again)
    assert con.execute("from raw.paginas").fetchall() != []
    load_folders(con, {"": tmp_path}, replace(KNOWN, ente_supuesto="02004"), {})
    loader = YearLoader(con, replace(KNOWN, ente_supuesto="02004"))
    loader.read_ahead(loader.known(), Spread(lost, tmp_path / "tasks"))
    with pytest.raises(LostPoolError, match="--workers 1"):
        [loader.load(year) for year in loader.known()]
    assert con.execute("from raw.elegidas").fetchall() == []


def test_what_a_killed_load_left_is_taken_and_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By files and by pools alike; a folder that was not finished counts for nothing."""
    spread = Spread(map, tmp_path / "tasks")
    first = load(tmp_path / "first", spread)
    (spread.folder / ".half.1").mkdir()

    def not_again(*_: object) -> None:
        raise AssertionError("it stands already")

    monkeypatch.setattr(parse_ahead, "tmm_f004_reader", not_again)
    monkeypatch.setattr(pools_ahead.PoolReader, "read", not_again)
    second = load(tmp_path / "second", spread)
    assert {table: n for table, n in differences(first, second).items() if n} == {}
