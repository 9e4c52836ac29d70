"""The line of the layers, held over the manifest: who reads whom, and what each model must say of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dagster_project.site import pages
from dagster_project.workbooks import books
from tests.support.dbt_built import PROJECT

MARTS = ("bi_", "dim_", "fct_", "bridge_", "rpt_", "exp_")
LAYERS = {"staging": ("stg_tmm__",), "intermediate": ("int_",), "marts": MARTS}
KEYLESS = "int_hallazgos"
"""Findings get their key, and its test, where they are put together: fct_hallazgo."""


def models(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The models of the project."""
    return (n for n in manifest["nodes"].values() if n["resource_type"] == "model")


def keys_tested(manifest: dict[str, Any]) -> dict[str, list[list[str]]]:
    """The keys of each node that a test holds to be there and unique."""
    found: dict[str, list[list[str]]] = {}
    for node in manifest["nodes"].values():
        if (node.get("test_metadata") or {}).get("name") == "llave_unica":
            found.setdefault(node["attached_node"], []).append(node["test_metadata"]["kwargs"]["columnas"])
    return found


def layer(node: dict[str, Any]) -> str:
    """The folder a model stands in."""
    return str(node["fqn"][1])


def test_names_say_the_layer(manifest: dict[str, Any]) -> None:
    """Every model is named by its layer and stands in its layer's schema."""
    wrong = [n["name"] for n in models(manifest)
             if not n["name"].startswith(LAYERS[layer(n)]) or n["schema"] != layer(n)]  # fmt: skip
    assert wrong == []


def test_only_staging_reads_sources(manifest: dict[str, Any]) -> None:
    """A source is read in one place, so that a change of the raw layer is felt in one place."""
    wrong = [n["name"] for n in models(manifest)
             if layer(n) != "staging" and any(p.startswith("source.") for p in n["depends_on"]["nodes"])]  # fmt: skip
    assert wrong == []


def test_staging_reads_one_source_each(manifest: dict[str, Any]) -> None:
    """Staging is one to one: a table, typed."""
    parents = {n["name"]: n["depends_on"]["nodes"] for n in models(manifest) if layer(n) == "staging"}
    assert parents
    assert {name: len(p) for name, p in parents.items()} == dict.fromkeys(parents, 1)
    assert all(p[0] == f"source.avance.raw.{name.removeprefix('stg_tmm__')}" for name, p in parents.items())


def test_marts_read_no_staging(manifest: dict[str, Any]) -> None:
    """Marts stand on intermediates, references and other marts."""
    wrong = [(n["name"], p) for n in models(manifest) if layer(n) == "marts"
             for p in n["depends_on"]["nodes"] if ".stg_" in p]  # fmt: skip
    assert wrong == []


def test_no_layer_reads_a_later_one(manifest: dict[str, Any]) -> None:
    """Nothing below the marts reads them."""
    wrong = [(n["name"], p) for n in models(manifest) if layer(n) != "marts" for p in n["depends_on"]["nodes"]
             if p.rsplit(".", 1)[-1].startswith(LAYERS["marts"])]  # fmt: skip
    assert wrong == []


def test_every_model_has_a_page_beside_it(manifest: dict[str, Any]) -> None:
    """What is said of a model stands in a file of its name in the same folder, by subject; none is above 120 lines."""
    for model in models(manifest):
        sql = PROJECT / model["original_file_path"]
        assert model["patch_path"] == f"avance://{sql.with_suffix('.yml').relative_to(PROJECT)}", model["name"]
        assert len(model["fqn"]) == 4, model["name"]
        assert len(sql.read_text(encoding="utf-8").splitlines()) <= 120, model["name"]


def test_every_model_says_its_grain(manifest: dict[str, Any]) -> None:
    """A description opens with what one row is."""
    wrong = [n["name"] for n in models(manifest) if not n["description"].startswith("Una fila por ")]
    assert wrong == []


def test_marts_have_an_enforced_contract(manifest: dict[str, Any]) -> None:
    """Every mart's columns are contracted, typed, described; its key is the first ``…_key``, never null, tested."""
    marts = [n for n in models(manifest) if layer(n) == "marts"]
    assert len(marts) >= 13
    for mart in marts:
        columns = mart["columns"].values()
        assert mart["config"]["contract"]["enforced"], mart["name"]
        assert all(c["description"].strip() and c["data_type"] for c in columns), mart["name"]
        assert {k["type"] for c in columns for k in c["constraints"]} <= {"not_null"}, mart["name"]
        key = next(c for c in columns if c["name"].endswith("_key"))
        assert key["constraints"], mart["name"]
        assert [key["name"]] in keys_tested(manifest)[mart["unique_id"]], mart["name"]


def test_every_other_model_has_its_key_tested(manifest: dict[str, Any]) -> None:
    """What has no contract has a test of its natural key."""
    wrong = [n["name"] for n in models(manifest) if layer(n) != "marts" and n["unique_id"] not in keys_tested(manifest)
             and not n["name"].startswith(KEYLESS) and n["name"] != "stg_tmm__rechazos"]  # fmt: skip
    assert wrong == []


def test_facts_are_tied_to_their_dimensions(manifest: dict[str, Any]) -> None:
    """Relations are tests: a fact's action is one of ``dim_accion``; only a page is of several."""
    tied = {n["attached_node"] for n in manifest["nodes"].values()
            if (n.get("test_metadata") or {}).get("name") == "relaciones"
            and "accion_key" in n["test_metadata"]["kwargs"]["columnas"]}  # fmt: skip
    facts = {n["unique_id"] for n in models(manifest)
             if n["name"].startswith(("fct_", "bridge_")) and "accion_key" in n["columns"]}  # fmt: skip
    assert len(facts) >= 7
    assert facts <= tied


def test_no_table_forgets_that_doubt_has_no_value(manifest: dict[str, Any]) -> None:
    """Every mart with the estado of a figure is tested: doubtful is null, with its range."""
    tested = {n["attached_node"] for n in manifest["nodes"].values()
              if (n.get("test_metadata") or {}).get("name") == "lo_dudoso_va_sin_valor"}  # fmt: skip
    stated = {n["unique_id"] for n in models(manifest)
              if layer(n) == "marts" and any(c.startswith("estado_") for c in n["columns"])}  # fmt: skip
    assert len(stated) >= 5
    assert stated == tested


def test_staging_is_private_and_marts_are_public(manifest: dict[str, Any]) -> None:
    """Groups and access keep the layers even where this test is not run."""
    access = {layer(n): n["config"]["access"] for n in models(manifest)}
    assert access == {"staging": "private", "intermediate": "protected", "marts": "public"}
    assert all(n["config"]["group"] for n in models(manifest))


@pytest.mark.parametrize(("name", "needs"), [("sitio_publicado", pages.NEEDS), ("libros_publicados", books.NEEDS)])
def test_what_is_published_is_an_exposure_of_what_it_reads(
    manifest: dict[str, Any], name: str, needs: frozenset[str]
) -> None:
    """The pages and workbooks of a version, by the tables that they are made of."""
    (found,) = (e for e in manifest["exposures"].values() if e["name"] == name)
    assert {p.rsplit(".", 1)[-1] for p in found["depends_on"]["nodes"]} == needs


@pytest.mark.parametrize("kind", ["dashboard", "analysis", "application"])
def test_consumers_are_exposures_on_marts(manifest: dict[str, Any], kind: str) -> None:
    """Whoever reads the marts is named, and reads nothing else."""
    found = [e for e in manifest["exposures"].values() if e["type"] == kind]
    assert found
    assert all(p.rsplit(".", 1)[-1].startswith(MARTS) for e in found for p in e["depends_on"]["nodes"])


def test_data_tests_have_names_of_their_own(manifest: dict[str, Any]) -> None:
    """No generated name: each says in words what holds."""
    generated = [n["name"] for n in manifest["nodes"].values() if n["resource_type"] == "test"
                 and n["name"].startswith(("relaciones_", "llave_unica_", "not_null_", "unique_"))]  # fmt: skip
    assert generated == []


def test_what_stands_by_ejercicio_reads_little_else(manifest: dict[str, Any]) -> None:
    """What such a model reads that is made whole gives it nothing of another ejercicio, or changes that are seen.

    Each of these was thought through: the rows it gives to an ejercicio follow from that ejercicio and the
    catalogues, but for the names of measures (``warehouse.state.build_plan`` sees to them).
    """
    of_year = {n["unique_id"] for n in models(manifest) if n["config"]["materialized"] == "incremental"}
    whole = {p.rsplit(".", 1)[-1] for n in models(manifest) if n["unique_id"] in of_year
             for p in _unviewed(manifest, n) if p not in of_year}  # fmt: skip
    tables = {
        "celdas", "elegidas", "extractos", "formatos", "hojas", "lecturas", "lineas", "renglones", "vinculos",
    }  # fmt: skip
    assert whole <= tables | {"correcciones", "planes", "semaforo", "unidades", "unidades_medida", "int_reportes"}


def test_what_stands_by_ejercicio_makes_it_anew_by_dbt_s_own_means(manifest: dict[str, Any]) -> None:
    """delete+insert by ejercicio; before it those to be made anew leave, also where no row of them comes again."""
    configs = [n["config"] for n in models(manifest) if n["config"]["materialized"] == "incremental"]
    assert len(configs) >= 10
    assert {(c["incremental_strategy"], c["unique_key"]) for c in configs} == {("delete+insert", "ejercicio")}
    assert all(["olvida_por_rehacer" in hook["sql"] for hook in c["pre-hook"]] == [True] for c in configs)


def _unviewed(manifest: dict[str, Any], node: dict[str, Any]) -> Iterator[str]:
    """What a model reads, looking through views."""
    for parent in node["depends_on"]["nodes"]:
        found = manifest["nodes"].get(parent)
        if found and found["resource_type"] == "model" and found["config"]["materialized"] == "view":
            yield from _unviewed(manifest, found)
        else:
            yield parent
