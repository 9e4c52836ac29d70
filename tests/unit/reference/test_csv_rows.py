"""Rows of a reference CSV: each with the line that an editor shows, or a sentence that names it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.proposals.propose import read_seeds
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.csv_rows import read_rows
from dagster_project.reference.seed_folder import check_seeds
from dagster_project.settings import get_settings


def _file(folder: Path, text: str) -> Path:
    path = folder / "unidades.csv"
    path.write_text(f"ente_codigo,unidad_nombre\n{text}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("02002,Uno\n02002,Dos\n", [2, 3], id="plain"),
        pytest.param("\n02002,Uno\n\n\n02002,Dos\n", [3, 6], id="blank lines"),
        pytest.param('02002,"Uno\ny medio"\n02002,Dos\n', [2, 4], id="a cell of two lines"),
        pytest.param('02002,"Uno\r\ny medio"\r\n02002,Dos\r\n', [2, 4], id="of a spreadsheet"),
    ],
)
def test_a_row_is_named_by_the_line_it_begins_in(tmp_path: Path, text: str, lines: list[int]) -> None:
    """Who is told of line 7 looks at line 7."""
    assert [where for where, _ in read_rows(_file(tmp_path, text))] == [f"unidades.csv, line {n}" for n in lines]


@pytest.mark.parametrize("limit", [131_072, 10**9], ids=["as it is", "as dbt's packages lift it"])
def test_a_quotation_mark_left_open_is_named_with_its_line(
    tmp_path: Path, limit: int, request: pytest.FixtureRequest
) -> None:
    """The rest of the file is one cell then, more than the module takes: a traceback it was."""
    path = _file(tmp_path, '02002,Uno\n02002,"Dos\n' + "02002,Tres\n" * 20_000)
    before = csv.field_size_limit(limit)
    request.addfinalizer(lambda: csv.field_size_limit(before))
    with pytest.raises(ValueError, match=r"unidades\.csv, line 3: .*quotation mark"):
        list(read_rows(path))


@pytest.mark.parametrize("read", [load_catalogs, read_seeds])
def test_a_catalogue_without_a_column_that_is_read_is_named(tmp_path: Path, read: Callable[[Path], object]) -> None:
    """A person's spreadsheet lost it."""
    _file(tmp_path, "02002,Uno\n")
    with pytest.raises(ValueError, match=r"unidades\.csv: missing column\(s\) .*unidad_codigo"):
        read(tmp_path)


def test_a_file_parted_by_semicolons_is_named_as_that(tmp_path: Path) -> None:
    """A spreadsheet saves it so where commas stand in numbers: it was said to lack every column, and no more."""
    for source in get_settings({}).shipped_seeds.glob("*.csv"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    (tmp_path / "unidades.csv").write_text("ente_codigo;unidad_codigo;unidad_nombre\n", encoding="utf-8")
    for read in (load_catalogs, lambda seeds: check_seeds(seeds, get_settings({}).shipped_seeds)):
        with pytest.raises(ValueError, match="parted by semicolons"):
            read(tmp_path)
