"""The published CSV files as an analyst opens them in pandas, as docs/connect/pandas.md says to."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def folder(loaded) -> Path:
    """The folder of the published version's files."""
    casa, _ = loaded
    published = casa.home / "published"
    return published / json.loads((published / "current.json").read_text(encoding="utf-8"))["version"]


def test_every_csv_read_by_its_description_says_what_its_parquet_says(folder: Path) -> None:
    """With the text columns of ``datapackage.json``, no code loses a nought and no identifier becomes a number."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = [r for r in package["resources"] if r["format"] == "csv"]
    assert len(resources) == len(list(folder.glob("*.csv"))) > 10
    for resource in resources:
        kinds = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
        text = {name: "string" for name, kind in kinds.items() if kind == "string"}
        table = pd.read_csv(folder / resource["path"], dtype=text, dtype_backend="numpy_nullable")
        assert list(table) == list(kinds)
        with duckdb.connect() as con:
            exact = con.read_parquet(str(folder / f"{resource['name']}.parquet")).fetchall()
        for name, column in zip(kinds, zip(*exact, strict=True), strict=True):
            read = [None if pd.isna(v) else v for v in table[name]]
            if kinds[name] == "string":  # an empty text is read as none; a formula is disarmed by an apostrophe
                assert [(v or "").removeprefix("'") for v in read] == [(v or "").removeprefix("'") for v in column]
            elif kinds[name] in ("integer", "number"):
                assert [v if v is None else float(v) for v in read] == [v if v is None else float(v) for v in column]
        if "ente_codigo" in kinds:
            assert set(table["ente_codigo"].dropna()) <= {"02002", "(desconocido)"}
