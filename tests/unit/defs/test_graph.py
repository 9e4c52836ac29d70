"""The exact sets of what Dagster offers: what appears or goes unnoticed shows here first."""

from __future__ import annotations

import json
import subprocess
import sys

import dagster as dg
import pytest

from dagster_project.quality.suites.borders import ALL, MARTS, RAW

RAW_EXTRACTO = {
    f"raw/{t}" for t in ("extractos", "rutas", "hojas", "palabras", "lineas", "celdas", "paginas", "rechazos")
}
RAW_EJERCICIO = {f"raw/{t}" for t in ("formatos", "campos", "renglones", "lecturas", "vinculos", "elegidas", "series")}


PUBLISHED = {f"published/{name}" for name in ("avance", "sitio", "libros", "archivos")}
OURS = {
    ("marts/dim_corte", "cobertura"),
    ("marts/dim_corte", "trimestre_a_tiempo"),
    ("marts/dim_corte", "unidades_a_tiempo"),
    ("published/avance", "version_reciente"),
}
"""The checks that are neither a suite's nor dbt's; none of them blocks."""


JOBS = {"carga", "ejercicio_de_nuevo", "rehacer_marts", "comprobar", "publicar", "ordenar_la_casa"}


@pytest.fixture(scope="module")
def manifest(project):
    return json.loads(project.manifest_path.read_text(encoding="utf-8"))


def _dbt(manifest, *kinds: str) -> set[str]:
    """Keys that the dbt project's nodes ought to have, from its own files."""
    return {
        f"{node['config']['schema']}/{node['name']}"
        for node in manifest["nodes"].values()
        if node["resource_type"] in kinds
    }


def test_assets(graph, manifest):
    """Every table from the extract to the published version is an asset, and nothing else is."""
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    ours = RAW_EXTRACTO | RAW_EJERCICIO | PUBLISHED
    assert keys == ours | _dbt(manifest, "model", "seed")


def test_mart_assets(graph):
    """The marts that others rely on are there by name."""
    marts = {k.path[1] for k in graph.get_all_asset_keys() if k.path[0] == "marts"}
    assert marts >= {
        "dim_unidad",
        "dim_linea_accion",
        "dim_accion",
        "dim_trimestre",
        "dim_corte",
        "dim_unidad_medida",
        "dim_clasificacion_funcional",
        "bridge_accion_linea",
        "fct_avance",
        "fct_avance_corte",
        "fct_meta",
        "fct_reprogramacion",
        "fct_hallazgo",
    }


def test_checks(graph, manifest):
    """Every rule of every suite, every dbt test, the coverage and what is late: no more, no fewer."""
    keys = {(key.asset_key.to_user_string(), key.name) for key in graph.asset_check_keys}
    suites = {(suite.table.replace(".", "/"), name) for suite in ALL for name in suite.rules}
    tests = {node["name"] for node in manifest["nodes"].values() if node["resource_type"] == "test"}
    from_dbt = {name for asset, name in keys - suites - OURS}
    assert suites <= keys
    assert keys >= OURS
    # A test that is no check is a WARNING of dagster-dbt's in each run.
    assert from_dbt == tests
    assert len(keys) == len(suites) + len(from_dbt) + len(OURS)


def test_no_check_of_dbt_sits_on_a_raw_asset(graph):
    """A definition that checks an upstream key itself is not blocked by it: the gate would stay open."""
    suites = {name for suite in RAW for name in suite.rules}
    on_raw = {key.name for key in graph.asset_check_keys if key.asset_key.path[0] == "raw"}
    assert on_raw == suites


def test_blocking(graph):
    """Rules of severity error block; coverage, what is late and warnings let the run go on."""
    blocking = {key.name for key in graph.asset_check_keys if graph.get_check_spec(key).blocking}
    for suite in (*RAW, *MARTS):
        for name, rule in suite.rules.items():
            assert (name in blocking) == (rule.severity == "error"), name
    assert not blocking & {name for _, name in OURS}


def test_jobs_schedules_sensors(definitions):
    """Nothing loads by itself until somebody turns it on; what tells and what tidies is on from the start."""
    repository = definitions.get_repository_def()
    assert {j.name for j in repository.get_all_jobs() if not j.name.startswith("__")} == JOBS
    assert {s.name: s.default_status for s in repository.schedule_defs} == {
        "carga_diaria": dg.DefaultScheduleStatus.STOPPED,
        "orden_semanal": dg.DefaultScheduleStatus.RUNNING,
    }
    assert {s.name: s.default_status for s in repository.sensor_defs} == {
        "bandeja_de_entrada": dg.DefaultSensorStatus.STOPPED,
        "avisa_fallas": dg.DefaultSensorStatus.RUNNING,
        "avisa_cargas": dg.DefaultSensorStatus.RUNNING,
        "vigia": dg.DefaultSensorStatus.RUNNING,
    }


def test_no_asset_is_partitioned(graph, definitions):
    """The web UI would ask for a partition before it launches the job."""
    assert [key for key in graph.get_all_asset_keys() if graph.get(key).partitions_def is not None] == []
    assert definitions.resolve_job_def("carga").partitions_def is None


def test_groups_owners_kinds_descriptions(graph):
    """Every asset says which group it is of, who owns it and what it is."""
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name in {"raw", "referencia", "preparacion", "marts", "publicacion"}, key
        assert node.owners, key
        assert node.description, key
        assert node.kinds, key


def test_path_from_extract_to_published(graph):
    """The graph has no break between the extract files and the published version."""
    pending, seen = [dg.AssetKey(["published", "avance"])], set()
    while pending:
        key = pending.pop()
        if key not in seen:
            seen.add(key)
            pending += graph.get(key).parent_keys
    names = {key.to_user_string() for key in seen}
    assert RAW_EXTRACTO - {"raw/rechazos"} | RAW_EJERCICIO <= names
    assert "marts/fct_avance" in names


def test_no_asset_stands_alone(graph):
    """Whatever is looked at leads from the extracts to what is published; refusals and proposals end in a mart."""
    alone = [key for key in graph.get_all_asset_keys() if not graph.get(key).parent_keys | graph.get(key).child_keys]
    assert alone == []


def test_every_mart_says_where_its_figures_come_from(graph):
    """The command that leads to the printed line stands on its page."""
    marts = [key for key in graph.get_all_asset_keys() if key.path[0] == "marts"]
    assert marts
    assert all("avance why" in graph.get(key).metadata["de_donde_sale_una_cifra"] for key in marts)


def test_jobs_take_in_what_they_are_named_for(definitions):
    """A look changes nothing; what is published was checked in the same run, or before."""
    steps = {name: set(definitions.resolve_job_def(name).graph.node_dict) for name in JOBS}
    load = {"raw_extractos", "raw_ejercicios", "dbt", "published__avance"}
    assert load <= steps["carga"]
    assert steps["ejercicio_de_nuevo"] & load == load - {"raw_extractos"}
    assert steps["rehacer_marts"] & load == {"dbt", "published__avance"}
    assert steps["comprobar"] & load == {"dbt"}
    assert steps["publicar"] & load == {"published__avance"}
    assert {"calidad_extractos", "calidad_ejercicios", "calidad_marts", "a_tiempo"} <= steps["comprobar"]


def test_definitions_load_nothing_that_a_run_alone_needs(project) -> None:
    """The code server of the web UI holds what definitions load for as long as it lives: 341 MB with these."""
    code = (
        "import sys, dagster_project.definitions; "
        "print(*sorted({'numba', 'pandas', 'dbt.cli.main', 'great_expectations'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
