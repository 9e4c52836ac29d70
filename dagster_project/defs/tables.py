"""Tables and numbers that stand beside what was made: what a page of the web UI shows, and plots where it is a number.

Belongs here: laying results out as metadata. Does not belong here: the results (``warehouse``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb

from dagster_project.notices.run_facts import is_refused
from dagster_project.warehouse.state.coverage import Cobertura
from dagster_project.warehouse.state.marts_numbers import findings_by_rule, findings_by_severity, states_by_unit

SHOWN_ROWS = 200
"""Rows of one table: events are kept twice in Dagster's records."""

TYPES = {int: "int", float: "float"}


def as_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dg.TableMetadataValue:
    """Rows by these columns; of too many the first, and a last one that counts the others."""
    all_rows = [list(row) for row in rows]
    shown = all_rows[:SHOWN_ROWS]
    kinds = [
        next((TYPES.get(type(row[k]), "string") for row in all_rows if row[k] is not None), "string")
        for k in range(len(columns))
    ]
    if more := len(all_rows) - len(shown):
        kinds[0], shown = "string", [*shown, [f"… y {more} más", *[None] * (len(columns) - 1)]]
    records = [dg.TableRecord(dict(zip(columns, row, strict=True))) for row in shown]
    schema = dg.TableSchema([dg.TableColumn(c, kind) for c, kind in zip(columns, kinds, strict=True)])
    return dg.MetadataValue.table(records, schema)


def of_files(loads: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What became of the files of a load (``warehouse.results`` as JSON): counts, and those that were not read."""
    refused = [
        (load["ruta"], refusal["linea"], refusal["regla"], refusal["razon"])
        for load in loads
        for refusal in load["rechazos"]
    ]
    passed_over = [(load["ruta"], load["razon"]) for load in loads if load["resultado"] == "ignored"]
    return {
        "archivos_nuevos": sum(load["resultado"] == "loaded" and not is_refused(load) for load in loads),
        "archivos_rechazados": sum(map(is_refused, loads)),
        "archivos_ignorados": len(passed_over),
        "rechazados": as_table(("archivo", "linea", "regla", "razon"), refused),
        "ignorados": as_table(("archivo", "razon"), passed_over),
    }


def of_findings(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Findings by severity, to be plotted, and by rule with where the first stands."""
    rules = [(r.severidad, r.regla, r.hallazgos, r.archivo, r.linea) for r in findings_by_rule(con)]
    return {
        **{f"hallazgos_{severity}": count for severity, count in findings_by_severity(con).items()},
        "por_regla": as_table(("severidad", "regla", "hallazgos", "archivo", "linea"), rules),
    }


def of_states(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Rows by how sure they are, to be plotted, and by unit and estado."""
    units = states_by_unit(con)
    states = sorted({state for unit in units for state in unit.estados})
    rows = [(u.ente_codigo, u.unidad_codigo, *(u.estados.get(s, 0) for s in states)) for u in units]
    doubtful = sum(unit.dudosas for unit in units)
    return {
        "filas_dudosas": doubtful,
        "filas_seguras": sum(sum(unit.estados.values()) for unit in units) - doubtful,
        "estados_por_unidad": as_table(("ente", "unidad", *states), rows),
    }


def of_coverage(rows: Sequence[Cobertura]) -> dg.TableMetadataValue:
    """Units by quarter: reported, missing, or (empty) not expected."""
    quarters = sorted({row.corte for row in rows})
    said = {(row.ente_codigo, row.unidad_codigo, row.corte): "sí" if row.reportado else "falta" for row in rows}
    units = sorted({key[:2] for key in said})
    return as_table(("ente", "unidad", *quarters), [(*u, *(said.get((*u, q), "") for q in quarters)) for u in units])


def of_stages(seconds: Mapping[str, float]) -> dict[str, Any]:
    """Seconds a stage, each to be plotted, and all together."""
    return {
        **{f"segundos_{stage}": round(took, 1) for stage, took in seconds.items()},
        "segundos": as_table(("etapa", "segundos"), [(stage, round(took, 1)) for stage, took in seconds.items()]),
    }
