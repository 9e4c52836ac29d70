"""Looking at a query's rows where they are: how many break each rule, and which, in DuckDB.

Belongs here: counting over all rows, and taking out the few that Great Expectations is to
judge. A frame of a million rows costs it seconds a rule and gigabytes; DuckDB counts them in
a pass. Does not belong here: the verdict (``judge``) and the rules (``*_suites``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pandas as pd

from dagster_project.quality.model import Consulta, Expectativa
from dagster_project.quality.predicates import columns, failing

FRAME_ROWS = 2_000
"""A table of so many rows goes to Great Expectations whole; of a larger one so many that hold go with the bad ones."""

JUDGED_ROWS = 500
"""Failing rows of a rule that go to Great Expectations where the table is larger than that."""

KEPT_ROWS = 10_000
"""Failing rows of a rule that are kept with the run's report; the count is always of all."""


@dataclass(slots=True)
class Vista:
    """What DuckDB saw: rows looked at, failing rows a rule, and the frame to judge.

    ``in_frame`` counts the failing rows of each rule within the frame; ``rows_of`` holds the
    failing rows to keep, in the order of the key.
    """

    total: int
    failing: dict[str, int]
    frame: pd.DataFrame
    in_frame: dict[str, int]
    rows_of: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def look(con: duckdb.DuckDBPyConnection, consulta: Consulta) -> Vista:
    """Run a query once and evaluate its rules on every row.

    Raises:
        duckdb.Error: the query, or a rule on it, cannot be run (a table or column is missing).
    """
    con.execute(f"create or replace temp table _filas as {consulta.sql}")
    try:
        total, found = _count(con, consulta.expectativas, "true")
        bad = [e for e in consulta.expectativas if found[e.nombre]]
        chosen = "true" if total <= FRAME_ROWS else _chosen(consulta, bad)
        frame = con.execute(f"select * from _filas where {chosen} order by rowid").df()
        in_frame = found if total <= FRAME_ROWS else _count(con, consulta.expectativas, chosen)[1]
        kept = {e.nombre: _rows(con, consulta, e) for e in bad}
    finally:
        con.execute("drop table if exists _filas")
    return Vista(total, found, frame, in_frame, kept)


def _count(con: duckdb.DuckDBPyConnection, rules: Sequence[Expectativa], where: str) -> tuple[int, dict[str, int]]:
    counts = ", ".join(f"count(*) filter (where {failing(e)})" for e in rules)
    found = con.execute(f"select count(*), {counts} from _filas where {where}").fetchone()
    total, *each = found or (0, *(0 for _ in rules))
    return total, dict(zip((e.nombre for e in rules), each, strict=True))


def _chosen(consulta: Consulta, bad: Sequence[Expectativa]) -> str:
    """The first failing rows of each rule that fails, and the first rows whatever they are."""
    first = f"rowid < {FRAME_ROWS}"
    return " or ".join(
        [first, *(f"rowid in (select rowid from _filas where {failing(e)} limit {JUDGED_ROWS})" for e in bad)]
    )


def _rows(con: duckdb.DuckDBPyConnection, consulta: Consulta, rule: Expectativa) -> list[dict[str, Any]]:
    wanted = dict.fromkeys((*consulta.llave, *columns(rule)))
    key = _names(consulta.llave)
    found = con.execute(
        f"select {_names(wanted)} from _filas where {failing(rule)} order by {key} limit {KEPT_ROWS}"
    ).fetchall()
    return _with_file(con, [{c: _plain(v) for c, v in zip(wanted, row, strict=True)} for row in found])


def _with_file(con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Beside the id of an extract the path of its file, for people."""
    ids = sorted({str(r["extracto_id"]) for r in rows if r.get("extracto_id")})
    if not ids or any("ruta" in r for r in rows):
        return rows
    paths = dict(
        con.execute(
            "select extracto_id, ruta from raw.extractos where extracto_id in (select unnest(?::varchar[]))", [ids]
        ).fetchall()
    )
    return [{"archivo": paths.get(str(r.get("extracto_id"))), **r} for r in rows]


def _names(wanted: Iterable[str]) -> str:
    return ", ".join(f'"{c}"' for c in wanted)


def _plain(value: Any) -> Any:
    """A cell as JSON holds it: whole floats as integers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
