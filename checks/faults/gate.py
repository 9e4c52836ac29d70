"""The gate: for each suite, bad data that must close it and bad data that must warn and pass.

Closed means: nothing downstream is made, every mart and the published version are as they
were, byte for byte. Not here: the bad data (``tests.support.quality_cases``) and how it is put before
the gate (``gate_runs``, in a process of its own).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from checks.faults.table import Result
from dagster_project.settings import RAIZ


def cases(full: bool) -> Iterator[Result]:
    """Load the real extract into a home, then spoil and run copies of it; a row a case.

    The full form puts every case through the whole job. The reduced one is of one suite of raw and one of the
    marts; every test run tries a case or two of each suite (``tests/integration/test_gate.py``).
    """
    folder = Path(tempfile.mkdtemp(prefix="avance-gate-"))
    try:
        base = folder / "base"
        subprocess.run(
            [Path(sys.executable).parent / "avance", "run"], env=_environment(base), check=True, capture_output=True
        )
        yield from on_home(folder / "home", base, "--full" if full else "--few")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_home(home: Path, base: Path, *which: str) -> Iterator[Result]:
    """The cases on copies of a loaded home, made one after the other at ``home``; ``which`` as ``gate_runs`` says."""
    command = [sys.executable, "-m", "checks.faults.gate_runs", str(home), str(base), *which]
    with tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen(
            command, cwd=RAIZ, env=_environment(home), stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process:
            for line in process.stdout or ():
                yield Result("gate", **json.loads(line))
        if process.returncode:
            errors.seek(0)
            yield Result("gate", "the runs themselves", "every case is tried", errors.read()[-2000:], False, 0.0)


def _environment(home: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AVANCE_", "DAGSTER_", "DBT_"))}
    return env | {"AVANCE_HOME": str(home), "PYTHONWARNINGS": "ignore"}
