"""The dbt project as assets: seeds, staging, intermediate, marts, and its tests as their checks.

Keys follow from schema and name (``marts/fct_avance``, ``raw/renglones``), so models name none; what else
a node says to Dagster stands in its ``meta.dagster``. Not here: what dbt builds (``dbt/``), and running it
(``dbt_runner``).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject, dbt_assets
from pydantic import Field

from dagster_project.defs.dbt_project import dbt_project, target_path
from dagster_project.defs.dbt_runner import build_models, dagster_events
from dagster_project.defs.failures import at_work
from dagster_project.defs.lineage import column_lineage
from dagster_project.defs.metadata import OWNERS, code_path
from dagster_project.defs.resources import POOL, Warehouse
from dagster_project.defs.tables import of_findings, of_states
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import check_home
from dagster_project.warehouse.state.counts import count_rows, quarters_found, sources_hash

WHY = "avance why UNIDAD ACCION TRIMESTRE, por ejemplo: avance why 54204 505 2022-T4"
"""The command that leads from a figure to its printed line."""


class Translator(DagsterDbtTranslator):
    """Groups default to the dbt group, owners to the team; ``meta.dagster`` overrides both and adds kinds."""

    def __init__(self, settings: DagsterDbtTranslatorSettings) -> None:
        """For one manifest of one project."""
        super().__init__(settings)
        self._specs: dict[str, dg.AssetSpec] = {}

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """The asset of a dbt node, made once: dagster-dbt asks for it again with each of its tests."""
        if unique_id not in self._specs:
            self._specs[unique_id] = self._spec(manifest, unique_id, project)
        return self._specs[unique_id]

    def _spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        spec = super().get_asset_spec(manifest, unique_id, project)
        config = self.get_resource_props(manifest, unique_id).get("config", {})
        given = (config.get("meta") or {}).get("dagster", {})
        if spec.key.path[0] == "marts":
            spec = spec.merge_attributes(metadata={"de_donde_sale_una_cifra": WHY})
        if lineage := column_lineage(".".join(spec.key.path)):
            # Of the definition, not of each run: it follows from the SQL alone.
            spec = spec.merge_attributes(metadata={"dagster/column_lineage": lineage})
        return spec.replace_attributes(
            group_name=given.get("group") or spec.group_name,
            owners=given.get("owners") or OWNERS,
            kinds={*spec.kinds, *given.get("kinds", [])},
        )

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        """The check of a dbt test, with what the test says of itself; its name is a sentence where it says nothing."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        if spec is None:
            return None
        test = manifest["nodes"][unique_id]
        return dg.AssetCheckSpec(
            spec.name,
            asset=spec.asset_key,
            description=test.get("description") or test["name"].replace("_", " ").capitalize() + ".",
            additional_deps=spec.additional_deps,
            blocking=spec.blocking,
            metadata=spec.metadata,
        )


PROJECT = dbt_project()
NODES = json.loads(PROJECT.manifest_path.read_text(encoding="utf-8"))["nodes"]
# enable_source_tests_as_checks stays off: a definition that checks an upstream key itself is
# exempt from being blocked by that key's checks, so bad raw data would flow into the marts.
TRANSLATOR = Translator(DagsterDbtTranslatorSettings(enable_code_references=True, enable_source_tests_as_checks=False))

NUMBERS = {"marts.fct_hallazgo": of_findings, "marts.fct_avance": of_states}
"""What is said of some marts besides."""


class DbtConfig(dg.Config):
    """How much a build makes anew."""

    completo: bool = Field(default=False, description="Construir todos los ejercicios, también los que no cambiaron.")


@dbt_assets(
    name="dbt",
    manifest=PROJECT.manifest_path,
    project=PROJECT,
    dagster_dbt_translator=TRANSLATOR,
    # Unit tests try the SQL on made-up rows: they belong to the tests, not to every load.
    exclude="resource_type:unit_test",
    pool=POOL,
)
def dbt_models(context: dg.AssetExecutionContext, config: DbtConfig, warehouse: Warehouse) -> Iterator[Any]:
    """Build and test the selected nodes; report what was built also where a test fails."""
    with at_work(context, warehouse) as settings:
        check_home(settings.home)  # dbt opens the file by its path, past our lock
        build = build_models(context, settings, TRANSLATOR, context.log.info, anew=config.completo)
        events = list(dagster_events(build, context, TRANSLATOR, PROJECT, target_path(settings)))
        # Counted when dbt is done, and the file is as it left it.
        with open_warehouse(settings.warehouse) as con:
            rows = count_rows(con, [_table(event) for event in events if isinstance(event, dg.Output)])
            numbers = {table: found(con) for table, found in NUMBERS.items() if table in rows}
            shared = {
                "huella": sources_hash(con),
                "trimestres": ", ".join(quarter.corte for quarter in quarters_found(con)) or "ninguno",
            }
        for event in events:
            yield (
                _with_metadata(event, rows, shared | numbers.get(_table(event), {}))
                if isinstance(event, dg.Output)
                else event
            )
        if build.failure:
            raise build.failure


def _table(output: dg.Output[Any]) -> str:
    return output.output_name.replace("__", ".", 1)


def _with_metadata(output: dg.Output[Any], rows: dict[str, int], more: dict[str, Any]) -> dg.Output[Any]:
    """Add rows (of tables; a view is not counted), the code, and what else is said of the table."""
    table = _table(output)
    node = NODES[str(output.metadata["unique_id"].value)]
    return output.with_metadata(
        {
            **output.metadata,
            **more,
            **({"dagster/row_count": rows[table]} if table in rows else {}),
            "codigo": dg.MetadataValue.path(code_path(PROJECT.project_dir / node["original_file_path"])),
        }
    )
