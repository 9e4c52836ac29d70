"""What schedule and sensor ask for: one run over every ejercicio that can be loaded today.

Not here: when they ask.
"""

from __future__ import annotations

from collections.abc import Mapping

import dagster as dg

from dagster_project.defs.partitions import rango_completo

INICIO = "dagster/asset_partition_range_start"
FIN = "dagster/asset_partition_range_end"


def etiquetas(rango: tuple[str, str] | None = None) -> Mapping[str, str]:
    """The tags that make a run cover a range of ejercicios, by default all of them."""
    inicio, fin = rango or rango_completo()
    return {INICIO: inicio, FIN: fin}


def carga_completa(run_key: str) -> dg.RunRequest:
    """A run of ``carga`` over all ejercicios; the same ``run_key`` asks only once."""
    return dg.RunRequest(run_key=run_key, tags=dict(etiquetas()))
