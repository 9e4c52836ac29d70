"""How a step fails: plainly on what is known, once more only where the warehouse is busy."""

import subprocess
import sys

import dagster as dg
import pytest

from dagster_project.defs import failures
from dagster_project.defs.failures import at_work
from dagster_project.defs.resources import Warehouse
from dagster_project.tmm_f004.decisions import ContradictedDecisionError
from dagster_project.warehouse.db.lock import holds

HOLD = """
import sys, time
from pathlib import Path
from dagster_project.warehouse.db.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a step that does ``work``; its result."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))

    def run(work, wait=0.0):
        @dg.asset
        def step(context: dg.AssetExecutionContext, warehouse: Warehouse) -> None:
            with at_work(context, warehouse) as settings:
                work(settings)

        return dg.materialize([step], resources={"warehouse": Warehouse(wait_seconds=wait)}, raise_on_error=False)

    return run


def _failed(result):
    (event,) = [e for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    return event.step_failure_data


def test_a_contradicted_decision_is_a_failure_with_file_and_line(run):
    """Description and metadata hold what the page of the run shows."""

    def contradict(settings):
        raise ContradictedDecisionError("correcciones.csv, line 2: p2 is said to be printed as '9'")

    data = _failed(run(contradict)).user_failure_data
    assert data.description == "correcciones.csv, line 2: p2 is said to be printed as '9'"
    assert data.metadata["archivo"].value.endswith("seeds/correcciones.csv")
    assert data.metadata["linea"].value == 2
    assert "quítela" in data.metadata["que_hacer"].value


def test_a_defect_keeps_its_stack(run):
    """Nothing is wrapped that nobody knows."""
    data = _failed(run(lambda settings: {}["x"]))
    assert data.user_failure_data is None or data.user_failure_data.label != "intentional-failure"
    assert "KeyError" in data.error.cause.message


def test_the_step_holds_the_lock_and_the_run_gives_it_back(run, tmp_path):
    """While the step works nobody else may write; afterwards everybody may."""
    seen = []
    assert run(lambda settings: seen.append(holds(settings.home))).success
    assert seen == [True]
    assert not holds(tmp_path / "home")


@pytest.mark.parametrize(("held", "ends"), [(2.0, True), (60.0, False)], ids=["for a while", "for ever"])
def test_a_busy_warehouse_is_tried_again(run, tmp_path, monkeypatch, held, ends):
    """Each time after a longer pause; in the end the step fails and names who holds it."""
    monkeypatch.setattr(failures, "FIRST_PAUSE", 0.3)
    (tmp_path / "home").mkdir(mode=0o700)
    command = [sys.executable, "-c", HOLD, str(tmp_path / "home"), str(held)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        try:
            result = run(lambda settings: None)
        finally:
            holder.kill()
    retried = [e for e in result.all_events if e.event_type_value == "STEP_UP_FOR_RETRY"]
    assert retried
    assert result.success is ends
    if not ends:
        assert len(retried) == failures.TRIES
        assert str(holder.pid) in _failed(result).user_failure_data.description
