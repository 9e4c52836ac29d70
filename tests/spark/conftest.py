"""A Spark session for these tests; where Spark is not installed they are skipped, which says how it would be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.support.macros import Both


@pytest.fixture(scope="session")
def spark_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the session keeps its tables and its catalogue."""
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="session")
def session(spark_folder: Path):
    """The session of this process: there is one."""
    pytest.importorskip("pyspark", reason="Spark is not installed: make spark")
    from dagster_project.warehouse.spark.session import spark_session

    made = spark_session(spark_folder)
    yield made
    made.stop()


@pytest.fixture
def both(session, tmp_path: Path) -> Iterator[Both]:
    """Both engines."""
    with duckdb.connect() as con:
        yield Both(con, session, tmp_path)
