{{ config(materialized='incremental') }}

with origen as (
    select * from {{ ref('int_renglones_impresos') }}
    {{ solo_por_rehacer() }}
)

select
    cast({{ clave(['extracto_id', 'linea']) }} as varchar) as renglon_key,
    cast(accion_key as varchar) as accion_key,
    cast(ente_codigo as varchar) as ente_codigo,
    cast(unidad_codigo as varchar) as unidad_codigo,
    cast(ejercicio as integer) as ejercicio,
    cast(corte as varchar) as corte,
    cast(accion_numero as integer) as accion_numero,
    cast(ruta as varchar) as ruta,
    cast(extracto_id as varchar) as extracto_id,
    cast(linea as integer) as linea,
    cast(renglon_huella as varchar) as renglon_huella,
    cast(texto_impreso as varchar) as texto_impreso,
    cast(celdas_impresas as varchar) as celdas_impresas,
    cast(estado as varchar) as estado,
    cast(candidato as integer) as candidato,
    cast(costo as double) as costo,
    cast(margen as double) as margen,
    cast(vinculo_regla as varchar) as vinculo_regla,
    cast(vinculo_puntaje as double) as vinculo_puntaje,
    cast(vinculo_propuesta as varchar) as vinculo_propuesta,
    cast(correcciones as varchar) as correcciones
from origen
