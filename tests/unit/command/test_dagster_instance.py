"""Runs that were killed end on record, so that the queue goes on; a run that is alive is left alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.command.dagster_instance import ORIGIN, release_stale
from dagster_project.defs.resources import POOL
from dagster_project.settings import RAIZ


@dg.op
def nothing():
    pass


@dg.job
def empty():
    nothing()


@pytest.fixture
def instance(tmp_path):
    with dg.DagsterInstance.ephemeral(tempdir=str(tmp_path)) as instance:
        yield instance


def _started(instance, process, tags=None):
    """A run that began in a process and has not ended."""
    run = instance.create_run_for_job(empty, tags=tags)
    event = dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, "empty", pid=process)
    instance.report_dagster_event(event, run.run_id)
    assert instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.STARTED
    return run.run_id


def test_a_process_that_took_the_number_of_a_dead_one_is_not_that_one(instance):
    """The run began an hour before whoever goes by its process's number now."""
    run = instance.create_run_for_job(empty)
    event = dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, "empty", pid=os.getpid())
    instance.report_dagster_event(event, run.run_id, timestamp=time.time() - 3600)
    assert release_stale(instance) == [run.run_id]


def _ended_process():
    done = subprocess.Popen(["true"])
    done.wait()
    return done.pid


@pytest.mark.parametrize(
    ("process", "tags", "ends"),
    [
        (os.getpid, {}, False),
        (_ended_process, {}, True),
        (os.getpid, ORIGIN, True),
    ],
    ids=["of the daemon, alive", "of the daemon, killed", "of the command, whose lock we hold"],
)
def test_a_run_ends_on_record_if_its_process_is_gone(instance, process, tags, ends):
    """The command's runs hold the lock while they live; those of the daemon may be waiting for it."""
    run_id = _started(instance, process(), tags)
    assert release_stale(instance) == ([run_id] if ends else [])
    wanted = dg.DagsterRunStatus.FAILURE if ends else dg.DagsterRunStatus.STARTED
    assert instance.get_run_by_id(run_id).status is wanted


def test_a_killed_run_gives_back_its_slot_of_the_pool(instance):
    """The pool takes one step at a time; without a daemon nobody else would free it."""
    run_id = _started(instance, _ended_process())
    storage = instance.event_log_storage
    storage.set_concurrency_slots(POOL, 1)
    assert storage.claim_concurrency_slot(POOL, run_id, "dbt").is_claimed
    release_stale(instance)
    assert storage.get_concurrency_info(POOL).claimed_slots == []


WRITTEN = """
import resource, signal, sys
from pathlib import Path
from dagster_project.command.dagster_instance import prepare_dagster_home
from dagster_project.settings import get_settings

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
prepare_dagster_home(get_settings())
"""


def test_a_configuration_that_finds_no_room_is_not_there_by_half(tmp_path: Path) -> None:
    """Half of it would be taken for somebody's own: without the limit of one run at a time, say."""
    env = os.environ | {"AVANCE_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", WRITTEN], cwd=RAIZ, env=env, capture_output=True, check=False)
    assert b"File too large" in done.stderr
    assert list((tmp_path / "home" / "dagster").iterdir()) == []
