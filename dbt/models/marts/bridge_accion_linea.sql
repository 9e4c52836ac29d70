{{ config(materialized='incremental') }}

with usadas as (
    select * from {{ ref('int_lineas_usadas') }}
    {{ solo_por_rehacer() }}
)

select
    cast({{ clave(['accion_key', 'corte', 'linea_accion_key']) }} as varchar) as accion_linea_key,
    cast(accion_key as varchar) as accion_key,
    cast(linea_accion_key as varchar) as linea_accion_key,
    cast(ente_codigo as varchar) as ente_codigo,
    cast(unidad_codigo as varchar) as unidad_codigo,
    cast(ejercicio as integer) as ejercicio,
    cast(accion_numero as integer) as accion_numero,
    cast(corte as varchar) as corte,
    cast(plan as varchar) as plan,
    cast(linea_accion_codigo as varchar) as linea_accion_codigo,
    cast(
        row_number() over (partition by accion_key, corte order by primera_posicion, linea_accion_codigo) as integer
    ) as orden,
    cast(veces_impresa as integer) as veces_impresa,
    cast(1.0 / count(*) over (partition by accion_key, corte) as decimal(10, 8)) as ponderador,
    cast(extracto_id as varchar) as extracto_id,
    cast(linea as integer) as linea
from usadas
