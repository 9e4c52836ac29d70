"""What is open in the published version, most figures first.

Belongs here: the queries, and their rows as values. Does not belong here: what a choice writes (``choices``), how it
looks (``templates``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

Row = dict[str, Any]

ROWS = """
with dudosas as (
    select extracto_id, linea, 4 as pesa, 'p' || right(trimestre, 1) as campo, programado_min as minimo,
        programado_max as maximo
    from marts.fct_avance_corte where estado_programado = 'dudosa'
    union all
    select extracto_id, linea, 4, 'a' || right(trimestre, 1), avance_min, avance_max
    from marts.fct_avance_corte where estado_avance = 'dudosa'
    union all
    select extracto_id, linea, 1, 'meta', meta_min, meta_max from marts.fct_meta where estado_meta = 'dudosa'
    union all
    select extracto_id, linea, 1, 'absoluto', absoluto_min, absoluto_max
    from marts.fct_meta where estado_absoluto = 'dudosa'
    union all
    select extracto_id, linea, 1, 'relativo_pct', relativo_min_pct, relativo_max_pct
    from marts.fct_meta where estado_relativo = 'dudosa'
)
select r.extracto_id, r.linea, r.ruta, r.renglon_huella, r.ente_codigo, r.unidad_codigo, r.corte,
    r.accion_numero_impreso, r.texto_impreso, r.celdas_impresas, r.lugar, r.lugar_celdas,
    r.lugar_pagina, r.lugar_x0, r.lugar_y0, r.lugar_x1, r.lugar_y1, r.lugar_giro,
    a.accion_descripcion, a.unidad_medida_nombre, u.unidad_nombre,
    list(d.campo order by d.campo) as campos, list(d.minimo order by d.campo) as minimos,
    list(d.maximo order by d.campo) as maximos, count(*) as cifras
from dudosas d
join marts.fct_renglon r on d.extracto_id = r.extracto_id and d.linea = r.linea
left join marts.dim_accion a on r.accion_key = a.accion_key
left join marts.dim_unidad u on r.unidad_key = u.unidad_key
where r.renglon_huella is not null
group by all
order by cifras desc, r.ente_codigo, r.unidad_codigo, r.corte, r.linea
"""

READINGS = """
select candidato, costo, es_dentro_margen, meta, p1, p2, p3, p4, a1, a2, a3, a4, absoluto, relativo_pct, operaciones
from marts.fct_lectura where extracto_id = ? and linea = ? order by candidato
"""

PAGES = """
from marts.fct_pagina where situacion = 'apartada' order by renglones desc, ruta, formato
"""

WAITING = """
select ruta, min(cede_ante) as cede_ante, sum(renglones)::integer as cifras,
    string_agg(distinct unidad_codigo, ', ' order by unidad_codigo) as unidades,
    string_agg(distinct ejercicio || '-T' || trimestre_numero, ', ' order by ejercicio || '-T' || trimestre_numero)
        as cortes, bool_or(situacion = 'en_disputa') as en_disputa
from marts.fct_pagina where situacion in ('por_aprobar', 'en_disputa') group by ruta order by cifras desc, ruta
"""

LINKS = """
select r.extracto_id, r.linea, r.ruta, r.renglon_huella, r.ente_codigo, r.unidad_codigo, r.corte,
    r.accion_numero_impreso, r.texto_impreso, r.vinculo_propuesta, r.vinculo_puntaje, r.ejercicio, 4 as cifras
from marts.fct_renglon r
join marts.fct_hallazgo h
    on r.extracto_id = h.extracto_id and r.linea = h.linea and h.regla in ('vinculo_incierto')
where r.renglon_huella is not null
qualify row_number() over (partition by r.extracto_id, r.linea order by h.hallazgo_key) = 1
order by r.ente_codigo, r.unidad_codigo, r.corte, r.linea
"""

OTHERS = """
select distinct renglon_huella, corte, accion_numero_impreso, texto_impreso, ruta, linea
from marts.fct_renglon
where ente_codigo = ? and unidad_codigo = ? and ejercicio = ? and corte <> ? and renglon_huella is not null
    and situacion = 'vigente'
order by corte, linea
"""
"""The rows of the unit's other reports of the year: one of them may be the same action."""

BANDS = """
select semaforo, desde_pct, incluye_desde, hasta_pct, incluye_hasta
from marts.dim_semaforo where es_banda order by orden
"""


@dataclass(frozen=True, slots=True)
class Open:
    """Something to decide: of what kind, by what it goes in the address, how many figures hang on it, and its row."""

    kind: str
    id: str
    figures: int
    row: Row


def open_things(con: duckdb.DuckDBPyConnection) -> list[Open]:
    """All that is open, what holds up most figures first.

    Raises:
        duckdb.Error: the version is damaged or older than the tables it is asked for.
    """
    found = [
        *(Open("fila", f"{r['extracto_id']}-{r['linea']}", r["cifras"], r) for r in rows(con, ROWS)),
        *(Open("pagina", f"{r['extracto_id']}-{r['formato']}", 8 * (r["renglones"] or 0), r) for r in rows(con, PAGES)),
        *(Open("vinculo", f"{r['extracto_id']}-{r['linea']}", r["cifras"], r) for r in rows(con, LINKS)),
        *(Open("archivo", str(n), 8 * (r["cifras"] or 0), r) for n, r in enumerate(rows(con, WAITING))),
    ]
    return sorted(found, key=lambda one: -one.figures)


def readings_of(con: duckdb.DuckDBPyConnection, row: Row) -> list[Row]:
    """The readings of a printed row, the cheapest first."""
    return rows(con, READINGS, [row["extracto_id"], row["linea"]])


def others_of(con: duckdb.DuckDBPyConnection, row: Row) -> list[Row]:
    """The rows of other reports that a row with an uncertain link may go on."""
    return rows(con, OTHERS, [row["ente_codigo"], row["unidad_codigo"], row["ejercicio"], row["corte"]])


def rows(con: duckdb.DuckDBPyConnection, sql: str, given: list[Any] | None = None) -> list[Row]:
    """Rows by column name."""
    found = con.execute(sql, given or [])
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]
