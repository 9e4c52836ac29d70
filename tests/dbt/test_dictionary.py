"""The data dictionary follows from the models."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.dbt_built import PROJECT, Built

from tools.data_dictionary import dictionary

PAGE = PROJECT.parent / "docs" / "diccionario.md"


def test_the_page_is_what_the_models_say(manifest: dict[str, Any]) -> None:
    """`make docs` would change nothing."""
    assert PAGE.read_text(encoding="utf-8") == dictionary(manifest)


def test_every_mart_and_column_is_in_it(built: Built) -> None:
    """What stands in the warehouse stands in the page, under its own heading."""
    sections = {s.splitlines()[0]: s for s in PAGE.read_text(encoding="utf-8").split("\n### ")[1:]}
    columns = built.rows("select table_name, column_name from duckdb_columns() where schema_name = 'marts'")
    assert set(sections) == {table for table, _ in columns}
    assert [(t, c) for t, c in columns if f"\n| `{c}` | " not in sections[t]] == []


@pytest.mark.parametrize("mart", [p.stem for p in sorted((PROJECT / "models" / "marts").rglob("*.sql"))])
def test_the_example_query_runs(built: Built, manifest: dict[str, Any], mart: str) -> None:
    """An analyst can copy it."""
    query = manifest["nodes"][f"model.avance.{mart}"]["config"]["meta"]["consulta"]
    assert f"from marts.{mart}" in query
    built.rows(query)
