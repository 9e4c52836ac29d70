"""The years of a run: a range is one run, and only years that have forms are marked as loaded."""

from __future__ import annotations

import dagster as dg
import pytest

from dagster_project.defs.partitions import rango_completo
from dagster_project.defs.resources import Almacen
from dagster_project.defs.run_request import etiquetas
from dagster_project.settings import get_settings


@pytest.fixture(scope="module")
def loaded(definitions):
    """A run of the two raw steps over all years, on the real extract."""
    from dagster_project.defs.assets.quarters import trimestre_reportado
    from dagster_project.defs.assets.raw import raw_ejercicios, raw_extractos

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [raw_extractos, raw_ejercicios, trimestre_reportado],
            instance=instance,
            resources={"almacen": Almacen()},
            tags=dict(etiquetas()),
        )
        yield instance, result


def test_range_covers_every_year():
    """Without a year, a run covers the first to the running ejercicio."""
    first, last = rango_completo()
    assert first == "2009"
    assert int(last) >= 2026


@pytest.mark.parametrize("table", ["renglones", "lecturas", "vinculos", "elegidas"])
def test_only_years_with_forms_are_materialized(loaded, table):
    """The extract speaks of 2022 alone, so 2022 alone is marked, although the run covered all years."""
    instance, result = loaded
    assert result.success
    assert instance.get_materialized_partitions(dg.AssetKey(["raw", table])) == {"2022"}


def test_quarters_found_are_reported(loaded):
    """Each quarter that a form speaks of is a partition of the external asset, with its sources."""
    instance, _ = loaded
    assert set(instance.get_dynamic_partitions("trimestre")) == {"2022-T1", "2022-T4"}
    assert instance.get_materialized_partitions(dg.AssetKey("trimestre_reportado")) == {"2022-T1", "2022-T4"}


def test_materializations_report_rows_hash_quarters_code(loaded):
    """Every raw materialization says how many rows, from which sources, for which quarters, by which code."""
    _, result = loaded
    events = [e.step_materialization_data.materialization for e in result.get_asset_materialization_events()]
    assert {e.asset_key.path[1] for e in events} >= {"extractos", "elegidas"}
    for event in events:
        metadata = {name: value.value for name, value in event.metadata.items()}
        assert metadata["dagster/row_count"] >= 0
        assert len(metadata["huella"]) >= 16
        assert metadata["trimestres"] == "2022-T1, 2022-T4"
        assert metadata["codigo"] == "dagster_project/defs/assets/raw.py"


def test_loading_again_reports_no_quarter_twice(loaded, definitions):
    """The same quarters from the same extracts are not reported a second time."""
    from dagster_project.defs.assets.quarters import CLAVE, informar_trimestres
    from dagster_project.warehouse.db.connection import open_warehouse
    from dagster_project.warehouse.state.counts import quarters_found

    instance, _ = loaded
    with open_warehouse(get_settings().warehouse, read_only=True) as con:
        found = quarters_found(con)
    informar_trimestres(instance, found)
    records = instance.fetch_materializations(dg.AssetRecordsFilter(asset_key=CLAVE), limit=10).records
    assert len(records) == 2
