"""What a reader of the published version is told: every table and column says in Spanish what it is."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
from tests.support.dbt_built import Built

from dagster_project.warehouse.publish.versions import publish


def test_every_published_table_and_column_is_described(built: Built, tmp_path: Path) -> None:
    """Descriptions reach the DuckDB file as comments, and datapackage.json; none is missing."""
    version = publish(built.path, tmp_path, "corrida", {})
    with duckdb.connect(str(version.path(tmp_path)), read_only=True) as con:
        tables, columns = (
            con.execute(f"select * from duckdb_{kind}() where schema_name = 'marts'").df()
            for kind in ("tables", "columns")
        )
    assert len(tables) >= 13
    assert tables["comment"].str.startswith("Una fila por ").all()
    assert columns["comment"].notna().all()
    package = json.loads((tmp_path / version.version / "datapackage.json").read_text(encoding="utf-8"))
    described = [r["description"] for r in package["resources"] if r["format"] == "csv"]
    described += [f["description"] for r in package["resources"] if "schema" in r for f in r["schema"]["fields"]]
    assert len(described) == len(tables) + len(columns)
    assert all(described)
