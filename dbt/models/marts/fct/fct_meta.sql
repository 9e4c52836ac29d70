{{ config(materialized='incremental', partition_by='ejercicio') }}

with metas as (
    select * from {{ ref('int_metas') }}
    {{ solo_por_rehacer() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    {{ clave(['metas.accion_key', 'metas.corte']) }} as meta_key,
    metas.accion_key,
    reportes.unidad_key,
    reportes.corte_key,
    metas.unidad_medida_key,
    reportes.trimestre_key,
    reportes.fin_fecha,
    reportes.programa_key,
    reportes.clasificacion_key,
    metas.ente_codigo,
    metas.unidad_codigo,
    metas.ejercicio,
    metas.accion_numero_actual as accion_numero,
    metas.accion_numero as accion_numero_impreso,
    metas.corte,
    coalesce(metas.plan, 'desconocido') as plan,
    metas.meta,
    metas.meta_min,
    metas.meta_max,
    metas.meta_estado as estado_meta,
    metas.meta_impreso as meta_impresa,
    cast(metas.meta_calculada as decimal(28, 4)) as meta_calculada,
    metas.absoluto,
    metas.absoluto_min,
    metas.absoluto_max,
    metas.absoluto_estado as estado_absoluto,
    metas.absoluto_impreso,
    cast(metas.absoluto_calculado as decimal(28, 4)) as absoluto_calculado,
    metas.relativo_pct,
    metas.relativo_pct_min as relativo_min_pct,
    metas.relativo_pct_max as relativo_max_pct,
    metas.relativo_pct_estado as estado_relativo,
    metas.relativo_pct_impreso as relativo_impreso,
    metas.relativo_calculado_pct,
    metas.relativo_calculado_min_pct,
    metas.relativo_calculado_max_pct,
    metas.acumulado_plan_al_corte_pct,
    metas.acumulado_plan_al_corte_min_pct,
    metas.acumulado_plan_al_corte_max_pct,
    metas.acumulado_ejercicio_al_corte_pct,
    metas.acumulado_ejercicio_al_corte_min_pct,
    metas.acumulado_ejercicio_al_corte_max_pct,
    metas.corte_anterior,
    metas.plan_anterior,
    metas.meta_anterior,
    cast(metas.programado_previo as decimal(28, 4)) as programado_previo,
    cast(metas.meta_esperada as decimal(28, 4)) as meta_esperada,
    cast(metas.rebase_diferencia as decimal(28, 4)) as rebase_diferencia,
    nullif(metas.observaciones, '') as observaciones,
    metas.extracto_id,
    metas.linea
from metas
inner join reportes
    on
        metas.ente_codigo = reportes.ente_codigo
        and metas.unidad_codigo = reportes.unidad_codigo
        and metas.corte = reportes.corte
