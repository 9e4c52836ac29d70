"""A home loaded and built step by step in this process: real reader, real dbt, no checks and nothing published.

Does not belong here: any expectation about the marts.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from dbt.cli.main import dbtRunner

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.registry import load_registry
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_ejercicio, load_extracts

Marts = dict[str, list[tuple]]


class Home:
    """A warehouse and a folder of extracts of 2022, loaded and built step by step."""

    def __init__(self, folder: Path) -> None:
        self.settings = get_settings({"AVANCE_HOME": str(folder), "AVANCE_EXTRACTS": str(folder / "extracts")})
        self.settings.extracts.mkdir(parents=True)

    def load(self, **files: str) -> None:
        """Put files into the folder and load all of it, the year with it."""
        for name, text in files.items():
            (self.settings.extracts / f"{name}.txt").write_text(text, encoding="utf-8")
        catalogs = load_catalogs(self.settings.seeds)
        with open_warehouse(self.settings.warehouse) as con:
            load_extracts(con, self.settings.extracts, catalogs, load_registry(self.settings.seeds))
            load_ejercicio(con, 2022, catalogs)

    def marts(self, monkeypatch: pytest.MonkeyPatch, *options: str) -> Marts:
        """Every row of every mart, keys included, after building them."""
        monkeypatch.setenv("AVANCE_WAREHOUSE", str(self.settings.warehouse))
        project, target = str(self.settings.dbt_project), str(self.settings.home / "dbt")
        where = ["--project-dir", project, "--profiles-dir", project, "--target-path", target]
        what = ["--full-refresh", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
        built = dbtRunner().invoke(["--log-level", "none", "--log-path", target, "build", *what, *options, *where])
        assert built.success, built.exception
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as con:
            tables = con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
            return {t: con.execute(f"from marts.{t} order by all").fetchall() for (t,) in sorted(tables)}
