"""Which unit reported which quarter, and what is missing: from schema ``marts``, in the warehouse or published.

Expected of every unit: the quarters of an ejercicio in which the catalogue holds it in force; where that says nothing
of the ejercicio, all of one in which it reported. Up to the last that anybody reported. Not here: why one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

_QUERY = """
with reportes as (
    select distinct ente_codigo, unidad_codigo, ejercicio, corte
    from marts.dim_corte
    where ejercicio is not null
),
ultimos as (
    select ente_codigo, ejercicio, max(corte) as ultimo from reportes group by ente_codigo, ejercicio
),
trimestres as (
    select e.ente_codigo, e.ejercicio, e.ejercicio || '-T' || t.numero as corte,
        make_date(e.ejercicio, 3 * t.numero - 2, 1) as dia
    from ultimos as e
    cross join (values (1), (2), (3), (4)) as t (numero)
    where e.ejercicio || '-T' || t.numero <= e.ultimo
),
vigentes as (
    select u.ente_codigo, u.unidad_codigo, t.ejercicio, t.corte
    from marts.dim_unidad as u
    inner join trimestres as t on u.ente_codigo = t.ente_codigo
    where u.origen = 'catalogo'
        and t.dia between coalesce(u.vigente_desde, date '1900-01-01') and coalesce(u.vigente_hasta, date '9999-12-31')
),
debidos as (
    select * from vigentes
    union
    select * from reportes
    union
    select r.ente_codigo, r.unidad_codigo, r.ejercicio, t.corte
    from reportes as r
    inner join trimestres as t on r.ente_codigo = t.ente_codigo and r.ejercicio = t.ejercicio
    anti join vigentes as v
        on r.ente_codigo = v.ente_codigo and r.unidad_codigo = v.unidad_codigo and r.ejercicio = v.ejercicio
)
select d.ente_codigo, d.unidad_codigo, d.corte, r.corte is not null as reportado
from debidos as d
left join reportes as r
    on d.ente_codigo = r.ente_codigo and d.unidad_codigo = r.unidad_codigo and d.corte = r.corte
order by all
"""


@dataclass(frozen=True, slots=True)
class Cobertura:
    """Whether a unit's report of a quarter is there."""

    ente_codigo: str
    unidad_codigo: str
    corte: str
    reportado: bool


def coverage(con: duckdb.DuckDBPyConnection) -> list[Cobertura]:
    """Every expected (ente, unidad, corte), in order, with whether it was reported."""
    return [Cobertura(*row) for row in con.execute(_QUERY).fetchall()]


def missing(rows: list[Cobertura]) -> dict[str, list[str]]:
    """The quarters each unit has not reported; units that miss none are left out."""
    gaps: dict[str, list[str]] = {}
    for row in rows:
        if not row.reportado:
            gaps.setdefault(f"{row.ente_codigo}/{row.unidad_codigo}", []).append(row.corte)
    return gaps
