"""Which unit reported which quarter, and what is missing: from schema ``marts``, in the warehouse or published.

Not here: which quarters a unit owes (finding ``trimestre_faltante``, in dbt), and why one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

_QUERY = """
select distinct ente_codigo, unidad_codigo, corte, true as reportado
from marts.dim_corte
where ejercicio is not null
union all
select ente_codigo, unidad_codigo, corte, false
from marts.fct_hallazgo
where regla = 'trimestre_faltante'
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
