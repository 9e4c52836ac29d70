"""The dashboard for Superset, against the marts as dbt describes them. That Superset takes it was tried by hand."""

import copy
import csv

import pytest
import yaml

from dagster_project.settings import RAIZ
from tools import superset


@pytest.fixture(scope="module")
def board() -> dict:
    return yaml.safe_load(superset.BOARD.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def members(manifest, board) -> dict:
    made = superset.archive(manifest, board, "postgresql://x/y")
    return {path: yaml.safe_load(text) for path, text in made.items()}


def test_every_reference_leads_to_a_member(members) -> None:
    """Charts to datasets, datasets to the database, the dashboard to all its charts, filters to a dataset."""
    by_kind = {kind: [m for p, m in members.items() if p.startswith(f"avance/{kind}/")] for kind in ("charts", "datasets")}
    datasets = {dataset["uuid"] for dataset in by_kind["datasets"]}
    charts = {chart["uuid"] for chart in by_kind["charts"]}
    assert {d["database_uuid"] for d in by_kind["datasets"]} == {members["avance/databases/Avance.yaml"]["uuid"]}
    assert {chart["dataset_uuid"] for chart in by_kind["charts"]} == datasets
    dashboard = members["avance/dashboards/Avance.yaml"]
    placed = [part["meta"] for part in dashboard["position"].values() if isinstance(part, dict) and part["type"] == "CHART"]
    assert {meta["uuid"] for meta in placed} == charts
    filters = dashboard["metadata"]["native_filter_configuration"]
    assert {target["datasetUuid"] for f in filters for target in f["targets"]} <= datasets


def test_a_filter_acts_on_every_dataset_that_has_its_column(members) -> None:
    """On no other: Superset would refuse the chart's question."""
    names = {d["uuid"]: {c["column_name"] for c in d["columns"]} for p, d in members.items() if "/datasets/" in p}
    for chosen in members["avance/dashboards/Avance.yaml"]["metadata"]["native_filter_configuration"]:
        (column,) = {target["column"]["name"] for target in chosen["targets"]}
        having = [uuid for uuid, columns in names.items() if column in columns]
        assert [target["datasetUuid"] for target in chosen["targets"]] == having


def test_a_filter_of_a_column_that_is_nowhere_is_refused(manifest, board) -> None:
    """By its name, too."""
    wrong = copy.deepcopy(board)
    wrong["filtros"][0]["columna"] = "municipio_que_no_hay"
    with pytest.raises(KeyError, match="municipio_que_no_hay"):
        superset.archive(manifest, wrong, "x")


def test_columns_are_those_of_the_mart_with_spanish_words(members, manifest) -> None:
    """Names, types and descriptions from dbt; a label that a person reads."""
    dataset = members["avance/datasets/Avance/bi_avance.yaml"]
    columns = manifest["nodes"]["model.avance.bi_avance"]["columns"]
    assert [c["column_name"] for c in dataset["columns"]] == list(columns)
    labels = {c["column_name"]: c["verbose_name"] for c in dataset["columns"]}
    assert labels["accion_numero"] == "Acción número"
    assert all(c["description"] for c in dataset["columns"])
    assert dataset["main_dttm_col"] == "fin_fecha"


def test_a_chart_of_a_column_that_is_not_there_is_refused(manifest, board) -> None:
    """By its name, before anybody imports it."""
    wrong = copy.deepcopy(board)
    wrong["graficas"][0]["serie"] = "semaforo_que_no_hay"
    with pytest.raises(KeyError, match="semaforo_que_no_hay"):
        superset.archive(manifest, wrong, "x")


def test_lights_have_the_colours_of_the_catalogue() -> None:
    """The bands' as ``seeds/semaforo.csv`` has them."""
    with (RAIZ / "seeds" / "semaforo.csv").open(encoding="utf-8") as file:
        bands = {row["banda"]: row["color"] for row in csv.DictReader(file)}
    assert bands
    assert {name: superset.LIGHTS[name] for name in bands} == bands
