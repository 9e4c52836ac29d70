"""What the pages show, as queries on the marts.

Not here: how it looks (``templates``), how it is read (``streams``).
"""

from __future__ import annotations

VERSION = """
select
    (select count(*) from marts.fct_avance) as cifras,
    (select count(*) from marts.fct_avance where estado = 'dudosa') as dudosas,
    (select count(*) from marts.fct_avance where estado in ('reparada', 'corregida')) as reparadas,
    (select count(*) from marts.fct_pagina) as paginas,
    (select count(*) from marts.fct_pagina where situacion = 'apartada') as apartadas
"""

UNITS = """
select
    b.ente_codigo,
    b.ejercicio,
    b.unidad_codigo,
    any_value(b.ente_nombre) as ente_nombre,
    max_by(b.unidad_nombre, b.corte) as unidad_nombre,
    max_by(b.ramo_nombre, b.corte) as ramo_nombre,
    max(b.corte) as corte,
    count(distinct f.accion_key) filter (b.accion_tipo = 'accion') as acciones
from marts.bi_avance b
join marts.fct_avance f on b.avance_key = f.avance_key
where b.unidad_codigo is not null and b.ejercicio is not null
group by b.ente_codigo, b.ejercicio, b.unidad_codigo
order by b.ente_codigo, b.ejercicio, b.unidad_codigo
"""

LIGHTS = """
with acciones as (
    select ente_codigo, ejercicio, unidad_codigo, trimestre, semaforo_plan, semaforo_ejercicio
    from marts.bi_avance
    where accion_tipo = 'accion' and unidad_codigo is not null and ejercicio is not null
    qualify trimestre <= max(corte) over (partition by ejercicio)
)
select ente_codigo, ejercicio, unidad_codigo, trimestre, semaforo_plan as semaforo, 'plan' as de, count(*) as acciones
from acciones
group by all
union all
select ente_codigo, ejercicio, unidad_codigo, trimestre, semaforo_ejercicio, 'ejercicio', count(*)
from acciones
group by all
order by ente_codigo, ejercicio, unidad_codigo, trimestre, de, semaforo
"""
"""At each quarter up to the last that anybody reported of that year; an action that a unit does not report any more
shows so. Goals (x00) are the sums of actions and are not counted with them."""

BANDS = "select semaforo, significado, color, orden from marts.dim_semaforo order by orden"

FIGURES = """
select
    b.ente_codigo, b.ejercicio, b.unidad_codigo, f.accion_key, b.accion_numero, b.accion_tipo, b.accion_descripcion,
    b.unidad_medida_nombre, b.trimestre, b.corte, b.plan_nombre,
    b.meta, b.meta_min, b.meta_max, b.estado_meta,
    b.programado, b.programado_min, b.programado_max, b.estado_programado, b.situacion_programado,
    b.avance, b.avance_min, b.avance_max, b.estado_avance, b.situacion_avance,
    b.semaforo_trimestre, b.cumplimiento_acumulado_pct, b.semaforo_plan, b.cumplimiento_ejercicio_pct,
    b.semaforo_ejercicio, b.observaciones, b.linea_accion_codigos, b.linea_accion_nombres
from marts.bi_avance b
join marts.fct_avance f on b.avance_key = f.avance_key
where b.unidad_codigo is not null and b.ejercicio is not null
order by b.ente_codigo, b.ejercicio, b.unidad_codigo, b.accion_numero nulls last, f.accion_key, b.trimestre
"""

PRINTED = """
select
    ente_codigo, ejercicio, unidad_codigo, accion_key, corte, ruta, linea, lugar, celdas_impresas, estado, costo,
    margen, vinculo_regla, correcciones, situacion, extracto_id, archivo_tipo
from marts.fct_renglon
where ejercicio is not null and unidad_codigo is not null and ente_codigo is not null
order by ente_codigo, ejercicio, unidad_codigo, accion_key, corte, ruta, linea
"""

SCANNED = """
select ente_codigo, ejercicio, unidad_codigo, extracto_id, linea, lugar_pagina, lugar_giro, lugar_y0, lugar_y1
from marts.fct_renglon
where archivo_tipo = 'imagen' and lugar_pagina is not null and lugar_y0 is not null and lugar_y1 is not null
order by extracto_id, lugar_pagina, lugar_giro, linea
"""

READINGS = """
select
    r.ente_codigo, r.ejercicio, r.unidad_codigo, l.extracto_id, l.linea, l.candidato, l.costo, l.es_elegida, l.meta,
    [l.p1, l.p2, l.p3, l.p4] as programado, [l.a1, l.a2, l.a3, l.a4] as avance, l.absoluto, l.operaciones
from marts.fct_lectura l
join marts.fct_renglon r on l.renglon_key = r.renglon_key
where r.ejercicio is not null and r.unidad_codigo is not null and r.ente_codigo is not null
order by r.ente_codigo, r.ejercicio, r.unidad_codigo, l.extracto_id, l.linea, l.candidato
"""

FINDINGS = """
select ente_codigo, ejercicio, unidad_codigo, accion_key, corte, severidad, regla, mensaje
from marts.fct_hallazgo
where ejercicio is not null and unidad_codigo is not null and ente_codigo is not null
order by ente_codigo, ejercicio, unidad_codigo, accion_key nulls first, corte, severidad, regla, mensaje
"""

RULES = """
select regla, any_value(que_dice) as que_dice, any_value(severidad) as severidad, count(*) as hallazgos
from marts.fct_hallazgo
group by regla
order by severidad, hallazgos desc, regla
"""


def _may_be(column: str, alternatives: str) -> str:
    """What is in doubt has no value in the table, and its alternatives, the likeliest first."""
    return f"""
    coalesce({column}::varchar, nullif(array_to_string(
        list_transform(from_json({alternatives}, '["json"]'), lambda pair: pair ->> 0), ' o '
    ), '')) as {column}"""


ASIDE = f"""
select
    ruta, formato, linea, linea_fin, renglones,
    {_may_be("unidad_codigo", "alternativas_unidad")},
    {_may_be("ejercicio", "alternativas_ejercicio")},
    {_may_be("trimestre_numero", "alternativas_trimestre")}
from marts.fct_pagina
where situacion = 'apartada'
order by ruta, formato
"""

REPROGRAMMED = """
select
    r.ente_codigo, u.ente_nombre,
    r.ejercicio, r.unidad_codigo, u.unidad_nombre, r.accion_numero, a.accion_descripcion, r.trimestre,
    r.medida, r.corte_anterior, r.corte, r.antes, r.despues, r.diferencia, r.es_cambio_de_plan
from marts.fct_reprogramacion r
join marts.dim_accion a on r.accion_key = a.accion_key
join marts.dim_unidad u on r.unidad_key = u.unidad_key
order by r.ente_codigo, r.ejercicio, r.unidad_codigo, r.accion_numero, r.trimestre, r.medida, r.corte, r.accion_key
"""

LINES = """
with municipios as (select ente_codigo, max(ente_nombre) as ente_nombre from marts.dim_unidad group by ente_codigo),
servidas as (
    select b.linea_accion_key, count(distinct b.accion_key) as acciones
    from marts.bridge_accion_linea b
    join marts.dim_accion a on b.accion_key = a.accion_key
    where a.accion_tipo = 'accion'
    group by b.linea_accion_key
),
declaradas as (
    select linea_accion_key, count(distinct unidad_codigo) as unidades, max(acciones_sin_linea) = 0 as es_legible
    from marts.bridge_unidad_linea
    group by linea_accion_key
)
select
    coalesce(e.ente_nombre, l.ente_codigo) || ': ' || coalesce(l.plan_nombre, '(plan desconocido)') as grupo,
    l.linea_accion_codigo, l.linea_accion_nombre, l.eje_nombre, coalesce(s.acciones, 0) as acciones,
    coalesce(d.unidades, 0) as unidades, s.acciones is null and coalesce(d.es_legible, false) as es_desatendida
from marts.dim_linea_accion l
left join servidas s on l.linea_accion_key = s.linea_accion_key
left join declaradas d on l.linea_accion_key = d.linea_accion_key
left join municipios e on l.ente_codigo = e.ente_codigo
order by l.ente_codigo, grupo, l.linea_accion_codigo
"""
"""An action counts once, in however many reports it names the línea; goals (x00) do not. A declared línea is not
served where no action names it, and no unit that declares it has actions whose codes nobody can read."""

TABLES = """
select table_name as tabla, comment as que_es, estimated_size as filas
from duckdb_tables() where schema_name = 'marts' order by table_name
"""
