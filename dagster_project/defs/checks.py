"""The asset checks: what stops the load, and what is only said.

Belongs here: the factory that turns the suites of a border into checks (one a rule, all run in one
step), which border checks what, and the check of coverage. Does not belong here: rules, and how grave a
failure is, which each rule says of itself with its reason (``quality``); dbt's tests, which come with the dbt assets.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from dagster_project.defs.resources import POOL, Warehouse
from dagster_project.quality.model import ExpectationOutcome, Severidad, Suite, SuiteResult
from dagster_project.quality.report import index_path
from dagster_project.quality.suites import FRONTERAS
from dagster_project.quality.validate import validate
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.state.coverage import coverage, missing

TAG = "avance/comprobaciones"
"""The tag of a run that names the page of its checks."""


def suite_checks(border: str, suites: Sequence[Suite], last: bool = False) -> dg.AssetChecksDefinition:
    """The checks of a border's suites on the assets of their tables; a rule of severity ``error`` blocks.

    One step a border: Great Expectations is set up, and its pages are built, once. ``last`` says
    that nothing of the run is checked after it. Where only some of the assets are made, only
    the suites on them are run.
    """
    specs = [spec for suite in suites for spec in _specs(suite)]
    tables = ", ".join(suite.tabla for suite in suites)

    @dg.multi_asset_check(
        name=f"calidad_{border}", specs=specs, can_subset=True, pool=POOL, description=f"Comprueba {tables}."
    )
    def check_border(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
        settings, asked = warehouse.settings, context.selected_asset_check_keys
        chosen = [suite for suite in suites if any(key.asset_key == _asset_key(suite) for key in asked)]
        page = index_path(settings.data_docs, context.run.run_id)
        context.instance.add_run_tags(context.run.run_id, {TAG: str(page)})
        with open_warehouse(settings.warehouse, read_only=True) as con:
            results = validate(chosen, con, settings.data_docs, context.run.run_id, last=last)
        for suite, result in zip(chosen, results, strict=True):
            for outcome in result.results:
                if dg.AssetCheckKey(_asset_key(suite), outcome.name) in asked:
                    yield _check_result(_asset_key(suite), outcome, result)

    return check_border


def _specs(suite: Suite) -> Iterator[dg.AssetCheckSpec]:
    for rule in suite.expectativas:
        yield dg.AssetCheckSpec(
            name=rule.nombre,
            asset=_asset_key(suite),
            description=f"{rule.descripcion} {rule.razon}",
            blocking=rule.severidad is Severidad.ERROR,
        )


def _asset_key(suite: Suite) -> dg.AssetKey:
    return dg.AssetKey(suite.tabla.split("."))


def _check_result(table: dg.AssetKey, outcome: ExpectationOutcome, of: SuiteResult) -> dg.AssetCheckResult:
    page = Path(of.docs_path)
    return dg.AssetCheckResult(
        asset_key=table,
        check_name=outcome.name,
        passed=outcome.success,
        severity=dg.AssetCheckSeverity[{"error": "ERROR", "aviso": "WARN"}[outcome.severity]],
        metadata={
            "observado": outcome.observed,
            "esperado": outcome.expected,
            "fallas": outcome.failing,
            "filas": outcome.rows,
            "muestra": dg.MetadataValue.json(json.loads(json.dumps(list(outcome.sample), default=str))),
            "razon": outcome.reason,
            "reporte": dg.MetadataValue.path(str(page)),
            **({"filas_que_fallan": dg.MetadataValue.path(str(page.parent / outcome.kept))} if outcome.kept else {}),
        },
    )


@dg.asset_check(
    asset=["marts", "dim_corte"],
    name="cobertura",
    # Warns: a quarter that nobody handed over yet is no reason to hold back those that are there.
    blocking=False,
    pool=POOL,
    description="Cada unidad reportó todos los trimestres del ejercicio, hasta el último que alguien reportó.",
)
def coverage_check(warehouse: Warehouse) -> dg.AssetCheckResult:
    """Say which unit has not reported which quarter."""
    with open_warehouse(warehouse.settings.warehouse) as con:
        rows = coverage(con)
    not_there = missing(rows)
    return dg.AssetCheckResult(
        passed=not not_there,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "observado": sum(row.reportado for row in rows),
            "esperado": len(rows),
            "faltan": "; ".join(f"{unit}: {', '.join(quarters)}" for unit, quarters in not_there.items()),
        },
    )


ASSET_CHECKS = [*(suite_checks(b, suites, b == [*FRONTERAS][-1]) for b, suites in FRONTERAS.items()), coverage_check]
