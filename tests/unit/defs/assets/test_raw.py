"""The raw steps: which ejercicios a run reads, and what it reports of them."""

from __future__ import annotations

import shutil

import dagster as dg
import pytest

from dagster_project.defs.resources import Warehouse
from dagster_project.settings import RAIZ


def _run(instance, years=None):
    from dagster_project.defs.assets.raw import raw_ejercicios, raw_extractos

    return dg.materialize(
        [raw_extractos, raw_ejercicios],
        instance=instance,
        resources={"warehouse": Warehouse()},
        run_config={"ops": {"raw_ejercicios": {"config": {"ejercicios": years}}}} if years else None,
        raise_on_error=False,
    )


@pytest.fixture(scope="module")
def loaded(definitions):
    """A run of the two raw steps on the real extract, given no configuration."""
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance, _run(instance)


def _events(result):
    return [e.step_materialization_data.materialization for e in result.get_asset_materialization_events()]


def _metadata(result, table):
    (event,) = (e for e in _events(result) if e.asset_key == dg.AssetKey(["raw", table]))
    return {name: value.value for name, value in event.metadata.items()}


def test_without_configuration_every_year_with_forms_is_read(loaded):
    """The extract speaks of 2022 alone."""
    _, result = loaded
    assert result.success
    said = _metadata(result, "elegidas")
    assert [(year["ejercicio"], year["resultado"]) for year in said["ejercicios"]] == [(2022, "loaded")]
    assert sum(said["estados"].values()) == 68
    assert said["fuera_de_calendario"] == []


def test_quarters_and_units_found_are_reported(loaded):
    """What the extracts speak of stands in the metadata of the load."""
    _, result = loaded
    said = _metadata(result, "elegidas")
    assert said["perdidas"] == []
    assert said["cortes"] == ["2022-T1", "2022-T4"]
    assert said["unidades"] == ["54101", "54102", "54201", "54202", "54204"]


def test_materializations_report_rows_hash_quarters_code(loaded):
    """Every raw materialization says how many rows, from which sources, by which code; once settled, which quarters."""
    _, result = loaded
    by_file = {"extractos", "rutas", "hojas", "palabras", "lineas", "celdas", "paginas", "rechazos"}
    assert {e.asset_key.path[1] for e in _events(result)} > by_file
    for event in _events(result):
        metadata = {name: value.value for name, value in event.metadata.items()}
        assert metadata["dagster/row_count"] >= 0
        assert len(metadata["huella"]) >= 16
        quarters = None if event.asset_key.path[1] in by_file else "2022-T1, 2022-T4"
        assert metadata.get("trimestres") == quarters
        assert metadata["codigo"] == "dagster_project/defs/assets/raw.py"


def test_again_the_year_is_known_not_to_have_changed(loaded):
    """Which ejercicios are made anew follows from what the extracts hold."""
    instance, _ = loaded
    said = _metadata(_run(instance), "elegidas")
    assert [(year["ejercicio"], year["resultado"]) for year in said["ejercicios"]] == [(2022, "unchanged")]


def test_a_year_without_forms_that_is_asked_for_fails(loaded):
    """The other years' figures would come out again, as if this one had been looked at."""
    instance, _ = loaded
    result = _run(instance, [2031])
    (failure,) = [e for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    assert "no extract holds a form of 2031; there are forms of 2022" in failure.step_failure_data.error.message


def test_the_job_needs_no_configuration(definitions):
    """The launchpad of the web UI opens with an empty one."""
    job = definitions.resolve_job_def("carga")
    assert dg.validate_run_config(job, {})["ops"]["raw_ejercicios"]["config"] == {"ejercicios": [], "de_nuevo": False}


def test_an_original_that_cannot_be_removed_ends_no_load(loaded, monkeypatch):
    """Everything is loaded by then; what is old goes at a later load, and the log says why not now."""
    from dagster_project.defs import loading
    from dagster_project.defs.assets import raw

    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(loading, "let_go", refused)
    instance, _ = loaded
    result = dg.materialize(
        [raw.raw_extractos], instance=instance, resources={"warehouse": Warehouse()}, raise_on_error=False
    )
    assert result.success
    logged = [entry.user_message for entry in instance.all_logs(result.run_id)]
    assert [said for said in logged if "the next load does it: [Errno 1] Operation not permitted" in said]


def test_where_a_person_took_every_file_out_that_is_what_is_said(loaded, monkeypatch, tmp_path):
    """It spoke of years: of a run that has nothing to publish the way back is asked for."""
    shutil.copytree(RAIZ / "seeds", tmp_path / "seeds")
    (file,) = (RAIZ / "seeds" / "extracts").rglob("*.txt")
    ruta = file.relative_to(RAIZ / "seeds" / "extracts").as_posix()
    register = f"ruta,ente_codigo,publicado_en,fuente\n{ruta},,rechazado,x\n"
    (tmp_path / "seeds" / "extractos.csv").write_text(register, encoding="utf-8")
    instance, _ = loaded
    with monkeypatch.context() as patch:
        patch.setenv("AVANCE_SEEDS", str(tmp_path / "seeds"))
        for _ in range(2):
            (failure,) = [e for e in _run(instance).all_events if e.event_type_value == "STEP_FAILURE"]
            assert f"is taken out by extractos.csv ({ruta}): no row" in failure.step_failure_data.error.message
    assert _run(instance).success


def test_pages_without_a_row_are_nothing_to_publish(definitions, monkeypatch, tmp_path):
    """They count, and would have replaced a version that holds something by an empty one."""
    (file,) = (RAIZ / "seeds" / "extracts").rglob("*.txt")
    lines = file.read_text(encoding="utf-8").split("\n")
    page = lines[4 : next(n for n, line in enumerate(lines) if "\t" in line and "METAS" in line) + 3]
    (tmp_path / "extracts").mkdir()
    (tmp_path / "extracts" / "a.txt").write_text("\n".join(page), encoding="utf-8")
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AVANCE_EXTRACTS", str(tmp_path / "extracts"))
    with dg.DagsterInstance.ephemeral() as instance:
        result = _run(instance)
    (failure,) = [e for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    assert failure.step_key == "raw_ejercicios"
    assert "none of them has an action row that counts" in failure.step_failure_data.error.message
