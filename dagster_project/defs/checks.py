"""The asset checks: what stops the load, and what is only said.

Belongs here: the factory that turns the suites of a border into checks (one a rule, all run in one
step), which border checks what, and the check of coverage. Does not belong here: rules, and how grave a
failure is, which each rule says of itself with its reason (``quality``); dbt's tests, which come with the dbt assets.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from dagster_project.defs.failures import at_work
from dagster_project.defs.gate import check_name
from dagster_project.defs.metadata import page_url
from dagster_project.defs.resources import POOL, Warehouse
from dagster_project.defs.tables import of_coverage
from dagster_project.quality.check import check
from dagster_project.quality.rule import Outcome, Severity, Suite
from dagster_project.quality.suites.borders import BORDERS
from dagster_project.settings import REPORTS_PAGE
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.verdict import record
from dagster_project.warehouse.state.coverage import coverage, missing
from dagster_project.warehouse.state.numbering import numbered_folder

SEVERITY = {Severity.ERROR: dg.AssetCheckSeverity.ERROR, Severity.WARNING: dg.AssetCheckSeverity.WARN}


def suite_checks(border: str, suites: Sequence[Suite]) -> dg.AssetChecksDefinition:
    """The checks of a border's suites on the assets of their tables; a rule of severity ``error`` blocks.

    One step a border: Great Expectations is set up once. Where only some of the assets are made,
    only the suites on them are run.
    """
    specs = [spec for suite in suites for spec in _specs(suite)]
    tables = ", ".join(suite.table for suite in suites)

    @dg.multi_asset_check(
        name=f"calidad_{border}", specs=specs, can_subset=True, pool=POOL, description=f"Comprueba {tables}."
    )
    def check_border(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
        asked = context.selected_asset_check_keys
        chosen = [suite for suite in suites if any(key.asset_key == _asset_key(suite) for key in asked)]
        with at_work(context, warehouse) as settings, open_warehouse(settings.warehouse) as con:
            results = check(chosen, con, numbered_folder(settings.data_docs, context.run.run_id))
            said = {check_name(r.suite, outcome.name): outcome.success for r in results for outcome in r.outcomes}
            record(con, context.run.run_id, border, said)
        for result in results:
            for outcome in result.outcomes:
                if dg.AssetCheckKey(_asset_key(result.suite), outcome.name) in asked:
                    yield _check_result(_asset_key(result.suite), outcome, settings.data_docs)

    return check_border


def _specs(suite: Suite) -> Iterator[dg.AssetCheckSpec]:
    for name, rule in suite.rules.items():
        yield dg.AssetCheckSpec(
            name=name,
            asset=_asset_key(suite),
            description=f"{rule.description} {rule.reason}",
            blocking=rule.severity is Severity.ERROR,
        )


def _asset_key(suite: Suite) -> dg.AssetKey:
    return dg.AssetKey(suite.table.split("."))


def _check_result(table: dg.AssetKey, outcome: Outcome, reports: Path) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=table,
        check_name=outcome.name,
        passed=outcome.success,
        severity=SEVERITY[outcome.rule.severity],
        metadata={
            "observado": outcome.observed,
            "esperado": outcome.rule.expected,
            "fallas": outcome.failing,
            "filas": outcome.rows,
            "muestra": dg.MetadataValue.json(list(outcome.sample)),
            "razon": outcome.rule.reason,
            **({"filas_que_fallan": page_url(REPORTS_PAGE, outcome.kept, reports)} if outcome.kept else {}),
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
def coverage_check(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> dg.AssetCheckResult:
    """Say which unit has not reported which quarter."""
    with at_work(context, warehouse) as settings, open_warehouse(settings.warehouse) as con:
        rows = coverage(con)
    not_there = missing(rows)
    return dg.AssetCheckResult(
        passed=not not_there,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "observado": sum(row.reportado for row in rows),
            "esperado": len(rows),
            "trimestres_por_unidad": of_coverage(rows),
            "faltan": "; ".join(f"{unit}: {', '.join(quarters)}" for unit, quarters in not_there.items()),
        },
    )


ASSET_CHECKS = [*(suite_checks(border, suites) for border, suites in BORDERS.items()), coverage_check]
