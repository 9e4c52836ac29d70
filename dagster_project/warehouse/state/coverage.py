"""Which unit reported which quarter, and what is missing: from schema ``marts``, in the warehouse or published.

Expected of every unit that reported in an ejercicio, or that the catalogue holds as current:
the quarters of that ejercicio up to the last that anybody reported. Not here: why one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

_QUERY = """
with reportes as (
    select distinct ente_codigo, unidad_codigo, ejercicio, corte
    from marts.dim_corte
    where unidad_codigo is not null and corte is not null
),
ultimos as (
    select ente_codigo, ejercicio, max(corte) as ultimo from reportes group by ente_codigo, ejercicio
),
unidades as (
    select ente_codigo, unidad_codigo, ejercicio from reportes
    union
    select u.ente_codigo, u.unidad_codigo, e.ejercicio
    from marts.dim_unidad as u
    inner join ultimos as e on u.ente_codigo = e.ente_codigo
    where u.origen = 'catalogo'
        and coalesce(year(u.vigente_desde), e.ejercicio) <= e.ejercicio
        and coalesce(year(u.vigente_hasta), e.ejercicio) >= e.ejercicio
),
trimestres as (
    select e.ente_codigo, e.ejercicio, e.ejercicio || '-T' || t.numero as corte
    from ultimos as e
    cross join (values (1), (2), (3), (4)) as t (numero)
    where e.ejercicio || '-T' || t.numero <= e.ultimo
)
select u.ente_codigo, u.unidad_codigo, t.corte, r.corte is not null as reportado
from unidades as u
inner join trimestres as t on u.ente_codigo = t.ente_codigo and u.ejercicio = t.ejercicio
left join reportes as r
    on u.ente_codigo = r.ente_codigo and u.unidad_codigo = r.unidad_codigo and t.corte = r.corte
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
