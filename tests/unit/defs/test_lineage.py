"""Column lineage is of the SQL that stands there, and leads to assets."""

import json

import dagster as dg

from dagster_project.defs.lineage import FILE, column_lineage
from tools.column_lineage import models_hash


def test_it_was_written_from_the_models_as_they_are():
    """`make docs` writes it anew."""
    assert json.loads(FILE.read_text(encoding="utf-8"))["made_from"] == models_hash()


def test_every_column_of_a_mart_leads_somewhere_that_is_an_asset(graph, project):
    """The columns are those of the contract; what they are made of is drawn in the graph."""
    manifest = json.loads(project.manifest_path.read_text(encoding="utf-8"))
    marts = [
        n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["config"]["schema"] == "marts"
    ]
    assert marts
    for node in marts:
        found = graph.get(dg.AssetKey(["marts", node["name"]])).metadata["dagster/column_lineage"]
        assert set(found.deps_by_column) == set(node["columns"]), node["name"]
        assert {dep.asset_key for deps in found.deps_by_column.values() for dep in deps} <= set(
            graph.get_all_asset_keys()
        )


def test_a_figure_leads_to_the_models_it_is_chosen_from():
    """From the fact to the step before it."""
    deps = column_lineage("marts.fct_avance").deps_by_column["avance"]
    assert [(dep.asset_key.path, dep.column_name) for dep in deps] == [(["intermediate", "int_acumulados"], "avance")]


def test_what_is_no_model_has_none():
    """A seed is made of no column."""
    assert column_lineage("referencia.unidades") is None
