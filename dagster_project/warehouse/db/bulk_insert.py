"""Rows to pandas frames to DuckDB, or to Parquet: typed by the table they go to, exact, in bulk.

Belongs here: how a frame is built, inserted and written. Does not belong here: what the rows hold
(``rows``) and when they are written (``load_files``, ``load_year``).

Decimals travel as text and lists as JSON, cast by DuckDB to the column's type: a frame of
Python objects would be sampled and its types guessed, and floats would not be exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from dagster_project.warehouse.db.migrations import migrate

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
"""One row of a raw table: column name -> value; a column left out is null."""

_DTYPES = {"INTEGER": "Int64", "BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean"}

MAX_FIGURE = Decimal(10) ** 14
"""decimal(18,4) holds figures below this, with four decimals."""


AT_ONCE = 20_000
"""Rows that go in with one statement."""

FEW = 4
"""Rows that go in quicker one by one than as a frame: a refused file has one."""


@cache
def _raw_types() -> dict[str, dict[str, str]]:
    """The columns of every raw table: asking the catalogue each time took a fifth of a small file's load."""
    with duckdb.connect() as con:
        migrate(con)
        tables = con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        return {table: column_types(con, table) for (table,) in tables}


def column_types(con: duckdb.DuckDBPyConnection, table: str, schema: str = "raw") -> dict[str, str]:
    """The columns of a table in order, with their SQL types."""
    found = con.execute(
        "select column_name, data_type from duckdb_columns() "
        "where schema_name = ? and table_name = ? and database_name = current_database() "
        "order by column_index",
        [schema, table],
    ).fetchall()
    return dict(found)


def build_frame(rows: Sequence[Row], types: Mapping[str, str]) -> pd.DataFrame:
    """A frame with one typed column for each of ``types``, in that order."""
    import pandas as pd  # 43 MB: the code server of the web UI, which writes no row, does not hold it

    columns: dict[str, Any] = {}
    for name, kind in types.items():
        dtype: Any = _DTYPES.get(kind, "string")
        values = [row.get(name) for row in rows]
        if kind not in _DTYPES:
            as_text = _json if kind == "JSON" or kind.endswith("[]") else str
            values = [None if value is None else as_text(value) for value in values]
        columns[name] = pd.array(values, dtype=dtype)
    return pd.DataFrame(columns)


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> int:
    """Append rows to ``raw.<table>``; returns how many. Many go in one statement, a few one by one.

    Of rows that come one after another, ``AT_ONCE`` are in memory at a time.

    Raises:
        duckdb.Error: a row breaks a constraint of the table; within a transaction nothing is written.
    """
    coming, written = iter(rows), 0
    while part := list(islice(coming, AT_ONCE)):
        written += _insert(con, table, part)
    return written


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> int:
    types = _types_of(table, rows, con)
    if len(rows) <= FEW:
        places = ", ".join(_cast("?", kind) for kind in types.values())
        statement = f"insert into raw.{table} ({', '.join(types)}) values ({places})"
        for row in rows:
            con.execute(statement, [_cell(row.get(name), kind) for name, kind in types.items()])
        return len(rows)
    with _typed(con, rows, types) as select:
        con.execute(f"insert into raw.{table} by name {select}")
    return len(rows)


def as_parquet(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row], path: Path) -> None:
    """Write rows of ``raw.<table>`` to a Parquet file, typed as the table is; ``con`` may be of any database.

    Raises:
        KeyError: a row has a column that the table has not.
        duckdb.Error: a value is not of its column's type, or the file cannot be written.
    """
    with _typed(con, rows, _types_of(table, rows)) as select:
        con.sql(select).write_parquet(str(path))


@contextmanager
def _typed(con: duckdb.DuckDBPyConnection, rows: Sequence[Row], types: Mapping[str, str]) -> Iterator[str]:
    """A select of some rows, each column of its type."""
    casts = ", ".join(f"{_cast(name, kind)} as {name}" for name, kind in types.items())
    con.register("_rows", build_frame(rows, types))
    try:
        yield f"select {casts} from _rows"
    finally:
        with suppress(duckdb.TransactionException):  # after a failed statement: the failure itself is what is raised
            con.unregister("_rows")


def _types_of(table: str, rows: Sequence[Row], con: duckdb.DuckDBPyConnection | None = None) -> Mapping[str, str]:
    types = _raw_types().get(table) or (column_types(con, table) if con else {})
    if unknown := set(rows[0]) - set(types):
        raise KeyError(f"raw.{table} has no column {', '.join(sorted(unknown))}")
    return types


def storable(value: Any) -> bool:
    """Whether decimal(18,4) holds a figure without loss; None is storable."""
    if value is None:
        return True
    if isinstance(value, int):
        return abs(value) < MAX_FIGURE
    figure = Decimal(value)
    return figure.is_finite() and abs(figure) < MAX_FIGURE and int(figure.as_tuple().exponent) >= -4


def _cast(name: str, kind: str) -> str:
    return f"cast({name}::json as {kind})" if kind.endswith("[]") else f"cast({name} as {kind})"


def _cell(value: Any, kind: str) -> Any:
    if value is None or kind in _DTYPES:
        return value
    return _json(value) if kind == "JSON" or kind.endswith("[]") else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
