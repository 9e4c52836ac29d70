"""The asset checks: what stops the load, and what is only said.

Belongs here: which suite checks which asset, and how grave a failure is. Does not belong here:
what a suite expects (``quality``) and dbt's tests, which come with the dbt assets.
"""

from __future__ import annotations

import dagster as dg

from dagster_project.defs.resources import POOL, Almacen
from dagster_project.defs.suite_checks import controles
from dagster_project.quality.suites import FRONTERAS
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.state.coverage import coverage, missing


@dg.asset_check(
    asset=["marts", "dim_corte"],
    name="cobertura",
    # Warns: a quarter that nobody handed over yet is no reason to hold back those that are there.
    blocking=False,
    pool=POOL,
    description="Cada unidad reportó todos los trimestres del ejercicio, hasta el último que alguien reportó.",
)
def cobertura(almacen: Almacen) -> dg.AssetCheckResult:
    """Say which unit has not reported which quarter."""
    with open_warehouse(almacen.settings.warehouse) as con:
        filas = coverage(con)
    faltan = missing(filas)
    return dg.AssetCheckResult(
        passed=not faltan,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "observado": sum(f.reportado for f in filas),
            "esperado": len(filas),
            "faltan": "; ".join(f"{unidad}: {', '.join(cortes)}" for unidad, cortes in faltan.items()),
        },
    )


ULTIMA = list(FRONTERAS)[-1]

todos = [*(controles(nombre, suites, nombre == ULTIMA) for nombre, suites in FRONTERAS.items()), cobertura]
