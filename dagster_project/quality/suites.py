"""Every suite, by the border it guards. A new one is added to its tuple and is checked from then on."""

from __future__ import annotations

from dagster_project.quality.dimension_suites import DIM_ACCION, DIM_LINEA_ACCION, DIM_UNIDAD
from dagster_project.quality.figure_suites import ELEGIDAS
from dagster_project.quality.form_suites import CAMPOS_DE_PAGINA, FORMATOS
from dagster_project.quality.mart_suites import FCT_AVANCE, FCT_AVANCE_CORTE
from dagster_project.quality.raw_suites import EXTRACTOS, LINEAS, RECHAZOS
from dagster_project.quality.reference_suites import DIM_CLASIFICACION, DIM_CORTE, DIM_TRIMESTRE, DIM_UNIDAD_MEDIDA
from dagster_project.quality.year_suites import LECTURAS, RENGLONES, VINCULOS

DE_EXTRACTOS = (EXTRACTOS, LINEAS, RECHAZOS, FORMATOS, CAMPOS_DE_PAGINA)
"""Checked after the files are loaded; a failure keeps their action rows from being read."""

DE_EJERCICIOS = (RENGLONES, LECTURAS, VINCULOS, ELEGIDAS)
"""Checked after the ejercicios are read; a failure keeps dbt from starting."""

RAW = DE_EXTRACTOS + DE_EJERCICIOS

MARTS = (
    DIM_UNIDAD,
    DIM_ACCION,
    DIM_LINEA_ACCION,
    DIM_CORTE,
    DIM_TRIMESTRE,
    DIM_UNIDAD_MEDIDA,
    DIM_CLASIFICACION,
    FCT_AVANCE_CORTE,
    FCT_AVANCE,
)
"""Checked after the marts are built; a failure keeps them from being published."""

FRONTERAS = {"extractos": DE_EXTRACTOS, "ejercicios": DE_EJERCICIOS, "marts": MARTS}
"""The borders in the order of a load; the suites of one are run in one step."""

ALL = RAW + MARTS
