{{ config(materialized='incremental') }}

with usadas as (
    select * from {{ ref('int_lineas_usadas') }}
    {{ solo_por_rehacer() }}
)

select
    {{ clave(['accion_key', 'corte', 'linea_accion_key']) }} as accion_linea_key,
    accion_key,
    linea_accion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero,
    corte,
    plan,
    linea_accion_codigo,
    cast(
        row_number() over (partition by accion_key, corte order by primera_posicion, linea_accion_codigo) as integer
    ) as orden,
    cast(veces_impresa as integer) as veces_impresa,
    cast(1.0 / count(*) over (partition by accion_key, corte) as decimal(10, 8)) as ponderador,
    extracto_id,
    linea
from usadas
