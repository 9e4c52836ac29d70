"""Reading the published version: what ``status`` and the summary show of it.

Only ever the published file, never the pipeline's. Not here: showing it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

from dagster_project.warehouse.state.coverage import Cobertura, coverage

SET_ASIDE = {
    "apartada": "of no settled municipality, unit or quarter",
    "copia": "printed again with the same figures",
    "sustituida": "superseded by a later publication",
    "por_aprobar": "waiting with other figures",
    "en_disputa": "in dispute, both in force",
}
"""What a page may be that does not simply count (``fct_pagina.situacion``), in words."""

FINDING = {
    "apartada": "pagina_apartada",
    "copia": "pagina_repetida",
    "sustituida": "reporte_sustituido",
    "por_aprobar": "reporte_por_aprobar",
    "en_disputa": "reporte_en_disputa",
}
"""The finding on each such page, which names its file and line."""


@dataclass(frozen=True, slots=True)
class PublishedSummary:
    """A published version in numbers: ``hallazgos`` as (ente or None, severidad, regla, count), gravest first."""

    cobertura: list[Cobertura]
    hallazgos: list[tuple[str | None, str, str, int]]
    errores: list[tuple[str, int, str | None, int | None]] = field(default_factory=list)
    """Findings of severity ``error``: (regla, count, file and line of the first)."""
    paginas: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By what a page is to its report: how many, with how many action rows."""
    estados: dict[str, int] = field(default_factory=dict)
    """Action rows of reports in force by the estado of their chosen reading."""
    entes: dict[str, str] = field(default_factory=dict)
    """Names of the municipalities that reports in force are of, by key, in order."""

    @property
    def por_severidad(self) -> dict[str, int]:
        """Findings by severity."""
        counts: dict[str, int] = {}
        for _, severidad, _, cuantos in self.hallazgos:
            counts[severidad] = counts.get(severidad, 0) + cuantos
        return counts

    @property
    def unidades(self) -> dict[str, list[str]]:
        """The units that reported, by municipality."""
        found: dict[str, list[str]] = {}
        for ente, unidad in sorted({(c.ente_codigo, c.unidad_codigo) for c in self.cobertura if c.reportado}):
            found.setdefault(ente, []).append(unidad)
        return found


def read_published(con: duckdb.DuckDBPyConnection) -> PublishedSummary:
    """Read what an opened version holds.

    Raises:
        duckdb.Error: the file is damaged or older than the tables it is asked for.
    """
    hallazgos = con.execute(
        """
        select ente_codigo, severidad, regla, count(*) from marts.fct_hallazgo group by ente_codigo, severidad, regla
        order by case severidad when 'error' then 0 when 'advertencia' then 1 else 2 end,
            count(*) desc, regla, ente_codigo
        """
    ).fetchall()
    errores = con.execute(
        """
        with archivos as (
            select extracto_id, any_value(ruta) as ruta from marts.fct_pagina group by extracto_id
        )
        select
            regla, count(*), min_by(coalesce(ruta, extracto_id), (coalesce(ruta, extracto_id), linea)),
            min_by(linea, (coalesce(ruta, extracto_id), linea))
        from marts.fct_hallazgo
        left join archivos using (extracto_id)
        where severidad = 'error'
        group by regla
        order by count(*) desc, regla
        """
    ).fetchall()
    paginas = con.execute(
        "select situacion, count(*), sum(renglones)::integer from marts.fct_pagina group by situacion order by all"
    ).fetchall()
    pages = {situacion: (count, rows) for situacion, count, rows in paginas}
    estados = dict(
        con.execute(
            "select estado, count(*) from marts.fct_renglon where estado is not null group by estado order by estado"
        ).fetchall()
    )
    return PublishedSummary(coverage(con), hallazgos, errores, pages, estados, municipalities(con))


def municipalities(con: duckdb.DuckDBPyConnection, unidad: str | None = None) -> dict[str, str]:
    """The municipalities with a row in force, of one unit's code where it is given: name by key, in order.

    Raises:
        duckdb.Error: the file is damaged or older than the tables it is asked for.
    """
    found = con.execute(
        """
        select r.ente_codigo, any_value(u.ente_nombre)
        from (select distinct ente_codigo, unidad_codigo from marts.fct_renglon where estado is not null) as r
        left join marts.dim_unidad as u using (ente_codigo, unidad_codigo)
        where ? is null or r.unidad_codigo = ?
        group by r.ente_codigo
        order by r.ente_codigo
        """,
        [unidad, unidad],
    ).fetchall()
    return {ente: name or ente for ente, name in found}
