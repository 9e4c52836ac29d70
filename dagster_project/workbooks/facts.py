"""What the workbooks show, as queries on the marts, and how a figure is put in a cell. Not here: sheets."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from dagster_project.site.shown import WHY_NOT, between
from dagster_project.site.streams import Row

LAST = "select distinct max(corte) from marts.bi_avance where corte is not null group by ente_codigo order by all"
"""The last quarters that municipalities report on: what the workbooks tell of, and are named by."""

OF_THEM = """ente_codigo in (
    select ente_codigo from marts.bi_avance where corte is not null group by ente_codigo having max(corte) = $quarter
)"""
"""The municipalities whose last quarter it is: another's later figures stand in its own workbook."""

FIGURES = f"""
select b.*, f.accion_key
from marts.bi_avance b
join marts.fct_avance f on b.avance_key = f.avance_key
where b.ejercicio = left($quarter, 4)::integer and b.{OF_THEM}
order by b.ente_codigo, b.unidad_codigo, b.accion_numero nulls last, f.accion_key, b.trimestre
"""

LIGHTS = "select semaforo, significado, color from marts.dim_semaforo order by orden"

REPROGRAMMED = f"""
select
    u.ente_nombre, r.unidad_codigo, u.unidad_nombre, r.accion_numero, a.accion_descripcion, r.trimestre, r.medida,
    r.corte_anterior, r.corte, r.antes, r.despues, r.diferencia, if(r.es_cambio_de_plan, 'sí', 'no') as cambio_de_plan
from marts.fct_reprogramacion r
join marts.dim_accion a on r.accion_key = a.accion_key
join marts.dim_unidad u on r.unidad_key = u.unidad_key
where r.ejercicio = left($quarter, 4)::integer and r.{OF_THEM}
order by r.ente_codigo, r.unidad_codigo, r.accion_numero, r.trimestre, r.medida, r.corte, r.reprogramacion_key
"""

FINDINGS = f"""
select
    u.ente_nombre, h.unidad_codigo, h.corte, h.accion_numero, h.severidad, h.que_dice, h.mensaje, h.observado,
    h.esperado, h.texto_impreso, h.regla
from marts.fct_hallazgo h
left join marts.dim_unidad u on h.unidad_key = u.unidad_key
where h.severidad <> 'informacion'
    and (h.ejercicio = left($quarter, 4)::integer and h.{OF_THEM} or h.ejercicio is null or h.ente_codigo is null)
order by h.ente_codigo, h.unidad_codigo, h.corte, h.accion_numero, h.severidad, h.regla, h.hallazgo_key
"""

COLUMNS = """
select table_name as tabla, column_name as columna, comment as descripcion
from duckdb_columns()
where database_name = current_database() and schema_name = 'marts'
    and table_name in ('bi_avance', 'fct_reprogramacion', 'fct_hallazgo', 'exp_pnt_indicadores')
order by table_name, column_index
"""

PRINTED = f"""
select
    d.corte_key, m.accion_key, m.ente_codigo, u.ente_nombre, m.unidad_codigo, u.unidad_nombre, u.ramo_codigo,
    u.ramo_nombre, p.programa_codigo, p.programa_nombre, d.clasificacion_codigo, d.responsables, d.ruta,
    m.accion_numero_impreso, a.accion_descripcion, s.unidad_medida_nombre, m.observaciones, m.linea,
    m.meta, m.meta_min, m.meta_max, m.estado_meta,
    m.absoluto, m.absoluto_min, m.absoluto_max, m.estado_absoluto,
    m.relativo_pct as relativo, m.relativo_min_pct as relativo_min, m.relativo_max_pct as relativo_max,
    m.estado_relativo,
    (
        select string_agg(l.linea_accion_codigo, ' ' order by l.orden)
        from marts.bridge_accion_linea l where l.meta_key = m.meta_key
    ) as lineas
from marts.fct_meta m
join marts.dim_corte d on m.corte_key = d.corte_key
join marts.dim_unidad u on m.unidad_key = u.unidad_key
join marts.dim_accion a on m.accion_key = a.accion_key
join marts.dim_programa p on m.programa_key = p.programa_key
join marts.dim_unidad_medida s on m.unidad_medida_key = s.unidad_medida_key
where m.corte = $quarter and m.{OF_THEM}
order by m.ente_codigo, m.unidad_codigo, m.extracto_id, m.linea
"""
"""The reports of one quarter, row by row in the order of the print."""

CELLS = "select * from marts.fct_avance_corte where corte = $quarter order by corte_key, accion_key, trimestre"

INDICATORS = f"""
select * from marts.exp_pnt_indicadores where corte = $quarter and {OF_THEM}
order by ente_codigo, unidad_codigo, accion_numero, indicador_key
"""

SURE = {"dudosa": "en duda", "reparada": "reparada", "corregida": "decidida"}
"""What an estado is called beside an action; the others (exacta, realineada) are sure."""


def figure(row: Row, name: str, why: bool = True) -> Decimal | str | None:
    """What a cell holds of a figure: the number, its range where it is in doubt, ``why`` there is none, if asked."""
    if row.get(f"estado_{name}") == "dudosa":
        return f"{between(row, name)} (en duda)"
    if row[name] is None:
        return WHY_NOT.get(row.get(f"situacion_{name}") or "") if why else None
    value = row[name]
    return value if isinstance(value, Decimal) else Decimal(value)


def actions(figures: list[Row]) -> list[Row]:
    """A row an action: the state of its last reported quarter, with ``p1`` … ``a4`` and how sure all of it is."""
    found = []
    for _, group in groupby(figures, key=lambda row: (row["ente_codigo"], row["unidad_codigo"], row["accion_key"])):
        quarters = list(group)
        last = [q for q in quarters if q["trimestre"] == q["corte"]][-1:] or quarters[-1:]
        row = dict(last[0]) | {f"{side}{n}": None for side in "pa" for n in range(1, 5)}
        for quarter in quarters:
            n = quarter["trimestre"][-1]
            row |= {f"p{n}": figure(quarter, "programado"), f"a{n}": figure(quarter, "avance")}
        states = {q[f"estado_{name}"] for q in quarters for name in ("programado", "avance")} | {row["estado_meta"]}
        row["confianza"] = next((word for state, word in SURE.items() if state in states), "segura")
        row["lugar"] = f"{row['ruta']}, línea {row['linea']}"
        found.append(row)
    return found
