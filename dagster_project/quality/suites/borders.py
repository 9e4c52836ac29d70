"""Every suite, by the border it guards. A new one is added to its tuple and is checked from then on."""

from __future__ import annotations

from dagster_project.quality.suites.action_rows import LECTURAS, RENGLONES, VINCULOS
from dagster_project.quality.suites.dimensions import DIM_ACCION, DIM_LINEA_ACCION, DIM_UNIDAD
from dagster_project.quality.suites.documents import CELDAS
from dagster_project.quality.suites.extracts import EXTRACTOS, LINEAS, RECHAZOS
from dagster_project.quality.suites.facts import FCT_AVANCE, FCT_AVANCE_CORTE
from dagster_project.quality.suites.figures import ELEGIDAS
from dagster_project.quality.suites.forms import CAMPOS_DE_PAGINA, FORMATOS
from dagster_project.quality.suites.reference import DIM_CLASIFICACION, DIM_CORTE, DIM_TRIMESTRE, DIM_UNIDAD_MEDIDA
from dagster_project.quality.suites.row_counts import BI_AVANCE, FCT_META, FCT_PAGINA, FCT_RENGLON

AFTER_FILES = (EXTRACTOS, LINEAS, CELDAS, RECHAZOS)
"""Checked after the files are loaded; a failure keeps their action rows from being read."""

AFTER_YEARS = (FORMATOS, CAMPOS_DE_PAGINA, RENGLONES, LECTURAS, VINCULOS, ELEGIDAS)
"""Checked after the ejercicios are read; a failure keeps dbt from starting."""

RAW = AFTER_FILES + AFTER_YEARS

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
    FCT_PAGINA,
    FCT_RENGLON,
    FCT_META,
    BI_AVANCE,
)
"""Checked after the marts are built; a failure keeps them from being published."""

BORDERS = {"extractos": AFTER_FILES, "ejercicios": AFTER_YEARS, "marts": MARTS}
"""The borders in the order of a load; the suites of one are run in one step."""

ALL = RAW + MARTS
