"""What stands in the shell changes no load, and a user without a home can run one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dagster_project.command import environment
from dagster_project.command.environment import prepare_environment


def test_variables_of_dbt_are_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    """``DBT_EMPTY=true`` emptied the marts."""
    monkeypatch.setenv("DBT_EMPTY", "true")
    monkeypatch.setenv("DBT_TARGET", "otro")
    prepare_environment()
    assert not [name for name in os.environ if name.startswith("DBT_")]


def test_compiled_code_goes_under_the_home_where_the_project_is_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless somebody said where."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path))
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")  # so that it is restored afterwards
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    prepare_environment()
    assert "NUMBA_CACHE_DIR" not in os.environ
    monkeypatch.setattr(environment, "_is_writable", lambda folder: False)
    prepare_environment()
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "compiled")


def test_numba_keeps_code_where_it_is_told(tmp_path: Path) -> None:
    """Named by what is compiled, as beside the source."""
    code = (
        "from dagster_project.tmm_f004.search import jit; from numba import config; import numpy as np\n"
        "@jit.compiled\ndef f(x): return x + 1\n"
        "print(f(1), config.CACHE_DIR)"
    )
    script = tmp_path / "s.py"
    script.write_text(code)
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "c"), "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, str(script)], env=env, capture_output=True, text=True, check=True)
    number, folder = done.stdout.split()
    assert number == "2"
    assert Path(folder).parent == tmp_path / "c"
    assert list(Path(folder).rglob("*.nbi"))
