"""A home with one of everything, its seeds, and a backup of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dagster_project.settings import Settings
from dagster_project.warehouse.backup.take import take
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.versions import publish
from tests.support.backups import settings_of


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "decisiones").mkdir()
    (tmp_path / "decisiones" / "correcciones.csv").write_text("decidido")
    return tmp_path / "decisiones"


@pytest.fixture
def full(home: Path, seeds: Path) -> Settings:
    """A home with one of everything that goes into a backup, and of what does not."""
    settings = settings_of(home, seeds)
    with open_warehouse(settings.warehouse) as con:
        con.execute("create schema marts; create table marts.fct_avance as select 'uno' as texto")
    publish(settings.warehouse, settings.published, "corrida", {})
    for name in ("originals/ab/abcd.pdf", "inbox/2024/q.txt", "confirmed.json", "dagster/dagster.yaml", "logs/x.log"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    (home / "dagster/history").mkdir()
    with closing(sqlite3.connect(home / "dagster/history/runs.db", isolation_level=None)) as con:
        con.execute("pragma journal_mode = wal")
        con.execute("create table runs as select 'corrida' as run_id")
    return settings


@pytest.fixture
def copy(full: Settings, tmp_path: Path) -> Path:
    return take(full, tmp_path / "copia").folder
