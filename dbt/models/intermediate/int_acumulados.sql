-- Two accumulations of each action, quarter by quarter, as of each cut: within the plan in force,
-- as the form does, and over the whole year. One unknown quarter makes what follows unknown.
with vigente as (
    select * from {{ ref('int_avance_vigente') }}
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
        accion_key,
        a_corte,
        trimestre,
        sum(programado) over en_plan as programado_acumulado,
        count(*) filter (where programado is null and situacion_programado != 'fuera_de_plan') over en_plan
            as programados_por_saber,
        sum(avance) over en_plan as avance_acumulado,
        count(*) filter (where avance is null and situacion_avance != 'fuera_de_plan') over en_plan
            as avances_por_saber,
        sum(coalesce(programado, 0)) over ejercicio_entero as programado_ejercicio,
        count(*) filter (where programado is null and not es_programado_nulo) over ejercicio_entero
            as programados_ejercicio_por_saber,
        sum(coalesce(avance, 0)) over en_ejercicio as avance_ejercicio,
        count(*) filter (where avance is null and not es_avance_nulo) over en_ejercicio
            as avances_ejercicio_por_saber
    from conocidas
    where not es_razon
    window
        en_plan as (partition by accion_key, a_corte, plan order by trimestre_numero),
        en_ejercicio as (partition by accion_key, a_corte order by trimestre_numero),
        ejercicio_entero as (partition by accion_key, a_corte)
),

exactas as (
    select
        accion_key,
        a_corte,
        trimestre,
        case when programados_por_saber = 0 then programado_acumulado end as programado_acumulado,
        case when avances_por_saber = 0 then avance_acumulado end as avance_acumulado,
        case when programados_ejercicio_por_saber = 0 then programado_ejercicio end as programado_ejercicio,
        case when avances_ejercicio_por_saber = 0 then avance_ejercicio end as avance_ejercicio
    from sumas
)

select
    vigente.*,
    exactas.programado_acumulado,
    exactas.avance_acumulado,
    exactas.programado_ejercicio,
    exactas.avance_ejercicio,
    {{ porcentaje('vigente.avance', 'vigente.programado') }} as cumplimiento_pct,
    {{ porcentaje('exactas.avance_acumulado', 'exactas.programado_acumulado') }} as cumplimiento_acumulado_pct,
    {{ porcentaje('exactas.avance_acumulado', 'vigente.meta') }} as acumulado_plan_pct,
    {{ porcentaje('exactas.avance_ejercicio', 'exactas.programado_ejercicio') }} as acumulado_ejercicio_pct
from vigente
left join exactas
    on
        vigente.accion_key = exactas.accion_key
        and vigente.a_corte = exactas.a_corte
        and vigente.trimestre = exactas.trimestre
