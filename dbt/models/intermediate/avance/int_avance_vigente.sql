-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental', partition_by='ejercicio') }}

-- What was known of each quarter as of each cut.
with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

mejores as (
    select * from {{ ref('int_mejor_corte') }}
    {{ solo_por_rehacer() }}
)

select
    mejores.a_corte,
    mejores.a_corte = max(mejores.a_corte) over (partition by mejores.accion_key) as es_ultimo_corte,
    avances.accion_id,
    avances.accion_key,
    avances.ente_codigo,
    avances.unidad_codigo,
    avances.ejercicio,
    avances.accion_numero,
    avances.accion_numero_actual,
    avances.unidad_medida_key,
    avances.es_razon,
    avances.trimestre,
    avances.trimestre_numero,
    avances.plan,
    avances.plan_desde,
    avances.plan_tramo,
    avances.meta,
    avances.meta_min,
    avances.meta_max,
    avances.absoluto,
    avances.corte,
    avances.extracto_id,
    avances.linea,
    programados.corte as corte_programado,
    programados.plan_tramo as plan_tramo_programado,
    programados.extracto_id as extracto_id_programado,
    programados.linea as linea_programado,
    programados.programado,
    programados.programado_min,
    programados.programado_max,
    programados.estado_programado,
    programados.situacion_programado,
    avances.avance,
    avances.avance_min,
    avances.avance_max,
    avances.estado_avance,
    avances.situacion_avance
from mejores
inner join declaraciones as programados
    on
        mejores.accion_key = programados.accion_key
        and mejores.trimestre = programados.trimestre
        and mejores.corte_programado = programados.corte
inner join declaraciones as avances
    on
        mejores.accion_key = avances.accion_key
        and mejores.trimestre = avances.trimestre
        and mejores.corte_avance = avances.corte
