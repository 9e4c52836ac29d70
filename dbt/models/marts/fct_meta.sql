{{ config(materialized='incremental') }}

with metas as (
    select * from {{ ref('int_metas') }}
    {{ solo_por_rehacer() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    cast({{ clave(['metas.accion_key', 'metas.corte']) }} as varchar) as meta_key,
    cast(metas.accion_key as varchar) as accion_key,
    cast(reportes.unidad_key as varchar) as unidad_key,
    cast(reportes.corte_key as varchar) as corte_key,
    cast(metas.unidad_medida_key as varchar) as unidad_medida_key,
    cast(metas.ente_codigo as varchar) as ente_codigo,
    cast(metas.unidad_codigo as varchar) as unidad_codigo,
    cast(metas.ejercicio as integer) as ejercicio,
    cast(metas.accion_numero as integer) as accion_numero,
    cast(metas.corte as varchar) as corte,
    cast(coalesce(metas.plan, 'desconocido') as varchar) as plan,
    cast(metas.meta as decimal(18, 4)) as meta,
    cast(metas.meta_min as decimal(18, 4)) as meta_min,
    cast(metas.meta_max as decimal(18, 4)) as meta_max,
    cast(metas.meta_estado as varchar) as estado_meta,
    cast(metas.meta_impreso as varchar) as meta_impresa,
    cast(metas.meta_calculada as decimal(28, 4)) as meta_calculada,
    cast(metas.absoluto as decimal(18, 4)) as absoluto,
    cast(metas.absoluto_estado as varchar) as estado_absoluto,
    cast(metas.absoluto_impreso as varchar) as absoluto_impreso,
    cast(metas.absoluto_calculado as decimal(28, 4)) as absoluto_calculado,
    cast(metas.relativo_pct as decimal(18, 4)) as relativo_pct,
    cast(metas.relativo_pct_estado as varchar) as estado_relativo,
    cast(metas.relativo_pct_impreso as varchar) as relativo_impreso,
    cast(metas.relativo_calculado_pct as bigint) as relativo_calculado_pct,
    cast(metas.acumulado_plan_pct as bigint) as acumulado_plan_pct,
    cast(metas.acumulado_ejercicio_pct as bigint) as acumulado_ejercicio_pct,
    cast(metas.corte_anterior as varchar) as corte_anterior,
    cast(metas.plan_anterior as varchar) as plan_anterior,
    cast(metas.meta_anterior as decimal(18, 4)) as meta_anterior,
    cast(metas.programado_previo as decimal(28, 4)) as programado_previo,
    cast(metas.meta_esperada as decimal(28, 4)) as meta_esperada,
    cast(metas.rebase_diferencia as decimal(28, 4)) as rebase_diferencia,
    cast(metas.extracto_id as varchar) as extracto_id,
    cast(metas.linea as integer) as linea
from metas
inner join reportes
    on
        metas.ente_codigo = reportes.ente_codigo
        and metas.unidad_codigo = reportes.unidad_codigo
        and metas.corte = reportes.corte
