"""Running a suite: its frame from DuckDB, its expectations by Great Expectations, its report.

Belongs here: what touches Great Expectations. It is imported on the first run of a suite,
not before: the import costs five seconds. Does not belong here: the rules (``*_suites``) and
what a failure stops (``defs``).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dagster_project.quality.gx import import_gx
from dagster_project.quality.model import ExpectationOutcome, Expectativa, Severidad, Suite, SuiteResult
from dagster_project.quality.report import make_folder, site_folder, write_report

SAMPLE_ROWS = 10

_GX_SEVERITY = {Severidad.ERROR: "critical", Severidad.AVISO: "warning"}


def validate(
    suite: Suite,
    con: duckdb.DuckDBPyConnection,
    data_docs: Path,
    run_id: str,
    ejercicio: int | None = None,
) -> SuiteResult:
    """Check a table and write its page below ``data_docs/<run_id>``.

    Args:
        suite: the expectations, with the query for the columns they need.
        con: the warehouse, read only is enough.
        data_docs: the folder of check reports.
        run_id: names the report; the suites of one run share an index page.
        ejercicio: check only this year where the suite knows years; None checks all.

    Raises:
        duckdb.Error: the suite's query fails (a table or column is missing).
    """
    started = time.perf_counter()
    frame = read_frame(suite, con, ejercicio)
    # An empty table breaks no rule on its rows, and a mean over nothing is an error in GX.
    name = f"{suite.nombre}_{ejercicio}" if ejercicio else suite.nombre
    make_folder(data_docs, run_id)
    outcomes = _run(name, suite, frame, site_folder(data_docs, run_id)) if len(frame) else _nothing(suite)
    result = SuiteResult(
        suite=suite.nombre,
        table=suite.tabla,
        rows=len(frame),
        docs_path=data_docs / run_id / "index.html",
        seconds=round(time.perf_counter() - started, 3),
        results=outcomes,
    )
    write_report(name, suite, result, data_docs, run_id)
    return result


def read_frame(suite: Suite, con: duckdb.DuckDBPyConnection, ejercicio: int | None = None) -> pd.DataFrame:
    """The columns a suite needs, one row per row of its table (or per form, where it says so)."""
    if "$ejercicio" in suite.sql:
        return con.execute(suite.sql, {"ejercicio": ejercicio}).df()
    return con.execute(suite.sql).df()


def _run(name: str, suite: Suite, frame: pd.DataFrame, site: Path) -> tuple[ExpectationOutcome, ...]:
    gx = import_gx()
    context = _context(site)
    asset = context.data_sources.add_or_update_pandas("avance").add_dataframe_asset(suite.tabla)
    expectations = context.suites.add_or_update(gx.ExpectationSuite(name=name))
    expectations.expectations = [_expectation(e) for e in suite.expectativas]
    expectations.save()
    definition = context.validation_definitions.add_or_update(
        gx.ValidationDefinition(
            name=name,
            data=asset.add_batch_definition_whole_dataframe("todo"),
            suite=expectations,
        )
    )
    done = definition.run(
        batch_parameters={"dataframe": frame},
        result_format={
            "result_format": "SUMMARY",
            "unexpected_index_column_names": list(suite.llave),
            "partial_unexpected_count": SAMPLE_ROWS,
        },
    )
    context.build_data_docs()
    found: list[Any] = [r.to_json_dict() for r in done.results]
    by_name = {r["expectation_config"]["meta"]["nombre"]: r for r in found}
    return tuple(_outcome(e, by_name[e.nombre], len(frame)) for e in suite.expectativas)


@lru_cache(maxsize=1)
def _context(site: Path) -> Any:
    """One context for the suites of a run: its index page lists those it has seen."""
    gx = import_gx()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    # A bar for each metric on stderr would hide the run's own log.
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for name, site_config in list((context.variables.data_docs_sites or {}).items()):  # the default: a temporary folder
        shutil.rmtree(site_config["store_backend"]["base_directory"], ignore_errors=True)
        context.delete_data_docs_site(name)
    context.add_data_docs_site("avance", _site_config(site))
    return context


def _expectation(rule: Expectativa) -> Any:
    import great_expectations.expectations as gxe

    return getattr(gxe, rule.tipo)(
        **rule.argumentos,
        severity=_GX_SEVERITY[rule.severidad],
        notes=[rule.descripcion, f"Se espera: {rule.esperado}. {rule.razon}"],
        meta={"nombre": rule.nombre},
    )


def _outcome(rule: Expectativa, done: Mapping[str, Any], rows: int) -> ExpectationOutcome:
    result = done.get("result") or {}
    raised = _exception_of(done.get("exception_info") or {})
    failing = int(result.get("unexpected_count") or 0)
    if raised:
        observed = f"no se pudo evaluar: {raised}"
    elif "observed_value" in result:
        observed = f"{result['observed_value']:.4g} en {rows} filas"
    else:
        observed = f"{failing} de {rows} filas no cumplen"
    return ExpectationOutcome(
        name=rule.nombre,
        success=bool(done["success"]) and not raised,
        severity=rule.severidad,
        observed=observed,
        expected=rule.esperado,
        description=rule.descripcion,
        reason=rule.razon,
        failing=failing,
        sample=tuple(
            {key: _plain(value) for key, value in row.items()}
            for row in (result.get("partial_unexpected_index_list") or [])[:SAMPLE_ROWS]
        ),
    )


def _exception_of(info: Mapping[str, Any]) -> str | None:
    """The message of an exception that GX caught, in either of the two shapes it reports it in."""
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    return next((str(i["exception_message"]) for i in info.values() if i.get("raised_exception")), None)


def _nothing(suite: Suite) -> tuple[ExpectationOutcome, ...]:
    return tuple(
        ExpectationOutcome(e.nombre, True, e.severidad, "sin filas", e.esperado, e.descripcion, e.razon)
        for e in suite.expectativas
    )


def _plain(value: Any) -> Any:
    """A cell as JSON holds it: numpy scalars as Python's, whole floats as integers."""
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _site_config(site: Path) -> Any:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site)},
    }
