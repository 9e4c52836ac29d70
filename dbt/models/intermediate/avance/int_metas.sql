-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental', partition_by='ejercicio') }}

-- Goal of each action in each cut: as printed, as read, as computed, and against the cut before.
with metas as (
    select * from {{ ref('int_renglones') }}
    {{ solo_por_rehacer() }}
),

rebases as (
    select * from {{ ref('int_rebases') }}
    {{ solo_por_rehacer() }}
),

acumulados as (
    select * from {{ ref('int_acumulados') }}
    {{ solo_por_rehacer() }}
),

declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

calculadas as (
    select
        accion_key,
        corte,
        case
            when not bool_or(programado is null and situacion_programado != 'fuera_de_plan')
                then coalesce(sum(programado), 0)
        end as meta_calculada,
        case
            when not bool_or(avance is null and situacion_avance = 'dudoso')
                then coalesce(sum(avance), 0)
        end as absoluto_calculado
    from declaraciones
    where not es_razon
    group by accion_key, corte
)

select
    metas.extracto_id,
    metas.linea,
    metas.ente_codigo,
    metas.unidad_codigo,
    metas.ejercicio,
    metas.corte,
    metas.accion_key,
    metas.accion_numero,
    metas.accion_numero_actual,
    metas.descripcion,
    metas.observaciones,
    metas.unidad_medida_nombre,
    metas.unidad_medida_key,
    metas.es_razon,
    metas.plan,
    metas.plan_desde,
    {%- for campo in ['meta', 'absoluto', 'relativo_pct'] %}
    {%- for que in ['', '_min', '_max', '_estado', '_impreso'] %}
    metas.{{ campo }}{{ que }},
    {%- endfor %}
    {%- endfor %}
    calculadas.meta_calculada,
    calculadas.absoluto_calculado,
    {{ porcentaje_y_casos('relativo_calculado', 'metas.absoluto', 'metas.meta') }},
    {%- for caso in ['', '_min', '_max'] %}
    acumulados.acumulado_plan{{ caso }}_pct as acumulado_plan_al_corte{{ caso }}_pct,
    acumulados.acumulado_ejercicio{{ caso }}_pct as acumulado_ejercicio_al_corte{{ caso }}_pct,
    {%- endfor %}
    rebases.corte_anterior,
    rebases.plan_anterior,
    rebases.meta_anterior,
    rebases.programado_previo,
    rebases.meta_esperada,
    metas.meta - rebases.meta_esperada as rebase_diferencia
from metas
inner join rebases
    on
        metas.accion_key = rebases.accion_key
        and metas.corte = rebases.corte
left join calculadas
    on
        metas.accion_key = calculadas.accion_key
        and metas.corte = calculadas.corte
left join acumulados
    on
        metas.accion_key = acumulados.accion_key
        and metas.corte = acumulados.a_corte
        and metas.corte = acumulados.trimestre
