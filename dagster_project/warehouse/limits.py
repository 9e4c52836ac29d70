"""Figures that the raw tables cannot hold: a misread of thirty digits must not cost a year its rows.

Belongs here: leaving such readings out. Does not belong here: judging figures that fit.
"""

from __future__ import annotations

from dataclasses import replace

from dagster_project.tmm_f004.model import Estado, FormRead, Reading, RowReading
from dagster_project.warehouse.db.bulk_insert import storable


def storable_form(leido: FormRead) -> FormRead:
    """The form with readings that decimal(18,4) cannot hold left out, their rows ``dudosa``.

    What was printed stays, in ``raw.renglones.impreso``.
    """
    if all(_fits(row) for row in leido.renglones):
        return leido
    return replace(leido, renglones=tuple(r if _fits(r) else _without(r) for r in leido.renglones))


def _holds(reading: Reading) -> bool:
    return all(storable(value) for value in reading.valores.values())


def _fits(row: RowReading) -> bool:
    return (
        all(_holds(reading) for reading in (*row.lecturas, *row.alternativas))
        and all(storable(value) for value in row.valores.values())
        and all(storable(value) for bounds in row.rango.values() for value in bounds)
    )


def _without(row: RowReading) -> RowReading:
    doubtful = [c for c, value in row.valores.items() if not storable(value)]
    return replace(
        row,
        lecturas=tuple(r for r in row.lecturas if _holds(r)),
        alternativas=tuple(r for r in row.alternativas if _holds(r)),
        estado=Estado.DUDOSA,
        estados=row.estados | dict.fromkeys(doubtful, Estado.DUDOSA),
        valores=row.valores | dict.fromkeys(doubtful, None),
        rango={c: b for c, b in row.rango.items() if all(storable(value) for value in b)},
    )
