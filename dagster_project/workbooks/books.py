"""Which workbooks a version has. Not here: what is in them (``quarter``, ``pnt``)."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.workbooks import facts
from dagster_project.workbooks.pnt import write_pnt
from dagster_project.workbooks.quarter import write_quarter

NEEDS = frozenset({
    "bi_avance", "bridge_accion_linea", "dim_accion", "dim_corte", "dim_programa", "dim_semaforo", "dim_unidad",
    "dim_unidad_medida", "exp_pnt_indicadores", "fct_avance", "fct_avance_corte", "fct_hallazgo", "fct_meta",
    "fct_reprogramacion",
})  # fmt: skip
"""The tables that the workbooks are made of."""


def write_books(con: duckdb.DuckDBPyConnection, folder: Path, version: str, created: str) -> list[Path]:
    """Write ``avance-<trimestre>.xlsx`` and ``pnt-<trimestre>.xlsx`` of the last quarter of each municipality.

    ``con`` is open on the DuckDB file of the version, made at ``created`` (ISO 8601).

    Raises:
        OSError, duckdb.Error: a workbook cannot be written, or the version lacks a table.
    """
    written = []
    for (quarter,) in con.execute(facts.LAST).fetchall():
        written.append(write_quarter(con, folder / f"avance-{quarter}.xlsx", quarter, version, created))
        written.append(write_pnt(con, folder / f"pnt-{quarter}.xlsx", quarter, created))
    return written
