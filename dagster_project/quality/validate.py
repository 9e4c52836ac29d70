"""Checking tables: each suite's rows looked at in DuckDB, judged by Great Expectations, reported.

Belongs here: the order of things and what an outcome says. Does not belong here: the rules
(``*_suites``) and what a failure stops (``defs``).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.quality.evaluate import Vista, look
from dagster_project.quality.judge import SAMPLE_ROWS, build_site, judge, said
from dagster_project.quality.model import Consulta, ExpectationOutcome, Expectativa, Suite, SuiteResult
from dagster_project.quality.report import index_path, keep_rows, make_folder, site_folder, write_report

Connection = duckdb.DuckDBPyConnection


def validate(
    suites: Sequence[Suite], con: Connection, data_docs: Path, run_id: str, last: bool = False
) -> list[SuiteResult]:
    """Check tables, in order, and add them to the report of the run below ``data_docs/<run_id>``.

    Args:
        suites: the expectations, with the queries for the columns they need.
        con: the warehouse, read only is enough.
        data_docs: the folder of check reports.
        run_id: names the report.
        last: nothing of this run is checked after these. Great Expectations' own pages are
            built then, or when the gate closes: once a run.
    """
    make_folder(data_docs, run_id)
    results = [run_suite(suite, con, data_docs, run_id) for suite in suites]
    if last or any(r.blocking_failed for r in results):
        build_site(site_folder(data_docs, run_id))
    write_report(list(zip(suites, results, strict=True)), data_docs, run_id)
    return results


def run_suite(suite: Suite, con: Connection, data_docs: Path, run_id: str) -> SuiteResult:
    """Check one table; of the report only the failing rows are written (``make_folder`` comes first)."""
    started = time.perf_counter()
    outcomes: list[ExpectationOutcome] = []
    for name, consulta in suite.named():
        outcomes += _outcomes(name, suite, consulta, con, data_docs, run_id)
    return SuiteResult(
        suite=suite.nombre,
        table=suite.tabla,
        docs_path=index_path(data_docs, run_id),
        seconds=round(time.perf_counter() - started, 3),
        results=tuple(outcomes),
    )


def _outcomes(
    name: str, suite: Suite, consulta: Consulta, con: Connection, data_docs: Path, run_id: str
) -> list[ExpectationOutcome]:
    try:
        seen = look(con, consulta)
    except duckdb.Error as error:
        # What cannot be looked at has not passed; a warning that cannot still lets the run go on.
        return [_outcome(e, False, f"no se pudo evaluar: {error}") for e in consulta.expectativas]
    if not seen.total:
        # An empty table breaks no rule on its rows.
        return [_outcome(e, True, "sin filas") for e in consulta.expectativas]
    verdicts = judge(name, suite.tabla, consulta, seen.frame, site_folder(data_docs, run_id))
    outcomes = []
    for rule in consulta.expectativas:
        rows = seen.rows_of.get(rule.nombre, [])
        kept = keep_rows(f"{suite.nombre}.{rule.nombre}", rows, data_docs, run_id) if rows else None
        outcomes.append(_judged(rule, seen, verdicts[rule.nombre], kept))
    return outcomes


def _judged(rule: Expectativa, seen: Vista, verdict: Mapping[str, Any], kept: str | None) -> ExpectationOutcome:
    """Both must agree on the rows that both saw: a rule that two readers read differently is no rule."""
    success, failing, raised = said(verdict)
    count, judged = seen.failing[rule.nombre], seen.in_frame[rule.nombre]
    observed = f"{count} de {seen.total} filas no cumplen"
    if raised:
        observed = f"no se pudo evaluar: {raised}"
    elif failing != judged:
        observed = f"no se pudo evaluar: DuckDB halla {judged} filas que no cumplen; Great Expectations, {failing}"
    passed = success and not count and failing == judged
    sample = tuple(seen.rows_of.get(rule.nombre, [])[:SAMPLE_ROWS])
    return _outcome(rule, passed, observed, rows=seen.total, failing=count, sample=sample, kept=kept)


def _outcome(rule: Expectativa, success: bool, observed: str, **more: Any) -> ExpectationOutcome:
    return ExpectationOutcome(
        rule.nombre, success, rule.severidad, observed, rule.esperado, rule.descripcion, rule.razon, **more
    )
