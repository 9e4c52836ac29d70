"""Every suite, by the border it guards. A new one is added to its tuple and is checked from then on."""

from __future__ import annotations

from dagster_project.quality.figure_suites import ELEGIDAS, RENGLONES
from dagster_project.quality.mart_suites import FCT_AVANCE, FCT_AVANCE_CORTE
from dagster_project.quality.raw_suites import EXTRACTOS, FORMATOS

RAW = (EXTRACTOS, FORMATOS, RENGLONES, ELEGIDAS)
"""Checked after the raw tables are written; a failure keeps dbt from starting."""

MARTS = (FCT_AVANCE_CORTE, FCT_AVANCE)
"""Checked after the marts are built; a failure keeps them from being published."""

ALL = RAW + MARTS
