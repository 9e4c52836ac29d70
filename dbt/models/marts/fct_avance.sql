{{ config(materialized='incremental') }}

with acumulados as (
    select * from {{ ref('int_acumulados') }}
    where es_ultimo_corte {{ solo_por_rehacer('and') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

luces as (
    select
        acumulados.*,
        reportes.unidad_key,
        {{ inicio_trimestre('acumulados.trimestre') }} as dia
    from acumulados
    inner join reportes
        on
            acumulados.ente_codigo = reportes.ente_codigo
            and acumulados.unidad_codigo = reportes.unidad_codigo
            and acumulados.corte = reportes.corte
)

select
    cast({{ clave(['luces.accion_key', 'luces.trimestre']) }} as varchar) as avance_key,
    cast(luces.accion_key as varchar) as accion_key,
    cast(luces.unidad_key as varchar) as unidad_key,
    cast(luces.unidad_medida_key as varchar) as unidad_medida_key,
    cast(luces.ente_codigo as varchar) as ente_codigo,
    cast(luces.unidad_codigo as varchar) as unidad_codigo,
    cast(luces.ejercicio as integer) as ejercicio,
    cast(luces.accion_numero as integer) as accion_numero,
    cast(luces.trimestre as varchar) as trimestre,
    cast(coalesce(luces.plan, 'desconocido') as varchar) as plan,
    cast(luces.corte as varchar) as corte,
    cast(luces.corte_programado as varchar) as corte_programado,
    cast(luces.programado as decimal(18, 4)) as programado,
    cast(luces.avance as decimal(18, 4)) as avance,
    cast(luces.programado_min as decimal(18, 4)) as programado_min,
    cast(luces.programado_max as decimal(18, 4)) as programado_max,
    cast(luces.avance_min as decimal(18, 4)) as avance_min,
    cast(luces.avance_max as decimal(18, 4)) as avance_max,
    cast(luces.estado_programado as varchar) as estado_programado,
    cast(luces.estado_avance as varchar) as estado_avance,
    cast({{ peor_estado('luces.estado_programado', 'luces.estado_avance') }} as varchar) as estado,
    cast(luces.situacion_programado as varchar) as situacion_programado,
    cast(luces.situacion_avance as varchar) as situacion_avance,
    cast(luces.cumplimiento_pct as bigint) as cumplimiento_pct,
    cast({{ porcentaje_exacto('luces.avance', 'luces.programado') }} as decimal(28, 4)) as cumplimiento_exacto_pct,
    cast({{ semaforo('luces.avance', 'luces.programado', 'banda_trimestre.banda', 'false') }} as varchar)
        as semaforo_trimestre,
    cast(luces.programado_acumulado as decimal(28, 4)) as programado_acumulado,
    cast(luces.avance_acumulado as decimal(28, 4)) as avance_acumulado,
    cast(luces.cumplimiento_acumulado_pct as bigint) as cumplimiento_acumulado_pct,
    cast({{ porcentaje_exacto('luces.avance_acumulado', 'luces.programado_acumulado') }} as decimal(28, 4))
        as cumplimiento_acumulado_exacto_pct,
    cast(
        {{ semaforo(
            'luces.avance_acumulado', 'luces.programado_acumulado', 'banda_acumulada.banda', 'luces.es_razon'
        ) }} as varchar
    ) as semaforo_acumulado,
    cast(luces.acumulado_plan_pct as bigint) as acumulado_plan_pct,
    cast(luces.acumulado_ejercicio_pct as bigint) as acumulado_ejercicio_pct,
    cast(luces.extracto_id as varchar) as extracto_id,
    cast(luces.linea as integer) as linea,
    cast(luces.extracto_id_programado as varchar) as extracto_id_programado,
    cast(luces.linea_programado as integer) as linea_programado
from luces
left join {{ ref('semaforo') }} as banda_trimestre
    on {{ en_banda('luces.avance', 'luces.programado', 'luces.dia', 'banda_trimestre') }}
left join {{ ref('semaforo') }} as banda_acumulada
    on {{ en_banda('luces.avance_acumulado', 'luces.programado_acumulado', 'luces.dia', 'banda_acumulada') }}
