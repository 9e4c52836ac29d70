-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental') }}

-- Two accumulations of each action, quarter by quarter, as of each cut: within the plan in force,
-- as the form does, and over the whole year. One unknown quarter makes what follows unknown.
with vigente as (
    select * from {{ ref('int_avance_vigente') }}
    {{ solo_por_rehacer() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

-- Units that reported under the plan before: an action they did not list had nothing planned then.
primeros as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        min(corte) as primer_corte
    from reportes
    group by ente_codigo, unidad_codigo, ejercicio
),

conocidas as (
    select
        vigente.*,
        vigente.situacion_programado = 'fuera_de_plan'
        and coalesce(primeros.primer_corte < vigente.plan_desde, false) as es_programado_nulo,
        vigente.situacion_avance = 'fuera_de_plan'
        and coalesce(primeros.primer_corte < vigente.plan_desde, false) as es_avance_nulo
    from vigente
    left join primeros
        on
            vigente.ente_codigo = primeros.ente_codigo
            and vigente.unidad_codigo = primeros.unidad_codigo
            and vigente.ejercicio = primeros.ejercicio
),

sumas as (
    select
        *,
        sum(programado) over en_plan as programado_plan,
        count(*) filter (where programado is null and situacion_programado != 'fuera_de_plan') over en_plan
            as programados_por_saber,
        sum(avance) over en_plan as avance_plan,
        count(*) filter (where avance is null and situacion_avance != 'fuera_de_plan') over en_plan
            as avances_por_saber,
        sum(coalesce(programado, 0)) over ejercicio_entero as programado_anio,
        count(*) filter (where programado is null and not es_programado_nulo) over ejercicio_entero
            as programados_anio_por_saber,
        sum(coalesce(avance, 0)) over en_ejercicio as avance_anio,
        count(*) filter (where avance is null and not es_avance_nulo) over en_ejercicio as avances_anio_por_saber
    from conocidas
    window
        en_plan as (partition by accion_key, a_corte, plan order by trimestre_numero),
        en_ejercicio as (partition by accion_key, a_corte order by trimestre_numero),
        ejercicio_entero as (partition by accion_key, a_corte)
),

-- The quarters of a ratio do not add up.
exactas as (
    select
        *,
        case when programados_por_saber = 0 and not es_razon then programado_plan end as programado_acumulado,
        case when avances_por_saber = 0 and not es_razon then avance_plan end as avance_acumulado,
        case when programados_anio_por_saber = 0 and not es_razon then programado_anio end as programado_ejercicio,
        case when avances_anio_por_saber = 0 and not es_razon then avance_anio end as avance_ejercicio
    from sumas
)

select
    a_corte,
    es_ultimo_corte,
    accion_id,
    accion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero,
    unidad_medida_key,
    es_razon,
    trimestre,
    trimestre_numero,
    plan,
    plan_desde,
    meta,
    corte,
    extracto_id,
    linea,
    corte_programado,
    extracto_id_programado,
    linea_programado,
    programado,
    programado_min,
    programado_max,
    estado_programado,
    situacion_programado,
    avance,
    avance_min,
    avance_max,
    estado_avance,
    situacion_avance,
    programado_acumulado,
    avance_acumulado,
    programado_ejercicio,
    avance_ejercicio,
    {{ porcentaje('avance', 'programado') }} as cumplimiento_pct,
    {{ porcentaje('avance_acumulado', 'programado_acumulado') }} as cumplimiento_acumulado_pct,
    {{ porcentaje('avance_acumulado', 'meta') }} as acumulado_plan_pct,
    {{ porcentaje('avance_ejercicio', 'programado_ejercicio') }} as acumulado_ejercicio_pct
from exactas
