"""The factory that turns the suites of a border into asset checks: one a rule, all run in one step.

Belongs here: names, blocking and metadata. Does not belong here: rules, and how grave a
failure is, which each rule says of itself with its reason.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from dagster_project.defs.resources import POOL, Almacen
from dagster_project.quality.model import ExpectationOutcome, Severidad, Suite, SuiteResult
from dagster_project.quality.report import index_path
from dagster_project.quality.validate import validate
from dagster_project.warehouse.db.connection import open_warehouse

ETIQUETA = "avance/comprobaciones"
"""The tag of a run that names the page of its checks."""


def controles(frontera: str, suites: Sequence[Suite], ultima: bool = False) -> dg.AssetChecksDefinition:
    """The checks of a border's suites on the assets of their tables; a rule of severity ``error`` blocks.

    One step a border: Great Expectations is set up, and its pages are built, once. ``ultima`` says
    that nothing of the run is checked after it. Where only some of the assets are made, only
    the suites on them are run.
    """
    specs = [spec for suite in suites for spec in _specs(suite)]
    tablas = ", ".join(suite.tabla for suite in suites)

    @dg.multi_asset_check(
        name=f"calidad_{frontera}", specs=specs, can_subset=True, pool=POOL, description=f"Comprueba {tablas}."
    )
    def calidad(context: dg.AssetCheckExecutionContext, almacen: Almacen) -> Iterator[dg.AssetCheckResult]:
        settings, pedidos = almacen.settings, context.selected_asset_check_keys
        elegidas = [s for s in suites if any(key.asset_key == _clave(s) for key in pedidos)]
        pagina = index_path(settings.data_docs, context.run.run_id)
        context.instance.add_run_tags(context.run.run_id, {ETIQUETA: str(pagina)})
        with open_warehouse(settings.warehouse, read_only=True) as con:
            resultados = validate(elegidas, con, settings.data_docs, context.run.run_id, last=ultima)
        for suite, resultado in zip(elegidas, resultados, strict=True):
            for regla in resultado.results:
                if dg.AssetCheckKey(_clave(suite), regla.name) in pedidos:
                    yield _resultado(_clave(suite), regla, resultado)

    return calidad


def _specs(suite: Suite) -> Iterator[dg.AssetCheckSpec]:
    for regla in suite.expectativas:
        yield dg.AssetCheckSpec(
            name=regla.nombre,
            asset=_clave(suite),
            description=f"{regla.descripcion} {regla.razon}",
            blocking=regla.severidad is Severidad.ERROR,
        )


def _clave(suite: Suite) -> dg.AssetKey:
    return dg.AssetKey(suite.tabla.split("."))


def _resultado(tabla: dg.AssetKey, regla: ExpectationOutcome, de: SuiteResult) -> dg.AssetCheckResult:
    pagina = Path(de.docs_path)
    return dg.AssetCheckResult(
        asset_key=tabla,
        check_name=regla.name,
        passed=regla.success,
        severity=dg.AssetCheckSeverity[{"error": "ERROR", "aviso": "WARN"}[regla.severity]],
        metadata={
            "observado": regla.observed,
            "esperado": regla.expected,
            "fallas": regla.failing,
            "filas": regla.rows,
            "muestra": dg.MetadataValue.json(json.loads(json.dumps(list(regla.sample), default=str))),
            "razon": regla.reason,
            "reporte": dg.MetadataValue.path(str(pagina)),
            **({"filas_que_fallan": dg.MetadataValue.path(str(pagina.parent / regla.kept))} if regla.kept else {}),
        },
    )
