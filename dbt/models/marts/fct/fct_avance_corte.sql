{{ config(materialized='incremental', partition_by='ejercicio') }}

with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    {{ clave(['declaraciones.accion_key', 'declaraciones.trimestre', 'declaraciones.corte']) }} as avance_corte_key,
    declaraciones.accion_key,
    reportes.unidad_key,
    reportes.corte_key,
    declaraciones.unidad_medida_key,
    {{ clave(['declaraciones.trimestre']) }} as trimestre_key,
    {{ fin_trimestre('declaraciones.trimestre') }} as fin_fecha,
    reportes.programa_key,
    reportes.clasificacion_key,
    declaraciones.ente_codigo,
    declaraciones.unidad_codigo,
    declaraciones.ejercicio,
    declaraciones.accion_numero_actual as accion_numero,
    declaraciones.accion_numero as accion_numero_impreso,
    declaraciones.trimestre,
    declaraciones.corte,
    coalesce(declaraciones.plan, 'desconocido') as plan,
    declaraciones.programado,
    declaraciones.avance,
    declaraciones.programado_min,
    declaraciones.programado_max,
    declaraciones.avance_min,
    declaraciones.avance_max,
    declaraciones.estado_programado,
    declaraciones.estado_avance,
    {{ peor_estado('declaraciones.estado_programado', 'declaraciones.estado_avance') }} as estado,
    declaraciones.situacion_programado,
    declaraciones.situacion_avance,
    declaraciones.programado_impreso,
    declaraciones.avance_impreso,
    declaraciones.programado_corroborado_por,
    declaraciones.avance_corroborado_por,
    declaraciones.extracto_id,
    declaraciones.linea
from declaraciones
inner join reportes
    on
        declaraciones.ente_codigo = reportes.ente_codigo
        and declaraciones.unidad_codigo = reportes.unidad_codigo
        and declaraciones.corte = reportes.corte
