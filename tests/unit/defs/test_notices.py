"""What the daemon's sensors tell, once, and what the checks of lateness say on a given day."""

import json
from datetime import UTC, date, datetime, timedelta

import dagster as dg
import duckdb
import pytest

from dagster_project.command.dagster_instance import open_instance, silence_of
from dagster_project.defs import freshness, notices
from dagster_project.defs.inbox_watch import ASKED_TAG
from dagster_project.defs.resources import Warehouse
from dagster_project.notices.ledger import NAME
from dagster_project.notices.watch import NOTE, note_alive
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from tests.support.sensor_states import sensor_state


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home that nothing was told of."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def instance():
    with dg.instance_for_test() as instance:
        yield instance


def _told(home):
    lines = (home / NAME).read_text(encoding="utf-8").splitlines() if (home / NAME).exists() else []
    return [line["titulo"] for line in map(json.loads, lines) if "titulo" in line]


@dg.op
def contradicted():
    raise dg.Failure("correcciones.csv, line 2: p2 is said to be printed as '9'")


@dg.job
def carga():
    contradicted()


@dg.op
def nothing():
    pass


@dg.job
def quiet():
    nothing()


def _failed_context(instance, tags=None):
    result = carga.execute_in_process(instance=instance, raise_on_error=False, tags=tags)
    event = next(e for e in result.all_events if e.event_type_value == "PIPELINE_FAILURE")
    return dg.build_run_status_sensor_context("avisa_fallas", event, instance, result.dagster_run)


def test_a_failed_run_is_told_with_its_sentence(home, instance):
    """Asked twice, it is told once."""
    context = _failed_context(instance).for_run_failure()
    notices.tell_failures(context)
    notices.tell_failures(context)
    assert _told(home) == ["Avance: la carga falló y no publicó nada"]
    assert "contradicted: correcciones.csv, line 2: p2 is said" in (home / NAME).read_text(encoding="utf-8")


def test_what_the_inbox_asks_for_again_fails_once(home, instance):
    """Two runs for the same state of the inbox, failing alike, are one event."""
    for _ in range(2):
        notices.tell_failures(_failed_context(instance, {ASKED_TAG: "abc 1.0"}).for_run_failure())
    assert len(_told(home)) == 1


def test_a_killed_run_is_told(home, instance):
    """Its record says how it ended."""
    run = instance.create_run_for_job(carga)
    instance.report_run_failed(run, "The process of this run ended before the run did.")
    (entry,) = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
    context = dg.build_run_status_sensor_context("avisa_fallas", entry.dagster_event, instance, run)
    notices.tell_failures(context.for_run_failure())
    assert "The process of this run ended" in (home / NAME).read_text(encoding="utf-8")


def test_a_run_that_did_nothing_to_speak_of_is_not_told(home, instance):
    """No publication, nothing refused, nothing late."""
    result = quiet.execute_in_process(instance=instance)
    event = next(e for e in result.all_events if e.event_type_value == "PIPELINE_SUCCESS")
    notices.tell_loads(dg.build_run_status_sensor_context("avisa_cargas", event, instance, result.dagster_run))
    assert _told(home) == []


def test_the_watch_leaves_a_sign_of_life(home, instance):
    """With what somebody turned on: nothing yet, whatever another project of the same database has on."""
    instance.add_instigator_state(sensor_state("theirs", is_on=True, location="another project"))
    result = notices.watch(dg.build_sensor_context(instance=instance))
    note = json.loads((home / NOTE).read_text(encoding="utf-8"))
    assert datetime.now(UTC) - datetime.fromisoformat(note["momento"]) < timedelta(minutes=1)
    assert note["encendidos"] == []
    assert date.fromisoformat(result.cursor)


@pytest.fixture
def marts(home):
    """Reports of two quarters, of two units and of one."""
    with open_warehouse(home / "warehouse.duckdb"):
        pass
    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        con.execute("create schema if not exists marts")
        con.execute(
            "create table marts.dim_corte as select '02002' as ente_codigo, unidad_codigo, corte, 2022 as ejercicio "
            "from (values ('1', '2022-T1'), ('2', '2022-T1'), ('1', '2022-T2')) as t (unidad_codigo, corte)"
        )
        con.execute(
            "create table marts.fct_hallazgo as select '02002' as ente_codigo, '2' as unidad_codigo, "
            "'2022-T2' as corte, 'trimestre_faltante' as regla"
        )
    return home


@pytest.mark.parametrize(
    ("today", "passed", "late"),
    [
        ("2022-08-14", (True, True), []),
        ("2022-11-15", (False, False), ["trimestre:02002:2022-T3", "unidad:02002/2:2022-T2"]),
    ],
    ids=["in time", "late"],
)
def test_checks_of_lateness_on_a_day(marts, instance, monkeypatch, today, passed, late):
    """They warn with the things that are late, by which they are told."""
    monkeypatch.setattr(freshness, "today", lambda: date.fromisoformat(today))
    job = dg.define_asset_job("revisa", selection=dg.AssetSelection.all_asset_checks())
    cuts = dg.AssetSpec(freshness.CUTS)
    defs = dg.Definitions(
        assets=[cuts], asset_checks=[freshness.reports_on_time], jobs=[job], resources={"warehouse": Warehouse()}
    )
    found = defs.resolve_job_def("revisa").execute_in_process(instance=instance).get_asset_check_evaluations()
    assert tuple(check.passed for check in found) == passed
    assert {check.severity for check in found} == {dg.AssetCheckSeverity.WARN}
    assert [delay["clave"] for check in found for delay in check.metadata["atrasos"].value] == late


def test_a_watch_that_was_turned_off_is_told_and_is_no_silence(home, instance, monkeypatch):
    """Once, by the next run that is told of; or by whoever asks, where the daemon has nothing to tell."""
    since = datetime.now(UTC) - timedelta(hours=1)
    note_alive(home, since, ["bandeja_de_entrada"])
    off = sensor_state("vigia", is_on=False, location="avance")
    instance.add_instigator_state(sensor_state("vigia", is_on=False, location="another project"))
    notices.tell_failures(_failed_context(instance).for_run_failure())
    assert _told(home) == ["Avance: la carga falló y no publicó nada"]
    instance.add_instigator_state(off)
    for _ in range(2):
        notices.tell_failures(_failed_context(instance).for_run_failure())
    off_said = "Avance: la vigilancia está apagada"
    assert sorted(_told(home)) == ["Avance: la carga falló y no publicó nada"] * 3 + [off_said]
    for name in ("DAGSTER_HOME", "DO_NOT_TRACK", "GX_ANALYTICS_ENABLED"):
        monkeypatch.setenv(name, "")
    settings = get_settings()
    assert silence_of(settings).titulo == "Avance: el demonio está callado"
    with open_instance(settings) as own:
        own.add_instigator_state(off)
    assert silence_of(settings).titulo == off_said
    note_alive(home, datetime.now(UTC), ["bandeja_de_entrada"])
    assert silence_of(settings) is None
