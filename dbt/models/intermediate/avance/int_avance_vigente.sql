-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental') }}

-- What was known of each quarter as of each cut: the latest settled statement up to it,
-- programado and avance each from its own cut, since one may be settled where the other is not.
with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

cortes as (
    select
        accion_key,
        corte as a_corte,
        plan as a_plan
    from declaraciones
    where trimestre_numero = 1
),

elegidas as (
    select
        cortes.accion_key,
        cortes.a_corte,
        declaraciones.trimestre,
        max_by(declaraciones.corte, declaraciones.rango_programado) as corte_programado,
        max_by(declaraciones.corte, declaraciones.rango_avance) as corte_avance
    from cortes
    inner join declaraciones
        on
            cortes.accion_key = declaraciones.accion_key
            and cortes.a_corte >= declaraciones.corte
    group by cortes.accion_key, cortes.a_corte, declaraciones.trimestre
)

select
    elegidas.a_corte,
    elegidas.a_corte = max(elegidas.a_corte) over (partition by elegidas.accion_key) as es_ultimo_corte,
    avances.accion_id,
    avances.accion_key,
    avances.ente_codigo,
    avances.unidad_codigo,
    avances.ejercicio,
    avances.accion_numero,
    avances.unidad_medida_key,
    avances.es_razon,
    avances.trimestre,
    avances.trimestre_numero,
    avances.plan,
    avances.plan_desde,
    avances.meta,
    avances.corte,
    avances.extracto_id,
    avances.linea,
    programados.corte as corte_programado,
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
from elegidas
inner join declaraciones as programados
    on
        elegidas.accion_key = programados.accion_key
        and elegidas.trimestre = programados.trimestre
        and elegidas.corte_programado = programados.corte
inner join declaraciones as avances
    on
        elegidas.accion_key = avances.accion_key
        and elegidas.trimestre = avances.trimestre
        and elegidas.corte_avance = avances.corte
