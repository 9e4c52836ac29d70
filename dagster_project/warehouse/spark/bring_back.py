"""The marts that Spark built, as rows of the warehouse's tables.

Belongs here: reading Spark's Parquet by the types of a DuckDB table. Does not belong here: those tables' definitions,
which are dbt's contract (``defs.dbt_runner`` has dbt make them empty).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from dagster_project.warehouse.publish.duckdb_file import literal, quoted


def rows_of(con: duckdb.DuckDBPyConnection, folder: Path, columns: Sequence[tuple[str, str]]) -> str:
    """A query of a table that Spark keeps in a folder: these columns, each of its type.

    Raises:
        ValueError: Spark's table has other columns.
    """
    files = f"read_parquet({literal(str(folder / '**' / '*.parquet'))}, hive_partitioning = true)"
    found = {name for name, *_ in con.execute(f"describe select * from {files}").fetchall()}
    if found != (wanted := {name for name, _ in columns}):
        raise ValueError(f"{folder.name} on Spark has not the columns of its contract: {sorted(found ^ wanted)}")
    return f"select {', '.join(f'cast({quoted(name)} as {kind}) as {quoted(name)}' for name, kind in columns)} from {files}"
