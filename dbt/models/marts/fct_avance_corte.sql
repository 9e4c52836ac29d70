{{ config(materialized='incremental') }}

with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    cast({{ clave(['declaraciones.accion_key', 'declaraciones.trimestre', 'declaraciones.corte']) }} as varchar)
        as avance_corte_key,
    cast(declaraciones.accion_key as varchar) as accion_key,
    cast(reportes.unidad_key as varchar) as unidad_key,
    cast(reportes.corte_key as varchar) as corte_key,
    cast(declaraciones.unidad_medida_key as varchar) as unidad_medida_key,
    cast(declaraciones.ente_codigo as varchar) as ente_codigo,
    cast(declaraciones.unidad_codigo as varchar) as unidad_codigo,
    cast(declaraciones.ejercicio as integer) as ejercicio,
    cast(declaraciones.accion_numero as integer) as accion_numero,
    cast(declaraciones.trimestre as varchar) as trimestre,
    cast(declaraciones.corte as varchar) as corte,
    cast(coalesce(declaraciones.plan, 'desconocido') as varchar) as plan,
    cast(declaraciones.programado as decimal(18, 4)) as programado,
    cast(declaraciones.avance as decimal(18, 4)) as avance,
    cast(declaraciones.programado_min as decimal(18, 4)) as programado_min,
    cast(declaraciones.programado_max as decimal(18, 4)) as programado_max,
    cast(declaraciones.avance_min as decimal(18, 4)) as avance_min,
    cast(declaraciones.avance_max as decimal(18, 4)) as avance_max,
    cast(declaraciones.estado_programado as varchar) as estado_programado,
    cast(declaraciones.estado_avance as varchar) as estado_avance,
    cast({{ peor_estado('declaraciones.estado_programado', 'declaraciones.estado_avance') }} as varchar) as estado,
    cast(declaraciones.situacion_programado as varchar) as situacion_programado,
    cast(declaraciones.situacion_avance as varchar) as situacion_avance,
    cast(declaraciones.programado_impreso as varchar) as programado_impreso,
    cast(declaraciones.avance_impreso as varchar) as avance_impreso,
    cast(declaraciones.programado_corroborado_por as varchar) as programado_corroborado_por,
    cast(declaraciones.avance_corroborado_por as varchar) as avance_corroborado_por,
    cast(declaraciones.extracto_id as varchar) as extracto_id,
    cast(declaraciones.linea as integer) as linea
from declaraciones
inner join reportes
    on
        declaraciones.ente_codigo = reportes.ente_codigo
        and declaraciones.unidad_codigo = reportes.unidad_codigo
        and declaraciones.corte = reportes.corte
