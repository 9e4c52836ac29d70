"""The description beside the published files, judged by the library that others read it with."""

from __future__ import annotations

import json

import duckdb
import pytest
from frictionless import Package


@pytest.fixture(scope="module")
def folder(loaded):
    """The folder of the published version's files."""
    home = loaded[0].home
    pointer = json.loads((home / "published" / "current.json").read_text(encoding="utf-8"))
    return home / "published" / pointer["version"]


def test_the_package_and_every_row_of_it_are_valid(folder):
    """The descriptor keeps the standard; every cell of every CSV is of its column's type, every key unique."""
    report = Package(str(folder / "datapackage.json")).validate()
    problems = report.flatten(["path", "fieldName", "rowNumber", "type", "note"])
    assert problems == []
    assert report.valid
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    assert rows["fct_avance_corte"] > 250


def test_every_file_is_described(folder):
    """A CSV and a Parquet of each mart, and no file that the package does not know."""
    names = {resource.name for resource in Package(str(folder / "datapackage.json")).resources}
    for kind in ("csv", "parquet"):
        assert {path.stem for path in folder.glob(f"*.{kind}")} == names


def test_parquet_and_csv_hold_the_same_columns(folder):
    """What is said of the CSV is true of the Parquet beside it."""
    for resource in Package(str(folder / "datapackage.json")).resources:
        found = duckdb.connect().execute(f"describe from '{folder / resource.name}.parquet'").fetchall()
        assert [column for column, *_ in found] == [field.name for field in resource.schema.fields]
