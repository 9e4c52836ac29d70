"""The factory that turns a suite of ``quality`` into asset checks: one a rule, all run in one step.

Belongs here: names, blocking and metadata. Does not belong here: rules, and how grave a
failure is, which each rule says of itself with its reason.
"""

import json
from collections.abc import Iterator

import dagster as dg

from dagster_project.defs.resources import POOL, Almacen
from dagster_project.quality.model import ExpectationOutcome, Severidad, Suite, SuiteResult
from dagster_project.quality.validate import validate
from dagster_project.warehouse.connection import open_warehouse


def controles(suite: Suite) -> dg.AssetChecksDefinition:
    """The checks of a suite on the asset of its table; a rule of severity ``error`` blocks."""
    tabla = dg.AssetKey(suite.tabla.split("."))
    specs = [
        dg.AssetCheckSpec(
            name=regla.nombre,
            asset=tabla,
            description=f"{regla.descripcion} {regla.razon}",
            blocking=regla.severidad is Severidad.ERROR,
        )
        for regla in suite.expectativas
    ]

    @dg.multi_asset_check(name=f"calidad_{suite.nombre}", specs=specs, description=suite.descripcion, pool=POOL)
    def calidad(context: dg.AssetCheckExecutionContext, almacen: Almacen) -> Iterator[dg.AssetCheckResult]:
        settings = almacen.settings
        with open_warehouse(settings.warehouse, read_only=True) as con:
            resultado = validate(suite, con, settings.data_docs, context.run.run_id)
        for regla in resultado.results:
            yield _resultado(tabla, regla, resultado)

    return calidad


def _resultado(tabla: dg.AssetKey, regla: ExpectationOutcome, de: SuiteResult) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=tabla,
        check_name=regla.name,
        passed=regla.success,
        severity=dg.AssetCheckSeverity[{"error": "ERROR", "aviso": "WARN"}[regla.severity]],
        metadata={
            "observado": regla.observed,
            "esperado": regla.expected,
            "fallas": regla.failing,
            "filas": de.rows,
            "muestra": dg.MetadataValue.json(json.loads(json.dumps(list(regla.sample), default=str))),
            "razon": regla.reason,
            "reporte": dg.MetadataValue.path(str(de.docs_path)),
        },
    )
