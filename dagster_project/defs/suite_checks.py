"""The factory that turns the suites of a border into asset checks: one a rule, all run in one step.

Belongs here: names, blocking and metadata. Does not belong here: rules, and how grave a
failure is, which each rule says of itself with its reason.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from dagster_project.defs.resources import POOL, Almacen
from dagster_project.quality.check import check
from dagster_project.quality.rule import Outcome, Severity, Suite
from dagster_project.warehouse.db.connection import open_warehouse

SEVERIDAD = {Severity.ERROR: dg.AssetCheckSeverity.ERROR, Severity.WARNING: dg.AssetCheckSeverity.WARN}


def controles(frontera: str, suites: Sequence[Suite]) -> dg.AssetChecksDefinition:
    """The checks of a border's suites on the assets of their tables; a rule of severity ``error`` blocks.

    One step a border: Great Expectations is set up once. Where only some of the assets are made,
    only the suites on them are run.
    """
    specs = [spec for suite in suites for spec in _specs(suite)]
    tablas = ", ".join(suite.table for suite in suites)

    @dg.multi_asset_check(
        name=f"calidad_{frontera}", specs=specs, can_subset=True, pool=POOL, description=f"Comprueba {tablas}."
    )
    def calidad(context: dg.AssetCheckExecutionContext, almacen: Almacen) -> Iterator[dg.AssetCheckResult]:
        settings, pedidos = almacen.settings, context.selected_asset_check_keys
        elegidas = [s for s in suites if any(key.asset_key == _clave(s) for key in pedidos)]
        with open_warehouse(settings.warehouse, read_only=True) as con:
            resultados = check(elegidas, con, settings.data_docs / context.run.run_id)
        for resultado in resultados:
            for regla in resultado.outcomes:
                if dg.AssetCheckKey(_clave(resultado.suite), regla.name) in pedidos:
                    yield _resultado(_clave(resultado.suite), regla)

    return calidad


def _specs(suite: Suite) -> Iterator[dg.AssetCheckSpec]:
    for nombre, regla in suite.rules.items():
        yield dg.AssetCheckSpec(
            name=nombre,
            asset=_clave(suite),
            description=f"{regla.description} {regla.reason}",
            blocking=regla.severity is Severity.ERROR,
        )


def _clave(suite: Suite) -> dg.AssetKey:
    return dg.AssetKey(suite.table.split("."))


def _resultado(tabla: dg.AssetKey, regla: Outcome) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=tabla,
        check_name=regla.name,
        passed=regla.success,
        severity=SEVERIDAD[regla.rule.severity],
        metadata={
            "observado": regla.observed,
            "esperado": regla.rule.expected,
            "fallas": regla.failing,
            "filas": regla.rows,
            "muestra": dg.MetadataValue.json(list(regla.sample)),
            "razon": regla.rule.reason,
            **({"filas_que_fallan": dg.MetadataValue.path(str(regla.kept))} if regla.kept else {}),
        },
    )
