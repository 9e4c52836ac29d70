"""The jobs beside the whole load, named for what somebody wants: an ejercicio or the marts anew, a look, a version.

Belongs here: what each takes in. Does not belong here: the whole load and what starts it (``automation``). None of them
gets around the gate: a version is published only of what every blocking check has passed on.
"""

import dagster as dg

from dagster_project.defs.assets.raw import YEAR_TABLES

CHECKS = dg.AssetSelection.all_asset_checks()
PUBLICATION = dg.AssetSelection.groups("publicacion")
MODELS = dg.AssetSelection.groups("referencia", "preparacion", "marts")
YEARS = dg.AssetSelection.assets(*(["raw", table] for table in YEAR_TABLES))

year_anew_job = dg.define_asset_job(
    name="ejercicio_de_nuevo",
    selection=YEARS | MODELS | PUBLICATION,
    config={"ops": {"raw_ejercicios": {"config": {"ejercicios": [], "de_nuevo": True}}}},
    description="Lee de nuevo los ejercicios que se nombren en Launchpad (ejercicios: [2022]; ninguno, todos), "
    "aunque nada haya cambiado, y publica. No lee archivos nuevos.",
)

marts_anew_job = dg.define_asset_job(
    name="rehacer_marts",
    selection=MODELS | PUBLICATION,
    config={"ops": {"dbt": {"config": {"completo": True}}}},
    description="Construye de nuevo todas las tablas de dbt, de todos los ejercicios, las comprueba y publica.",
)

check_job = dg.define_asset_job(
    name="comprobar",
    selection=CHECKS,
    description="Sólo comprueba lo que hay: controles, pruebas de dbt, cobertura y atrasos. No cambia ni publica nada.",
)

publish_job = dg.define_asset_job(
    name="publicar",
    selection=PUBLICATION,
    description="Publica lo que ya pasó todos los controles que bloquean; si algo cambió desde entonces, se niega.",
)

JOBS = [year_anew_job, marts_anew_job, check_job, publish_job]
