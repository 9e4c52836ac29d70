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
    {{ clave(['luces.accion_key', 'luces.trimestre']) }} as avance_key,
    luces.accion_key,
    luces.unidad_key,
    luces.unidad_medida_key,
    luces.ente_codigo,
    luces.unidad_codigo,
    luces.ejercicio,
    luces.accion_numero,
    luces.trimestre,
    coalesce(luces.plan, 'desconocido') as plan,
    luces.corte,
    luces.corte_programado,
    luces.programado,
    luces.avance,
    luces.programado_min,
    luces.programado_max,
    luces.avance_min,
    luces.avance_max,
    luces.estado_programado,
    luces.estado_avance,
    {{ peor_estado('luces.estado_programado', 'luces.estado_avance') }} as estado,
    luces.situacion_programado,
    luces.situacion_avance,
    luces.cumplimiento_pct,
    cast({{ porcentaje_exacto('luces.avance', 'luces.programado') }} as decimal(28, 4)) as cumplimiento_exacto_pct,
    {{ semaforo('luces.avance', 'luces.programado', 'banda_trimestre.banda', 'false') }} as semaforo_trimestre,
    cast(luces.programado_acumulado as decimal(28, 4)) as programado_acumulado,
    cast(luces.avance_acumulado as decimal(28, 4)) as avance_acumulado,
    luces.cumplimiento_acumulado_pct,
    cast({{ porcentaje_exacto('luces.avance_acumulado', 'luces.programado_acumulado') }} as decimal(28, 4))
        as cumplimiento_acumulado_exacto_pct,
    {{ semaforo(
        'luces.avance_acumulado', 'luces.programado_acumulado', 'banda_acumulada.banda', 'luces.es_razon'
    ) }} as semaforo_acumulado,
    luces.acumulado_plan_pct,
    luces.acumulado_ejercicio_pct,
    luces.extracto_id,
    luces.linea,
    luces.extracto_id_programado,
    luces.linea_programado
from luces
left join {{ ref('semaforo') }} as banda_trimestre
    on {{ en_banda('luces.avance', 'luces.programado', 'luces.dia', 'banda_trimestre') }}
left join {{ ref('semaforo') }} as banda_acumulada
    on {{ en_banda('luces.avance_acumulado', 'luces.programado_acumulado', 'luces.dia', 'banda_acumulada') }}
