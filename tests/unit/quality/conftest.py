"""A loaded warehouse in which every rule holds, for tests that spoil one thing each."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

Con = duckdb.DuckDBPyConnection


@pytest.fixture(scope="session")
def bench(loaded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Con]:
    """The tables of the loaded home without keys or constraints, so that anything can be done to them."""
    con = duckdb.connect()
    con.execute("set time zone 'America/Tijuana'")
    con.execute(f"attach '{loaded[0].home / 'warehouse.duckdb'}' as casa (read_only)")
    found = con.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'casa' and schema_name in "
        "('raw', 'marts')"
    ).fetchall()
    for schema, table in found:
        con.execute(f"create schema if not exists {schema}")
        con.execute(f"create table {schema}.{table} as from casa.{schema}.{table}")
    con.execute("detach casa")
    yield con
    con.close()


@pytest.fixture
def spoiled(bench: Con) -> Iterator[Con]:
    """The good tables, to spoil: whatever is done to them is undone."""
    bench.begin()
    yield bench
    bench.rollback()
