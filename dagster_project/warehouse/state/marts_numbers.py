"""The marts in numbers, for who watches loads: findings by rule, readings by unit, pages by what they are.

From schema ``marts``, in the warehouse or published. Not here: which unit reported which quarter (``coverage``).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

GRAVEST_FIRST = "case severidad when 'error' then 0 when 'advertencia' then 1 else 2 end"
SEVERITIES = ("error", "advertencia", "informacion")


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The findings of a rule: how many, and file and line of the first (None where it is of no file)."""

    severidad: str
    regla: str
    hallazgos: int
    archivo: str | None
    linea: int | None


@dataclass(frozen=True, slots=True)
class UnitStates:
    """The actions by quarter of a unit (rows of ``fct_avance``) by how sure the best known figures are."""

    ente_codigo: str
    unidad_codigo: str
    estados: dict[str, int]

    @property
    def dudosas(self) -> int:
        """Those of which some figure is a range."""
        return self.estados.get("dudosa", 0)


def findings_by_rule(con: duckdb.DuckDBPyConnection) -> list[RuleCount]:
    """Every rule with findings, the gravest and most frequent first; files by their path."""
    rows = con.execute(
        f"""
        with archivos as (
            select extracto_id, any_value(ruta) as ruta from marts.fct_pagina group by extracto_id
        )
        select
            severidad, regla, count(*),
            min_by(ruta, (ruta, linea)) filter (ruta is not null),
            min_by(linea, (ruta, linea)) filter (ruta is not null)
        from marts.fct_hallazgo
        left join archivos using (extracto_id)
        group by severidad, regla
        order by {GRAVEST_FIRST}, count(*) desc, regla
        """
    ).fetchall()
    return [RuleCount(*row) for row in rows]


def findings_by_severity(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many findings of each of ``SEVERITIES`` there are, zeros too."""
    query = "select severidad, count(*) from marts.fct_hallazgo group by severidad"
    return dict.fromkeys(SEVERITIES, 0) | dict(con.execute(query).fetchall())


def states_by_unit(con: duckdb.DuckDBPyConnection) -> list[UnitStates]:
    """Every unit of ``fct_avance``, in order."""
    rows = con.execute(
        """
        select ente_codigo, unidad_codigo, map_from_entries(list((estado, cuantos) order by estado))
        from (
            select ente_codigo, unidad_codigo, estado, count(*) as cuantos from marts.fct_avance group by all
        )
        group by ente_codigo, unidad_codigo
        order by all
        """
    ).fetchall()
    return [UnitStates(*row) for row in rows]


def pages_by_situation(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many pages are in force, set aside, replaced … (``fct_pagina.situacion``)."""
    return dict(
        con.execute("select situacion, count(*) from marts.fct_pagina group by situacion order by 1").fetchall()
    )
