"""One build of dbt: what it leaves behind, whatever ends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dagster_project.settings import RAIZ, Settings


def test_a_build_that_raises_leaves_the_warehouse_closed(
    definitions: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warehouse is open while dbt works; the next step opens it all the same."""
    from dbt.cli.main import dbtRunner

    from dagster_project.defs import dbt_runner as dbt_build

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dbtRunner, "invoke", stopped)
    settings = Settings(tmp_path, tmp_path / "extracts", tmp_path / "inbox", root=RAIZ)
    with pytest.raises(KeyboardInterrupt):
        dbt_build.run_dbt(settings, ["--select", dbt_build.EVERY_MODEL], lambda _: None)
    look = "import duckdb, sys; duckdb.connect(sys.argv[1], read_only=True)"
    subprocess.run([sys.executable, "-c", look, str(settings.warehouse)], check=True)


@pytest.mark.parametrize(
    ("engine", "selection", "is_there"),
    [("spark", "fqn:*", True), ("spark", "dim_semaforo", False), ("duckdb", "fqn:*", False)],
)
def test_spark_builds_everything_or_nothing(
    monkeypatch: pytest.MonkeyPatch, engine: str, selection: str, is_there: bool
) -> None:
    """Some models alone, and tests alone, are of the tables that are published."""
    from dagster_project.defs import dbt_runner

    monkeypatch.setattr(dbt_runner, "engine", lambda: engine)
    assert dbt_runner._is_on_spark(["--select", selection]) is is_there
