{{ config(materialized='incremental', partition_by='ejercicio') }}

with usadas as (
    select * from {{ ref('int_lineas_usadas') }}
    {{ solo_por_rehacer() }}
),

contadas as (
    select
        *,
        row_number() over (partition by accion_key, corte order by primera_posicion, linea_accion_codigo) as lugar,
        count(*) over (partition by accion_key, corte) as lineas,
        max(corte) over (partition by accion_key) as ultimo_corte
    from usadas
)

select
    {{ clave(['accion_key', 'corte', 'linea_accion_key']) }} as accion_linea_key,
    accion_key,
    linea_accion_key,
    {{ clave_eje('ente_codigo', 'plan', eje_de_linea('linea_accion_codigo')) }} as eje_key,
    {{ clave(['ente_codigo', 'unidad_codigo', 'corte']) }} as corte_key,
    {{ clave(['accion_key', 'corte']) }} as meta_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero_actual as accion_numero,
    accion_numero as accion_numero_impreso,
    corte,
    plan,
    linea_accion_codigo,
    cast(lugar as integer) as orden,
    cast(veces_impresa as integer) as veces_impresa,
    -- In hundred millionths, the last línea takes the rest: the weights of an action add up to one, exactly.
    cast(
        cast(
            case
                when lugar < lineas then (100000000 - 100000000 % lineas) / lineas
                else 100000000 - (lineas - 1) * ((100000000 - 100000000 % lineas) / lineas)
            end as decimal(10, 0)
        ) * 0.00000001 as decimal(10, 8)
    ) as ponderador,
    corte = ultimo_corte as es_vigente,
    extracto_id,
    linea
from contadas
