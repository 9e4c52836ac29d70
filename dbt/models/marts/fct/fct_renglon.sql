{{ config(materialized='incremental', partition_by='ejercicio') }}

with origen as (
    select * from {{ ref('int_renglones_impresos') }}
    {{ solo_por_rehacer() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    {{ clave(['origen.extracto_id', 'origen.linea']) }} as renglon_key,
    coalesce(origen.accion_key, {{ clave_desconocida() }}) as accion_key,
    {%- for llave in ['unidad_key', 'corte_key', 'trimestre_key'] %}
    coalesce(reportes.{{ llave }}, {{ clave_desconocida() }}) as {{ llave }},
    {%- endfor %}
    reportes.fin_fecha,
    origen.ente_codigo,
    origen.unidad_codigo,
    origen.ejercicio,
    origen.corte,
    origen.accion_numero_actual as accion_numero,
    origen.accion_numero as accion_numero_impreso,
    origen.ruta,
    origen.extracto_id,
    origen.linea,
    origen.renglon_huella,
    origen.texto_impreso,
    origen.celdas_impresas,
    origen.archivo_tipo,
    origen.lugar,
    origen.lugar_pagina,
    origen.lugar_x0,
    origen.lugar_y0,
    origen.lugar_x1,
    origen.lugar_y1,
    origen.lugar_giro,
    origen.lugar_celdas,
    origen.situacion,
    origen.estado,
    origen.candidato,
    origen.costo,
    origen.margen,
    origen.vinculo_regla,
    origen.vinculo_puntaje,
    origen.vinculo_propuesta,
    origen.correcciones
from origen
-- Of a page that does not count too, the report in force of its unit and quarter; of one set aside, none.
left join reportes
    on
        origen.ente_codigo = reportes.ente_codigo
        and origen.unidad_codigo = reportes.unidad_codigo
        and origen.corte = reportes.corte
        and origen.situacion != 'apartada'
