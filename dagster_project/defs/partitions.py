"""The partitions: ejercicio for the year that is rewritten, trimestre for the quarters people ask about.

Not here: which quarters an extract speaks of (``tmm_f004``), what is missing (check ``cobertura``).
"""

from __future__ import annotations

import dagster as dg

ZONA = "America/Tijuana"

# The law that has municipalities report programmes this way (Ley General de Contabilidad
# Gubernamental) is in force since 1 January 2009: no form can be older.
PRIMER_EJERCICIO = 2009

ejercicios = dg.TimeWindowPartitionsDefinition(
    start=str(PRIMER_EJERCICIO),
    cron_schedule="0 0 1 1 *",
    fmt="%Y",
    timezone=ZONA,
    # The running year is a partition from its first day, not from its last.
    end_offset=1,
)

# Quarters are found by reading, so they are added as the load reports them.
trimestres = dg.DynamicPartitionsDefinition(name="trimestre")


def rango_completo() -> tuple[str, str]:
    """First and last ejercicio that can be loaded today: what a run without ``--year`` covers."""
    claves = ejercicios.get_partition_keys()
    return claves[0], claves[-1]
