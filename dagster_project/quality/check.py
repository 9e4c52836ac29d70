"""Checking tables: a suite's columns taken from DuckDB as a frame, judged on all rows, told.

Belongs here: the order of things, what an outcome says, the failing rows that are kept. Does not
belong here: the rules (``suites``), their evaluation (``great_expectations_run``) and what a
failure stops (``defs``).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from dagster_project.quality.great_expectations_run import evaluate
from dagster_project.quality.rule import Outcome, Query, Suite, SuiteResult
from dagster_project.warehouse.state.numbering import order_of

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 10
"""Failing rows of a rule that stand in its outcome."""

KEPT_ROWS = 10_000
"""Failing rows of a rule that are kept in a file; the count is always of all."""

KEPT_FOLDERS = 20
"""Folders of failing rows that are kept, the newest; a run in which every rule holds has none."""

Connection = duckdb.DuckDBPyConnection


def check(suites: Sequence[Suite], con: Connection, folder: Path) -> list[SuiteResult]:
    """Check tables, in order.

    Args:
        suites: the rules, with the queries for the columns they need.
        con: the warehouse, read only is enough.
        folder: where failing rows are kept, ``<suite>.<rule>.jsonl``, an object a row; made when
            something fails. Of its siblings the oldest by number are removed then (``numbered_folder``).
    """
    return [
        SuiteResult(suite, tuple(o for query in suite.queries for o in _check_query(suite.name, query, con, folder)))
        for suite in suites
    ]


def _check_query(suite: str, query: Query, con: Connection, folder: Path) -> list[Outcome]:
    """All rows of the columns that rules look at; where one fails, all rows of every column."""
    columns = dict.fromkeys(column for rule in query.rules.values() for column in rule.expectation.columns)
    try:
        frame = con.execute(f"select {', '.join(columns)} from ({query.sql})").df()
        if frame.empty:  # breaks no rule on its rows
            return [Outcome(name, rule, True, "sin filas") for name, rule in query.rules.items()]
        held = evaluate(suite, query.rules, frame)
        failed = {name: rule for name, rule in query.rules.items() if not held[name].success}
        details = con.execute(_with_file(query)).df() if failed else frame
    except duckdb.Error as error:
        # What cannot be looked at has not passed; a warning that cannot still lets the run go on.
        return [Outcome(name, rule, False, f"no se pudo evaluar: {error}") for name, rule in query.rules.items()]
    verdicts = held | (evaluate(suite, failed, details, KEPT_ROWS) if failed else {})
    outcomes = []
    for name, rule in query.rules.items():
        verdict = verdicts[name]
        path: Path | None = None
        sample: list[dict[str, Any]] = []
        observed = f"{verdict.failing} de {len(frame)} filas no cumplen"
        if verdict.error:
            observed = f"no se pudo evaluar: {verdict.error}"
        if verdict.places:
            path = folder / f"{suite}.{name}.jsonl"
            sample = _keep(details.loc[verdict.places], query.key, rule.expectation.columns, path)
        outcomes.append(Outcome(name, rule, verdict.success, observed, len(frame), verdict.failing, sample, path))
    return outcomes


def _with_file(query: Query) -> str:
    """The query; beside the id of an extract the path of its file, for people."""
    if "extracto_id" not in query.key or "ruta" in query.key:
        return query.sql
    return f"select filas.*, e.ruta as archivo from ({query.sql}) filas left join raw.extractos e using (extracto_id)"


def _keep(rows: pd.DataFrame, key: Sequence[str], compared: Sequence[str], path: Path) -> list[dict[str, Any]]:
    """Write failing rows by key, closed to others as they may name people; returns the first of them."""
    if not path.parent.is_dir():
        path.parent.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o750)
        kept = sorted((p for p in path.parent.parent.iterdir() if p.is_dir()), key=lambda p: order_of(p.name))
        for old in kept[:-KEPT_FOLDERS]:
            shutil.rmtree(old, ignore_errors=True)
    shown = [column for column in dict.fromkeys(("archivo", *key, *compared)) if column in rows]
    text = (
        rows.sort_values(list(key))[shown]
        .convert_dtypes()
        .to_json(orient="records", lines=True, force_ascii=False)
        .replace("\\/", "/")
    )
    path.touch(mode=0o640)
    path.write_text(text, encoding="utf-8")
    return [json.loads(line) for line in text.split("\n")[:SAMPLE_ROWS] if line]
