"""``dagster_project/defs/column_lineage.json``: which columns each column of a model is made of, read from its SQL.

``make docs`` writes it; a test holds the file to the models. Written ahead because it costs half a minute of a core,
more than a load. Not here: showing it (``defs.lineage``).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from sqlglot import exp, parse_one
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

from dagster_project.defs.lineage import FILE
from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.state.fingerprint import files_fingerprint

Columns = dict[str, list[str]]
"""By column, the columns that it is made of, as ``schema.table.column``."""


def column_lineage(manifest: Mapping[str, Any], raw: duckdb.DuckDBPyConnection) -> dict[str, Columns]:
    """Of every model of a compiled manifest, by ``schema.table``; ``raw`` is open on a warehouse without rows."""
    schema = _raw_columns(raw)
    for node in manifest["nodes"].values():
        if node["resource_type"] == "seed":
            with (RAIZ / "seeds" / Path(node["original_file_path"]).name).open(encoding="utf-8-sig") as file:
                schema.setdefault(node["schema"], {})[node["name"]] = dict.fromkeys(next(csv.reader(file)), "varchar")
    found: dict[str, Columns] = {}
    for node in _models_in_order(manifest):
        columns = _of_model(node["compiled_code"], schema)
        found[f"{node['schema']}.{node['name']}"] = columns
        schema.setdefault(node["schema"], {})[node["name"]] = dict.fromkeys(columns, "varchar")
    return found


def _raw_columns(raw: duckdb.DuckDBPyConnection) -> dict[str, dict[str, dict[str, str]]]:
    schema: dict[str, dict[str, dict[str, str]]] = {}
    query = "select schema_name, table_name, column_name, data_type from duckdb_columns() where schema_name = 'raw'"
    for name, table, column, kind in raw.execute(f"{query} order by column_index").fetchall():
        schema.setdefault(name, {}).setdefault(table, {})[column] = kind
    return schema


def _models_in_order(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    models = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    parents = {key: [p for p in node["depends_on"]["nodes"] if p in models] for key, node in models.items()}
    return (models[key] for key in TopologicalSorter(parents).static_order())


def _of_model(sql: str, schema: Mapping[str, Any]) -> Columns:
    query = qualify(parse_one(sql, dialect="duckdb"), schema=dict(schema), dialect="duckdb", identify=False)
    assert isinstance(query, exp.Query)
    scope = build_scope(query)
    found: Columns = {}
    for selected in query.selects:
        name = selected.alias_or_name
        nodes = lineage(name, query, scope=scope, dialect="duckdb", schema=dict(schema), copy=False).walk()
        found[name] = sorted(
            {
                f"{node.source.db}.{node.source.name}.{node.name.rpartition('.')[2]}"
                for node in nodes
                if not node.downstream and isinstance(node.source, exp.Table) and node.source.db
            }
        )
    return found


def models_hash() -> str:
    """Hash of the SQL that the file is written from."""
    root = RAIZ / "dbt"
    paths = sorted(path for folder in ("models", "macros") for path in (root / folder).rglob("*.sql"))
    return files_fingerprint((path.relative_to(root).as_posix(), path) for path in paths)


if __name__ == "__main__":
    compiled = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder, open_warehouse(Path(folder) / "vacio.duckdb") as con:
        columns = column_lineage(compiled, con)
    lines = ",\n".join(f"{json.dumps(table)}: {json.dumps(of)}" for table, of in sorted(columns.items()))
    FILE.write_text(f'{{"made_from": "{models_hash()}",\n"tables": {{\n{lines}\n}}}}\n', encoding="utf-8")
