"""The description beside the published files, judged by the library that others read it with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Package


@pytest.fixture(scope="module")
def folder(loaded) -> Path:
    """The folder of the published version's files."""
    home = loaded[0].home
    pointer = json.loads((home / "published" / "current.json").read_text(encoding="utf-8"))
    return home / "published" / pointer["version"]


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    """What ``datapackage.json`` says."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def problems(folder: Path) -> list[Any]:
    """What frictionless has against a package: files, types, constraints, keys."""
    return Package(str(folder / "datapackage.json")).validate().flatten(["type", "note"])


def test_the_package_and_every_row_of_it_are_valid(folder: Path) -> None:
    """Files by size and hash, cells by type and constraint; every key is one, and leads somewhere."""
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("table", "column"),
    [("fct_avance", "unidad_key"), ("fct_avance", "semaforo_plan"), ("bridge_accion_linea", "linea_accion_key")],
)
def test_a_broken_key_makes_it_fail(
    folder: Path, package: dict[str, Any], tmp_path: Path, table: str, column: str
) -> None:
    """A member that is gone is named by the table that leads to it."""
    broken = shutil.copytree(folder, tmp_path / "version")
    with duckdb.connect() as con:
        rows = con.execute(f"select * replace ('nadie' as {column}) from read_csv('{broken / table}.csv', "
                           "all_varchar = true)")  # fmt: skip
        rows.df().to_csv(broken / f"{table}.csv", index=False)
    only = [r for r in package["resources"] if r["name"] == table]
    wanted = {table} | {k["reference"]["resource"] for r in only for k in r["schema"]["foreignKeys"]}
    kept = [
        {k: v for k, v in r.items() if k not in ("bytes", "hash")} for r in package["resources"] if r["name"] in wanted
    ]
    for resource in kept:
        if resource["name"] != table:
            resource["schema"].pop("foreignKeys", None)
    (broken / "datapackage.json").write_text(json.dumps(package | {"resources": kept}), encoding="utf-8")
    found = problems(broken)
    assert any(kind == "foreign-key" and column in note for kind, note in found), found


def test_every_file_is_described(folder: Path, package: dict[str, Any]) -> None:
    """A CSV and a Parquet of each mart, by size and hash, and no file that the package does not know."""
    paths = {r["path"] for r in package["resources"]}
    assert paths == {path.name for path in folder.iterdir()} - {"datapackage.json", "dcat.jsonld", "sitio"}
    assert all(r["bytes"] == (folder / r["path"]).stat().st_size for r in package["resources"])
    assert all(r["hash"].startswith("sha256:") for r in package["resources"])


def test_it_says_what_it_is(package: dict[str, Any], folder: Path) -> None:
    """Which standard, which version and when; from what; that nobody declared a licence."""
    assert package["$schema"].endswith("/2.0/datapackage.json")
    assert package["version"] == folder.name
    assert package["created"].startswith("20")
    assert [s["title"] for s in package["sources"]] == [
        "Formatos TMM-F004 del municipio 02002, ejercicio 2022: 1 archivo(s) de extracto"
    ]
    assert package["licenses"][0]["name"] == "notspecified"
    fields = [f for r in package["resources"] if "schema" in r for f in r["schema"]["fields"]]
    assert all(f["title"] and f["description"] for f in fields)


def test_parquet_and_csv_hold_the_same_columns(folder: Path, package: dict[str, Any]) -> None:
    """What is said of the CSV is true of the Parquet beside it, which says it in its own metadata too."""
    for resource in (r for r in package["resources"] if r["format"] == "csv"):
        file = folder / f"{resource['name']}.parquet"
        with duckdb.connect() as con:
            found = con.execute(f"describe from '{file}'").fetchall()
            about = dict(con.execute(
                f"select key::varchar, decode(value) from parquet_kv_metadata('{file}')"
            ).fetchall())  # fmt: skip
        fields = resource["schema"]["fields"]
        assert [column for column, *_ in found] == [f["name"] for f in fields]
        assert about["description"] == resource["description"]
        assert json.loads(about["columns"]) == {f["name"]: f["description"] for f in fields}


def test_open_data_catalogues_find_each_file(folder: Path) -> None:
    """A distribution a file, the DuckDB file beside the folder among them, and the year covered."""
    entry = json.loads((folder / "dcat.jsonld").read_text(encoding="utf-8"))
    urls = [d["dcat:downloadURL"] for d in entry["dcat:distribution"]]
    assert all((folder / url).is_file() for url in urls)
    assert {Path(url).name for url in urls} >= {path.name for path in folder.iterdir()} - {"dcat.jsonld", "sitio"}
    assert f"../avance-{folder.name}.duckdb" in urls
    assert entry["dct:temporal"]["dcat:startDate"]["@value"] == "2022-01-01"
