"""A home loaded and built step by step in this process: real reader, real dbt, no checks and nothing published.

Does not belong here: any expectation about the marts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.cli.main import dbtRunner

from dagster_project.defs.dbt_project import parsed_manifest
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.registry import RegistroExtracto, load_registry
from dagster_project.settings import get_settings
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.overwritten import Read, keep_what_stood
from tests.support.dbt_parsed import give_parsed

Marts = dict[str, list[tuple]]


def different(one: Marts, other: Marts) -> list[str]:
    """The tables that do not hold the same rows."""
    return [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)]


class Home:
    """A warehouse, a folder of extracts and an inbox, loaded and built step by step."""

    def __init__(self, folder: Path, extracts: Path | None = None) -> None:
        names = {"HOME": folder, "EXTRACTS": extracts or folder / "extracts", "INBOX": folder / "inbox"}
        self.settings = get_settings({f"AVANCE_{name}": str(path) for name, path in names.items()})
        self.settings.extracts.mkdir(parents=True, exist_ok=True)
        self.published: dict[str, str] = {}
        """The register's publication dates, by path."""
        self.rejected: set[str] = set()
        """The paths that the register takes out."""
        self.decisions = Decisions()

    def load(self, **files: str) -> None:
        """Put files into the folder and load all of it, the years with it."""
        self._put(self.settings.extracts, files)

    def drop(self, **files: str) -> None:
        """Put files into the inbox and load all of it."""
        self._put(self.settings.inbox, files)

    def _put(self, folder: Path, files: Mapping[str, str]) -> None:
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        catalogs = load_catalogs(self.settings.seeds)
        folders = {"": self.settings.extracts, INBOX: self.settings.inbox if self.settings.inbox.is_dir() else None}
        registry = load_registry(self.settings.seeds) | {
            path: RegistroExtracto(None, date.fromisoformat(day)) for path, day in self.published.items()
        }
        registry |= {path: RegistroExtracto(rechazado=True) for path in self.rejected}
        with open_warehouse(self.settings.warehouse) as con:
            loads = load_folders(con, folders, catalogs, registry)
            keep_what_stood(con, loads, Read(catalogs, self.decisions, registry))
            loader = YearLoader(con, catalogs, self.decisions)
            for year in loader.known():
                assert not loader.load(year).fallas

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the warehouse."""
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as con:
            return con.execute(sql).fetchall()

    def marts(self, monkeypatch: pytest.MonkeyPatch, *options: str) -> Marts:
        """Every row of every mart, keys included, after building them."""
        give_parsed(self.settings)
        monkeypatch.setenv("AVANCE_WAREHOUSE", str(self.settings.warehouse))
        project, target = str(self.settings.dbt_project), str(self.settings.home / "dbt")
        where = ["--project-dir", project, "--profiles-dir", project, "--target-path", target]
        what = ["--full-refresh", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
        runner = dbtRunner(manifest=parsed_manifest(self.settings))
        built = runner.invoke(["--log-level", "none", "--log-path", target, "build", *what, *options, *where])
        assert built.success, built.exception
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as con:
            tables = con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
            return {t: con.execute(f"from marts.{t} order by all").fetchall() for (t,) in sorted(tables)}
