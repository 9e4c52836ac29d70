"""How a dbt node becomes an asset, and a dbt test a check; settings from the node's ``meta.dagster``.

Keys follow from schema and source name (``marts/fct_avance``, ``raw/renglones``), so models
name none. Not here: running dbt (``dbt_assets``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject

from dagster_project.defs.metadata import OWNERS

# enable_source_tests_as_checks stays off: a definition that checks an upstream key itself is
# exempt from being blocked by that key's checks, so bad raw data would flow into the marts.
AJUSTES = DagsterDbtTranslatorSettings(enable_code_references=True, enable_source_tests_as_checks=False)


class Traductor(DagsterDbtTranslator):
    """Groups default to the dbt group, owners to the team; ``meta.dagster`` overrides both and adds kinds."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """The asset of a dbt node."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        config = self.get_resource_props(manifest, unique_id).get("config", {})
        ajustes = (config.get("meta") or {}).get("dagster", {})
        return spec.replace_attributes(
            group_name=ajustes.get("group") or spec.group_name,
            owners=ajustes.get("owners") or OWNERS,
            kinds={*spec.kinds, *ajustes.get("kinds", [])},
        )

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        """The check of a dbt test, with what the test says of itself; its name is a sentence where it says nothing."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        prueba = manifest["nodes"][unique_id]
        dicho = prueba.get("description") or prueba["name"].replace("_", " ").capitalize() + "."
        return spec._replace(description=dicho) if spec else None
