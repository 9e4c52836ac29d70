{{ config(materialized='incremental') }}

with origen as (
    select * from {{ ref('int_renglones_impresos') }}
    {{ solo_por_rehacer() }}
)

select
    {{ clave(['extracto_id', 'linea']) }} as renglon_key,
    coalesce(accion_key, {{ clave_desconocida() }}) as accion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    accion_numero_actual as accion_numero,
    accion_numero as accion_numero_impreso,
    ruta,
    extracto_id,
    linea,
    renglon_huella,
    texto_impreso,
    celdas_impresas,
    situacion,
    estado,
    candidato,
    costo,
    margen,
    vinculo_regla,
    vinculo_puntaje,
    vinculo_propuesta,
    correcciones
from origen
