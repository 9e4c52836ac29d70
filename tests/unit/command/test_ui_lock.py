"""One UI a home, and who it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from dagster_project.command.ui_lock import ServedError, hold

HOLDER = """
import sys, time
from pathlib import Path
from dagster_project.command.ui_lock import hold
kept = hold(Path(sys.argv[1]), ["web", "daemon"], "process 4 on 127.0.0.1:3000")
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_is_refused_and_told_who_the_first_is(holder, tmp_path) -> None:
    with pytest.raises(ServedError, match=r"process 4 on 127\.0\.0\.1:3000"):
        hold(tmp_path, ["code", "web"], "we")


def test_a_refused_one_keeps_nothing(holder, tmp_path) -> None:
    """The code server's lock was free, and is again."""
    with pytest.raises(ServedError):
        hold(tmp_path, ["code", "web"], "we")
    for descriptor in hold(tmp_path, ["code"], "we"):
        os.close(descriptor)


def test_what_a_killed_one_held_is_free(holder, tmp_path) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    held = hold(tmp_path, ["web", "daemon"], "we")
    assert {os.pread(descriptor, 9, 0) for descriptor in held} == {b"we"}
    for descriptor in held:
        os.close(descriptor)
