"""Checks of what is late: they warn, hold nothing back, and are told (``notices.sayings``).

Not here: what late is (``notices.late``), and which quarters are there (``defs.checks.coverage_check``).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

import dagster as dg

from dagster_project.defs.failures import at_work
from dagster_project.defs.metadata import as_json
from dagster_project.defs.resources import POOL, Warehouse
from dagster_project.notices.late import Delay, quarters_late, units_late, version_late
from dagster_project.settings import patience, today
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.publication import publicacion_vigente
from dagster_project.warehouse.state.coverage import coverage

CUTS = dg.AssetKey(["marts", "dim_corte"])
PUBLISHED = dg.AssetKey(["published", "avance"])
NAMED = 5

SPECS = [
    dg.AssetCheckSpec(
        "trimestre_a_tiempo",
        asset=CUTS,
        description="Cada trimestre, desde el primero que se reportó, lo reportó alguien a más tardar "
        "AVANCE_QUARTER_DAYS días (45) después de terminar. Sólo avisa.",
    ),
    dg.AssetCheckSpec(
        "unidades_a_tiempo",
        asset=CUTS,
        description="El trimestre que una unidad reportó lo reportaron todas, a más tardar AVANCE_QUARTER_DAYS días "
        "(45) después de terminar. Sólo avisa.",
    ),
]


@dg.multi_asset_check(name="a_tiempo", specs=SPECS, pool=POOL, description="Lo que falta según el calendario.")
def reports_on_time(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
    """Say which quarters nobody reported in time, and which units are behind the others."""
    with at_work(context, warehouse) as settings, open_warehouse(settings.warehouse) as con:
        rows, days, day = coverage(con), patience().quarter_days, today()
    yield _result(CUTS, "trimestre_a_tiempo", quarters_late(rows, day, days))
    yield _result(CUTS, "unidades_a_tiempo", units_late(rows, day, days))


@dg.asset_check(
    asset=PUBLISHED,
    name="version_reciente",
    description="La versión publicada tiene a lo más AVANCE_VERSION_DAYS días (120). Sólo avisa.",
)
def version_is_recent(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> dg.AssetCheckResult:
    """Say how old the published version is."""
    with at_work(context, warehouse) as settings:
        version, days = publicacion_vigente(settings.published), patience().version_days
    if version is None:
        return _result(PUBLISHED, "version_reciente", [])
    made = datetime.fromisoformat(version.creada_en).date()
    return _result(PUBLISHED, "version_reciente", version_late(version.version, made, today(), days))


def _result(asset: dg.AssetKey, name: str, late: Sequence[Delay]) -> dg.AssetCheckResult:
    more = f" … y {len(late) - NAMED} más" if len(late) > NAMED else ""
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=not late,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "observado": ("; ".join(delay.dicho for delay in late[:NAMED]) or "nada atrasado") + more,
            "cuantos": len(late),
            "atrasos": dg.MetadataValue.json(as_json(late)),
        },
    )


FRESHNESS_CHECKS = [reports_on_time, version_is_recent]
